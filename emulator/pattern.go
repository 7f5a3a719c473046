package emulator

import (
	"errors"
	"strings"
)

// maxPatternStars bounds how many * a role pattern may hold (service-spec 5).
const maxPatternStars = 5

var errTooManyStars = errors.New("a pattern has at most five * characters")

// pattern matches whole names: ? is one character other than a dot, * any number of those, ** any
// number of any, and \ takes the meaning from \ * and ?.
type pattern []patternToken

type patternToken struct {
	kind tokenKind
	char rune
}

type tokenKind uint8

const (
	tokenChar tokenKind = iota
	tokenOne            // ?
	tokenMany           // *
	tokenAll            // **
)

// compilePattern reads a pattern. It fails when there are more stars than the service takes.
func compilePattern(s string) (pattern, error) {
	var p pattern
	stars := 0
	runes := []rune(s)
	for i := 0; i < len(runes); i++ {
		next := rune(0)
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		switch r := runes[i]; {
		case r == '\\' && (next == '\\' || next == '*' || next == '?'):
			p = append(p, patternToken{tokenChar, next})
			i++
		case r == '?':
			p = append(p, patternToken{kind: tokenOne})
		case r == '*' && next == '*':
			p = append(p, patternToken{kind: tokenAll})
			stars += 2
			i++
		case r == '*':
			p = append(p, patternToken{kind: tokenMany})
			stars++
		default:
			p = append(p, patternToken{tokenChar, r})
		}
	}
	if stars > maxPatternStars {
		return nil, errTooManyStars
	}
	return p, nil
}

// match reports whether the pattern matches the whole name. Its time is bounded by the product of
// the two lengths: reached holds which tokens can come next, instead of trying them one by one.
func (p pattern) match(name string) bool {
	reached := make([]bool, len(p)+1)
	reached[0] = true
	p.skipStars(reached)
	for _, r := range name {
		next := make([]bool, len(p)+1)
		for i, token := range p {
			if !reached[i] {
				continue
			}
			switch token.kind {
			case tokenChar:
				next[i+1] = next[i+1] || token.char == r
			case tokenOne:
				next[i+1] = next[i+1] || r != '.'
			case tokenMany:
				next[i] = next[i] || r != '.'
			case tokenAll:
				next[i] = true
			}
		}
		p.skipStars(next)
		reached = next
	}
	return reached[len(p)]
}

// skipStars marks what can be reached by letting a star match nothing.
func (p pattern) skipStars(reached []bool) {
	for i, token := range p {
		if reached[i] && (token.kind == tokenMany || token.kind == tokenAll) {
			reached[i+1] = true
		}
	}
}

// eventPattern is a userEventPattern: a list of names or patterns, case ignored.
type eventPattern struct {
	any   bool
	items []pattern
}

// compileEventPattern reads "*", one name, or several separated by commas (service-spec 3.1).
func compileEventPattern(s string) (eventPattern, error) {
	var list eventPattern
	if strings.TrimSpace(s) == "" {
		return list, nil
	}
	for item := range strings.SplitSeq(s, ",") {
		item = strings.ToLower(strings.TrimSpace(item))
		if item == "*" {
			list.any = true
			continue
		}
		if !isEventName(strings.Map(plainLetter, item)) {
			return list, errors.New("user event " + quoteShort(item) + " is not an event name, a pattern of one, or *")
		}
		p, err := compilePattern(item)
		if err != nil {
			return list, err
		}
		list.items = append(list.items, p)
	}
	return list, nil
}

// plainLetter puts a letter in place of a wildcard, so that the rest can be held against the rule.
func plainLetter(r rune) rune {
	if r == '*' || r == '?' {
		return 'x'
	}
	return r
}

func (l eventPattern) match(name string) bool {
	if l.any {
		return true
	}
	name = strings.ToLower(name)
	for _, p := range l.items {
		if p.match(name) {
			return true
		}
	}
	return false
}
