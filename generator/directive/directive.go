// Package directive reads //wps: comments: their grammar with the position of every part, the
// declaration each stands on, and comments that were meant as directives and are none.
package directive

import (
	"go/token"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Prefix is how a directive begins.
const Prefix = "//wps:"

// Directive is one directive. Positions are of the source text.
type Directive struct {
	// Verb is the word after the colon.
	Verb string
	// Slash is where the comment begins, VerbPos where the verb does, End just after the comment.
	Slash, VerbPos, End token.Pos
	// Args are the arguments in their order. No key occurs twice.
	Args []Arg
}

// VerbEnd returns the position just after the verb.
func (d *Directive) VerbEnd() token.Pos { return d.VerbPos + token.Pos(len(d.Verb)) }

// Arg returns the argument with that key, nil when there is none.
func (d *Directive) Arg(key string) *Arg {
	for i := range d.Args {
		if d.Args[i].Key == key {
			return &d.Args[i]
		}
	}
	return nil
}

// String returns the directive as a comment that parses back to the same verb and arguments.
func (d *Directive) String() string {
	var b strings.Builder
	b.WriteString(Prefix + d.Verb)
	for i := range d.Args {
		b.WriteByte(' ')
		b.WriteString(d.Args[i].String())
	}
	return b.String()
}

// Arg is one argument: a flag, or a key with a value.
type Arg struct {
	Key string
	// Flag tells that it is a key alone.
	Flag bool
	// Value is the value without its quotes.
	Value string
	// Quoted tells that the value was quoted, which keeps it from being split.
	Quoted bool
	// Pos and End enclose the argument, KeyPos and KeyEnd the key. ValuePos is where the value begins,
	// with its quote if it has one of its own; End for a flag.
	Pos, KeyPos, KeyEnd, ValuePos, End token.Pos
}

// Split returns the items of a list: the value at its commas, or as a whole when it was quoted. An
// empty value has no items.
func (a *Arg) Split() []string {
	switch {
	case a.Quoted:
		return []string{a.Value}
	case a.Value == "":
		return nil
	}
	return strings.Split(a.Value, ",")
}

// String returns the argument as a directive spells it.
func (a *Arg) String() string {
	switch {
	case a.Flag:
		return a.Key
	case a.Quoted || !isWord(a.Value):
		return a.Key + "=" + strconv.Quote(a.Value)
	}
	return a.Key + "=" + a.Value
}

// isWord reports whether a value can stand without quotes.
func isWord(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return s != "" && !opensQuote(first) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || isStray(r)
	})
}

// opensQuote reports whether a value that begins with r is a quoted one, or an attempt at it.
func opensQuote(r rune) bool { return r == '"' || r == '`' || r == '\'' || isStray(r) }

// isStray reports whether r is a quotation mark that no word may hold.
func isStray(r rune) bool { return r == '"' || closing[r] != 0 }

// closing maps the quotation marks of word processors to those that close them.
var closing = map[rune]rune{'“': '”', '”': '”', '„': '“', '‘': '’', '’': '’', '«': '»', '»': '«'}
