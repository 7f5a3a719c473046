package directive

import (
	"regexp"
	"strings"
)

// scheduleWord is a word of a schedule that can be nothing else in a directive.
var scheduleWord = regexp.MustCompile(`^[0-9*][0-9*/,-]*$`)

// spilt takes the word from start to end for more of the value before it, which was to be quoted, as in
// schedule=0 */5 * * * *. All words of one value are one problem, and the value is read as it was meant.
func (p *lineParser) spilt(start, end int) bool {
	last := len(p.d.Args) - 1
	if last < 0 || !scheduleWord.MatchString(p.text[start:end]) {
		return false
	}
	a := &p.d.Args[last]
	from, to := int(a.Pos-p.slash), int(a.End-p.slash)
	again := a.Quoted && len(p.problems) > 0 && p.problems[len(p.problems)-1].Pos == a.Pos
	if a.Flag || a.Quoted && !again || strings.TrimSpace(p.text[to:start]) != "" {
		return false
	}
	if again {
		p.problems = p.problems[:len(p.problems)-1]
	}
	a.Value, a.Quoted, a.End = p.text[int(a.ValuePos-p.slash):end], true, p.pos(end)
	fix := a.String()
	p.report(Quoting, from, end, "write "+fix, "the value of %s has blanks and no quotation marks", a.Key).Fix = fix
	return true
}

// listed takes the word from start to end for the next item of the list before it, as in methods=get, post. All items
// of one list are one problem, and the list is read as it was meant.
func (p *lineParser) listed(start, end int) bool {
	last := len(p.d.Args) - 1
	if last < 0 {
		return false
	}
	a := &p.d.Args[last]
	from, to := int(a.Pos-p.slash), int(a.End-p.slash)
	if a.Flag || a.Quoted || !strings.HasSuffix(a.Value, ",") || strings.TrimSpace(p.text[to:start]) != "" {
		return false
	}
	if n := len(p.problems); n > 0 && p.problems[n-1].Pos == a.Pos {
		p.problems = p.problems[:n-1]
	}
	a.Value, a.End = a.Value+p.text[start:end], p.pos(end)
	fix := a.String()
	p.report(Quoting, from, end, "write "+fix, "the values of %s are parted by blanks as well as commas", a.Key).Fix = fix
	return true
}
