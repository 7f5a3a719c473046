package expr

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// Data is the binding data of one call.
type Data interface {
	// Value returns what a first name stands for, ignoring case, and whether there is such a thing. An
	// error ends the evaluation: the data could not be read at all.
	Value(name string) (any, bool, error)
}

// Object is a value with members that says itself how their names compare. A map[string]any is one
// too: its members ignore case, with an exact match first, as in JSON binding data.
type Object interface {
	// Member returns a member and whether there is one.
	Member(name string) (any, bool)
}

// Eval returns the text for one call. What the call does not provide is a *MissingError.
//
// Strings, numbers, booleans (True, False), times and GUIDs have a text; null, lists and objects have
// the empty one, as on the Functions host.
func (t *Template) Eval(data Data) (string, error) {
	var b strings.Builder
	for _, p := range t.parts {
		if p.path == nil {
			b.WriteString(p.text)
			continue
		}
		text, err := p.eval(data)
		if err != nil {
			return "", err
		}
		b.WriteString(text)
	}
	return b.String(), nil
}

func (p part) eval(data Data) (string, error) {
	value, ok, err := data.Value(p.path[0])
	if err != nil {
		return "", err
	}
	if !ok {
		if b := p.builtin(); b != nil {
			return b.value(p.format), nil
		}
		return "", &MissingError{Expression: p.text, Name: p.path[0]}
	}
	for _, name := range p.path[1:] {
		if value, ok = member(value, name); !ok {
			return "", &MissingError{Expression: p.text, Name: name, Member: true}
		}
	}
	return text(value, p.format), nil
}

func member(value any, name string) (any, bool) {
	switch v := value.(type) {
	case Object:
		return v.Member(name)
	case map[string]any:
		return Fold(v, name)
	}
	return nil, false
}

// Fold returns the value of a key, the exact one first, then the first in order that differs in case only.
func Fold[V any](m map[string]V, key string) (V, bool) {
	if v, ok := m[key]; ok {
		return v, true
	}
	var found string
	ok := false
	for k := range m {
		if strings.EqualFold(k, key) && (!ok || k < found) {
			found, ok = k, true
		}
	}
	return m[found], ok
}

func text(value any, format string) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case int:
		return strconv.Itoa(v)
	case bool:
		if v {
			return "True"
		}
		return "False"
	case GUID:
		return v.format(format)
	case time.Time:
		return formatTime(v, format)
	}
	return ""
}
