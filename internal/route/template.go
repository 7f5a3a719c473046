package route

import (
	"fmt"
	"strings"
)

// Template is a parsed route template.
type Template struct {
	text     string
	segments []segment
}

// kind orders segments by precedence: the lower is tried first.
type kind int

const (
	literal kind = iota
	constrained
	parameter
	constrainedCatchAll
	catchAll
)

type segment struct {
	kind        kind
	text        string // the literal, or the parameter's name
	optional    bool
	constraints []constraint
}

// SyntaxError tells what a template may not hold.
type SyntaxError struct {
	// Template is the whole template.
	Template string
	// Position is where, in bytes from 1.
	Position int
	// Reason is what.
	Reason string
}

// Error names the template, the position and the reason.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("route %q, position %d: %s", e.Template, e.Position, e.Reason)
}

// Parse reads a template. A slash at either end is of no meaning; the empty template matches the empty
// path. The error is a *SyntaxError.
func Parse(template string) (*Template, error) {
	t := &Template{text: template}
	trimmed := strings.TrimPrefix(template, "/")
	at := len(template) - len(trimmed)
	trimmed = strings.TrimSuffix(trimmed, "/")
	if trimmed == "" {
		return t, nil
	}
	names := make(map[string]bool)
	for part := range strings.SplitSeq(trimmed, "/") {
		s, err := parseSegment(part)
		if err == nil {
			err = t.accept(s, names)
		}
		if err != nil {
			err.Template, err.Position = template, err.Position+at+1
			return nil, err
		}
		t.segments = append(t.segments, s)
		at += len(part) + 1
	}
	return t, nil
}

// accept checks a segment against those before it.
func (t *Template) accept(s segment, names map[string]bool) *SyntaxError {
	if n := len(t.segments); n > 0 {
		switch last := t.segments[n-1]; {
		case last.kind >= constrainedCatchAll:
			return &SyntaxError{Reason: "nothing may follow a catch-all parameter"}
		case last.optional && !(s.optional || s.kind >= constrainedCatchAll):
			return &SyntaxError{Reason: "only optional parameters may follow an optional one"}
		}
	}
	if s.kind == literal {
		return nil
	}
	if key := strings.ToLower(s.text); names[key] {
		return &SyntaxError{Reason: fmt.Sprintf("parameter %q is there twice", s.text)}
	} else {
		names[key] = true
	}
	return nil
}

// parseSegment reads one segment. The position in its error is from 0, within the segment.
func parseSegment(s string) (segment, *SyntaxError) {
	if s == "" {
		return segment{}, &SyntaxError{Reason: "a segment is empty"}
	}
	open := strings.IndexAny(s, "{}")
	if open < 0 {
		if i := strings.IndexAny(s, "?*"); i >= 0 {
			return segment{}, &SyntaxError{Position: i, Reason: fmt.Sprintf("%q is not allowed outside a parameter", s[i])}
		}
		return segment{kind: literal, text: s}, nil
	}
	if s[0] != '{' || s[len(s)-1] != '}' || strings.ContainsAny(s[1:len(s)-1], "{}") {
		return segment{}, &SyntaxError{Position: open, Reason: "a parameter must be a whole segment, {name}"}
	}
	return parseParameter(s[1 : len(s)-1])
}

func parseParameter(s string) (segment, *SyntaxError) {
	p := segment{kind: parameter}
	body := strings.TrimLeft(s, "*")
	stars := len(s) - len(body)
	if stars > 2 {
		return p, &SyntaxError{Position: 3, Reason: "a catch-all parameter has one or two *"}
	}
	if stars == 0 {
		body, p.optional = strings.CutSuffix(body, "?")
	}
	name, rest, _ := strings.Cut(body, ":")
	if i := strings.IndexByte(name, '='); i >= 0 {
		return p, &SyntaxError{Position: 1 + stars + i, Reason: "default values are not supported; make the parameter optional, {name?}"}
	}
	if !validName(name) {
		return p, &SyntaxError{Position: 1 + stars, Reason: fmt.Sprintf("%q is not a parameter name: letters, digits and _, a letter first", name)}
	}
	p.text = name
	var err *SyntaxError
	if p.constraints, err = parseConstraints(body, len(name), rest); err != nil {
		err.Position += 1 + stars
		return p, err
	}
	switch {
	case stars > 0 && p.constraints != nil:
		p.kind = constrainedCatchAll
	case stars > 0:
		p.kind = catchAll
	case p.constraints != nil:
		p.kind = constrained
	}
	return p, nil
}

func validName(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

// String returns the template as it was given.
func (t *Template) String() string { return t.text }

// Parameters returns the names of the parameters in their order.
func (t *Template) Parameters() []string {
	var names []string
	for _, s := range t.segments {
		if s.kind != literal {
			names = append(names, s.text)
		}
	}
	return names
}

// FirstLiteral returns the first segment when it is a literal.
func (t *Template) FirstLiteral() (string, bool) {
	if len(t.segments) == 0 || t.segments[0].kind != literal {
		return "", false
	}
	return t.segments[0].text, true
}
