package directive

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// quotedArg reads an argument that is quoted as a whole: "key=value" or "flag", as go/ast has them.
func (p *lineParser) quotedArg() {
	start := p.at
	_, size := utf8.DecodeRuneInString(p.text[start:])
	text, ok := p.quoted()
	p.glued()
	if !ok {
		return
	}
	key, value, assigned := strings.Cut(text, "=")
	keyAt := start + size
	switch {
	case !keyPattern.MatchString(key) || !strings.HasPrefix(p.text[keyAt:], key):
		p.report(Syntax, start, p.at, `write key="value"`, "a quoted argument does not begin with a key")
	case !assigned:
		p.add(Arg{Key: key, Flag: true}, start, keyAt, p.at)
	default:
		p.add(Arg{Key: key, Value: value, Quoted: true}, start, keyAt, min(keyAt+len(key)+1, p.at))
	}
}

// quoted reads the quoted text at p.at. When it is not closed or cannot be decoded, it reports that,
// skips the word and returns false.
func (p *lineParser) quoted() (string, bool) {
	start := p.at
	first, size := utf8.DecodeRuneInString(p.text[start:])
	if first != '"' && first != '`' {
		return p.strayQuoted(first, size)
	}
	prefix, err := strconv.QuotedPrefix(p.text[start:])
	if err == nil {
		p.at = start + len(prefix)
		value, _ := strconv.Unquote(prefix) // QuotedPrefix has checked it
		return value, true
	}
	if end := closingQuote(p.text[start:], byte(first)); end > 0 {
		p.at = start + end
		p.report(Quoting, start, p.at, "a backslash is written \\\\, or put the value in backquotes", "%s is not a valid Go string", p.text[start:p.at])
		return "", false
	}
	p.at = p.wordEnd()
	p.report(Quoting, start, len(p.text), "close it with "+string(first), "the string is not closed")
	return "", false
}

// closingQuote returns the length of the string at the beginning of s, 0 when it is not closed.
func closingQuote(s string, quote byte) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quote == '"':
			i++
		case s[i] == quote:
			return i + 1
		}
	}
	return 0
}

// strayQuoted reads text between quotation marks that Go does not have.
func (p *lineParser) strayQuoted(open rune, size int) (string, bool) {
	start := p.at
	end := closing[open]
	if open == '\'' {
		end = '\''
	}
	n := strings.IndexRune(p.text[start+size:], end)
	if n < 0 {
		p.at = p.wordEnd()
		p.report(Quoting, start, p.at, `quote with "…" or `+"`…`", "%c is not a quotation mark here", open)
		return "", false
	}
	value := p.text[start+size : start+size+n]
	p.at = start + size + n + utf8.RuneLen(end)
	p.report(Quoting, start, p.at, `quote with "…" or `+"`…`", "%c is not a quotation mark here", open).Fix = strconv.Quote(value)
	return value, true
}

// glued reports and skips text between a closing quote and the next blank.
func (p *lineParser) glued() {
	if end := p.wordEnd(); end > p.at {
		p.report(Quoting, p.at, end, "end the argument at its quote, or quote all of it", "%q is glued to a closing quote", p.text[p.at:end])
		p.at = end
	}
}
