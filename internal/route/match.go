package route

import (
	"net/url"
	"strings"
)

// Value is what a parameter stands for in one path.
type Value struct {
	// Name is the parameter's name as the template spells it.
	Name string
	// Value is the unescaped text; empty for an optional parameter that the path lacks.
	Value string
}

// Match matches an escaped path, without leading slash; one slash at its end is of no meaning.
// Literals ignore case. A catch-all takes what remains, slashes and all, and may be empty.
func (t *Template) Match(path string) ([]Value, bool) {
	path = strings.TrimSuffix(path, "/")
	var values []Value
	rest, done := path, path == ""
	for _, s := range t.segments {
		if s.kind >= constrainedCatchAll {
			v, ok := s.take(rest)
			return append(values, v), ok
		}
		if done {
			if !s.optional {
				return nil, false
			}
			values = append(values, Value{Name: s.text})
			continue
		}
		var part string
		var more bool
		part, rest, more = strings.Cut(rest, "/")
		done = !more
		v, ok := s.take(part)
		if !ok || part == "" {
			return nil, false
		}
		if s.kind != literal {
			values = append(values, v)
		}
	}
	return values, done
}

// take unescapes a part of the path and holds it against the segment.
func (s segment) take(part string) (Value, bool) {
	text, err := url.PathUnescape(part)
	if err != nil {
		return Value{}, false
	}
	if s.kind == literal {
		return Value{}, strings.EqualFold(text, s.text)
	}
	for _, c := range s.constraints {
		if !c.match(text) {
			return Value{}, false
		}
	}
	return Value{Name: s.text, Value: text}, true
}

// Compare orders templates by precedence: negative when a is tried before b. Segment by segment, a
// literal comes before a constrained parameter, that before any other, and a catch-all last.
func Compare(a, b *Template) int {
	for i := range min(len(a.segments), len(b.segments)) {
		if d := a.segments[i].kind - b.segments[i].kind; d != 0 {
			return int(d)
		}
	}
	return len(a.segments) - len(b.segments)
}

// Conflict reports whether some path fits both templates and neither takes precedence, so that which
// one serves it would be chance.
func Conflict(a, b *Template) bool {
	if Compare(a, b) != 0 {
		return false
	}
	for i, s := range a.segments {
		o := b.segments[i]
		if s.kind == literal && !strings.EqualFold(s.text, o.text) {
			return false
		}
		if disjoint(s.constraints, o.constraints) {
			return false
		}
	}
	return true
}

// disjoint reports whether no value fits both lists, as far as the classes of their constraints tell.
func disjoint(a, b []constraint) bool {
	for _, x := range a {
		for _, y := range b {
			if x.class.excludes(y.class) || y.class.excludes(x.class) {
				return true
			}
		}
	}
	return false
}

func (c class) excludes(o class) bool {
	return c == number && (o == letters || o == boolean || o == guid) || c == boolean && o == guid
}
