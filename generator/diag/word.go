package diag

// WordPlace returns where a word of a text begins, to its end where it stands there as it is. lines are the
// text's, line and char count from 1, char in characters as parsers of YAML do. Of a line that there is none of
// the place is the line alone.
func WordPlace(file string, lines [][]byte, line, char int, word string) Place {
	p := Place{File: file, Line: line, Column: 1}
	if line < 1 || line > len(lines) {
		return p
	}
	text := lines[line-1]
	p.Column = ByteColumn(text, char)
	if end := p.Column - 1 + len(word); word != "" && end <= len(text) && string(text[p.Column-1:end]) == word {
		p.EndLine, p.EndColumn = line, end+1
	}
	return p
}
