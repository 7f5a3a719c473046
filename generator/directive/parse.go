package directive

import (
	"fmt"
	"go/token"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Parse reads one line comment that begins with [Prefix]; slash is the position of its first byte. It
// reports every problem, and returns what can be understood in spite of them: nil when there is not
// even a verb, or when text is no directive, which is no problem to Parse.
func Parse(slash token.Pos, text string) (*Directive, []Problem) {
	if !strings.HasPrefix(text, Prefix) {
		return nil, nil
	}
	p := &lineParser{slash: slash, text: strings.TrimRightFunc(text, unicode.IsSpace), at: len(Prefix), keys: make(map[string]int)}
	p.d = &Directive{Slash: slash, VerbPos: p.pos(p.at), End: slash + token.Pos(len(text))}
	if !p.verb() {
		return nil, p.problems
	}
	for p.blanks(); p.at < len(p.text); p.blanks() {
		if strings.HasPrefix(p.text[p.at:], "//") {
			p.report(TrailingComment, p.at, len(p.text), "put it on a line of its own", "a comment cannot follow a directive's arguments")
			break
		}
		p.arg()
	}
	return p.d, p.problems
}

type lineParser struct {
	slash    token.Pos
	text     string
	at       int // how far the text is read
	d        *Directive
	keys     map[string]int // index of the argument with a key
	problems []Problem
}

func (p *lineParser) pos(index int) token.Pos { return p.slash + token.Pos(index) }

func (p *lineParser) report(kind Kind, from, to int, hint, format string, args ...any) *Problem {
	p.problems = append(p.problems, Problem{
		Kind: kind, Pos: p.pos(from), End: p.pos(to), Hint: redact(hint), Message: redact(fmt.Sprintf(format, args...)),
	})
	return &p.problems[len(p.problems)-1]
}

// verb reads the verb. What does not end at a blank is reported and skipped.
func (p *lineParser) verb() bool {
	start := p.at
	for p.at < len(p.text) && isVerbByte(p.text[p.at]) {
		p.at++
	}
	p.d.Verb = p.text[start:p.at]
	end := p.wordEnd()
	if p.d.Verb == "" && end > p.at {
		p.report(Syntax, p.at, end, "verbs are lower-case letters and digits", "%q is not a verb", p.text[p.at:end])
		return false
	}
	if p.d.Verb == "" {
		p.report(Syntax, 0, len(p.text), "write //wps: and the verb, without a blank between", "the directive has no verb")
		return false
	}
	if end > p.at {
		p.report(Syntax, p.at, end, "leave a blank after the verb", "%q is glued to the verb %s", p.text[p.at:end], p.d.Verb)
		p.at = end
	}
	return true
}

func isVerbByte(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

func (p *lineParser) blanks() {
	rest := strings.TrimLeftFunc(p.text[p.at:], unicode.IsSpace)
	p.at = len(p.text) - len(rest)
}

// wordEnd returns where the blank after the current place is.
func (p *lineParser) wordEnd() int {
	if i := strings.IndexFunc(p.text[p.at:], unicode.IsSpace); i >= 0 {
		return p.at + i
	}
	return len(p.text)
}

var keyPattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`)

// arg reads one argument. The text at p.at is not blank.
func (p *lineParser) arg() {
	start := p.at
	if first, _ := utf8.DecodeRuneInString(p.text[start:]); opensQuote(first) {
		p.quotedArg()
		return
	}
	end := p.wordEnd()
	word := p.text[start:end]
	key, _, assigned := strings.Cut(word, "=")
	switch {
	case key == "":
		p.blankBefore(start, end)
		return
	case !assigned && p.listed(start, end):
		p.at = end
		return
	case !keyPattern.MatchString(key):
		p.badKey(start, end, key, assigned)
		return
	case !assigned:
		p.at = end
		p.add(Arg{Key: key, Flag: true}, start, start, end)
		return
	}
	p.at = start + len(key) + 1
	p.assigned(key, start)
}

// assigned reads the value behind the equals sign at p.at-1.
func (p *lineParser) assigned(key string, start int) {
	valueAt := p.at
	first, _ := utf8.DecodeRuneInString(p.text[valueAt:])
	switch {
	case valueAt == len(p.text) || unicode.IsSpace(first):
		p.joined(key, start)
	case opensQuote(first):
		value, ok := p.quoted()
		p.glued()
		if ok {
			p.add(Arg{Key: key, Value: value, Quoted: true}, start, start, valueAt)
		}
	default:
		p.at = p.wordEnd()
		value := p.text[valueAt:p.at]
		if i := strings.IndexFunc(value, isStray); i >= 0 {
			p.report(Quoting, valueAt+i, p.at, "quote the whole value", "a quotation mark stands inside the value of %s", key)
			return
		}
		p.add(Arg{Key: key, Value: value}, start, start, valueAt)
	}
}

// add takes the argument that begins at start and ends at p.at, unless its key was there before.
func (p *lineParser) add(a Arg, start, keyAt, valueAt int) {
	a.Pos, a.End, a.ValuePos = p.pos(start), p.pos(p.at), p.pos(valueAt)
	a.KeyPos, a.KeyEnd = p.pos(keyAt), p.pos(keyAt+len(a.Key))
	if i, twice := p.keys[a.Key]; twice {
		first := p.d.Args[i]
		problem := p.report(DuplicateKey, start, p.at, "remove one of them", "%s is given twice, as %s and %s", a.Key, first.String(), a.String())
		problem.Other, problem.OtherEnd = first.Pos, first.End
		return
	}
	p.keys[a.Key] = len(p.d.Args)
	p.d.Args = append(p.d.Args, a)
}

// badKey reports a word that does not begin with a key.
func (p *lineParser) badKey(start, end int, key string, assigned bool) {
	p.at = end
	if before, after, ok := strings.Cut(key, ":"); ok && !assigned && keyPattern.MatchString(before) && isWord(after) {
		p.report(Syntax, start, end, "write "+before+"="+after, "%s is not key=value", p.text[start:end]).Fix = before + "=" + after
		return
	}
	if assigned {
		p.report(Syntax, start, start+len(key), "a key is letters and digits", "%q is not a key", key)
		return
	}
	if !assigned && p.spilt(start, end) {
		return
	}
	p.report(Syntax, start, end, "an argument is key=value or a flag", "%q is not an argument", key)
}

// blankBefore reads a word that begins with an equals sign: the key before it, if there is one, was
// taken for a flag.
func (p *lineParser) blankBefore(start, end int) {
	p.at = end
	last := len(p.d.Args) - 1
	if last < 0 || !p.d.Args[last].Flag {
		p.report(Syntax, start, end, "write key=value", "there is no key before the equals sign")
		return
	}
	flag := p.d.Args[last]
	p.d.Args = p.d.Args[:last]
	delete(p.keys, flag.Key)
	p.at = start + 1
	p.joined(flag.Key, int(flag.Pos-p.slash))
}

// joined reads the value of key, whose equals sign has blanks around it. The word at p.at is that value
// unless it is an argument itself.
func (p *lineParser) joined(key string, start int) {
	end := p.at
	p.blanks()
	next := p.text[p.at:p.wordEnd()]
	if first, _ := utf8.DecodeRuneInString(next); next == "" || strings.HasPrefix(next, "//") ||
		strings.Contains(next, "=") && !opensQuote(first) {
		p.report(Syntax, start, end, `write `+key+`="" for an empty value`, "%s has no value", key)
		return
	}
	before, n := len(p.problems), len(p.d.Args)
	p.assigned(key, start)
	if len(p.problems) > before || len(p.d.Args) == n {
		return // said already, in other words
	}
	fix := p.d.Args[n].String()
	p.report(Syntax, start, p.at, "write "+fix, "blanks stand around the equals sign of %s", key).Fix = fix
}
