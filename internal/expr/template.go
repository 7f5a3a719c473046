package expr

import (
	"strings"
	"unicode"
)

// Template is a parsed text with {expressions}. The zero Template is the empty text.
type Template struct {
	parts []part
}

// part is literal text, or an expression when path is not empty.
type part struct {
	text   string // the literal, or the expression as written, with its braces
	path   []string
	format string
}

// Parse reads a text with {name.member:format} expressions; {{ and }} stand for braces. It checks
// everything that does not depend on a call. A *SyntaxError tells what is wrong and where.
func Parse(s string) (*Template, error) {
	t := &Template{}
	var literal strings.Builder
	flush := func() {
		if literal.Len() > 0 {
			t.parts = append(t.parts, part{text: literal.String()})
			literal.Reset()
		}
	}
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case (c == '{' || c == '}') && strings.HasPrefix(s[i+1:], s[i:i+1]):
			literal.WriteByte(c)
			i += 2
		case c == '}':
			return nil, &SyntaxError{Text: s, Position: i + 1, Reason: "Missing opening bracket"}
		case c == '{':
			end := strings.IndexAny(s[i+1:], "{}")
			if end < 0 || s[i+1+end] == '{' {
				return nil, &SyntaxError{Text: s, Position: i + 1, Reason: "Missing closing bracket"}
			}
			p, err := parseExpression(s, i, s[i+1:i+1+end])
			if err != nil {
				return nil, err
			}
			flush()
			t.parts = append(t.parts, p)
			i += end + 2
		default:
			literal.WriteByte(c)
			i++
		}
	}
	flush()
	return t, nil
}

// Literal returns the Template of a text that is taken as it is, braces and all.
func Literal(s string) *Template { return &Template{parts: []part{{text: s}}} }

// parseExpression reads what stands between the braces that open at index at of s.
func parseExpression(s string, at int, token string) (part, error) {
	p := part{text: "{" + token + "}"}
	var name string
	name, p.format, _ = strings.Cut(token, ":")
	if name == "" {
		return p, &SyntaxError{Text: s, Position: at + 1, Reason: emptyName}
	}
	if b := builtinNamed(name); b != nil {
		p.path = []string{name}
		return p, b.check(p.format)
	}
	p.path = strings.Split(name, ".")
	for i, n := range p.path {
		if !validName(n, i > 0) {
			return p, &NameError{Name: name}
		}
	}
	return p, nil
}

// partOfName are the classes of what may follow a name's first letter, as in an identifier of C#.
var partOfName = []*unicode.RangeTable{unicode.L, unicode.Nl, unicode.Nd, unicode.Pc, unicode.Mn, unicode.Mc, unicode.Cf}

// validName reports whether n can be the first name of an expression, or a member's: an identifier of C# (the
// host's BindingTemplateParser), of which a member may have - and begin with a digit.
func validName(n string, member bool) bool {
	for i, c := range n {
		switch {
		case c == '_', unicode.In(c, unicode.L, unicode.Nl):
		case c == '-' && member:
		case (i > 0 || member && '0' <= c && c <= '9') && unicode.In(c, partOfName...):
		default:
			return false
		}
	}
	return n != ""
}

// Static returns the text and true when it holds no expression.
func (t *Template) Static() (string, bool) {
	var b strings.Builder
	for _, p := range t.parts {
		if p.path != nil {
			return "", false
		}
		b.WriteString(p.text)
	}
	return b.String(), true
}

// Expression is one expression of a Template, for checks.
type Expression struct {
	// Text is the expression as written, with its braces.
	Text string
	// Path is its name and members; a built-in has one element.
	Path []string
	// Builtin tells that it has a value even where nothing of that name is given.
	Builtin bool
}

// Expressions returns the expressions in their order.
func (t *Template) Expressions() []Expression {
	var list []Expression
	for _, p := range t.parts {
		if p.path != nil {
			list = append(list, Expression{Text: p.text, Path: p.path, Builtin: p.builtin() != nil})
		}
	}
	return list
}

func (p part) builtin() *builtin { return builtinNamed(p.path[0]) }
