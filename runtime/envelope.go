package wps

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/wpsgen/wpsgen/internal/jsonio"
)

// envelope is what the Functions host hands over for one call (host-spec 1.3, 1.4).
type envelope struct {
	data     map[string]string // raw JSON by the bindings' names
	metadata map[string]string // raw JSON by name; a sender may have a say in it (host-spec 1.4)
	outputs  []hostOutput
}

// hostOutput is what a function gives to an output binding of another extension.
type hostOutput struct {
	name  string
	value func() any
}

func decodeEnvelope(body []byte) (*envelope, error) {
	env := &envelope{}
	r := jsonio.New(string(body))
	r.Object(func(name string) {
		switch {
		case strings.EqualFold(name, "Data"):
			env.data = readRaws(r)
		case strings.EqualFold(name, "Metadata"):
			env.metadata = readRaws(r)
		default:
			r.Skip()
		}
	})
	if err := r.Finish(); err != nil {
		return nil, fmt.Errorf("the host's request is no envelope: %w", err)
	}
	return env, nil
}

func readRaws(r *jsonio.Reader) map[string]string {
	m := make(map[string]string, listsHint)
	r.Object(func(name string) { m[name] = r.Raw() })
	return m
}

// lookup finds a value by name: the exact one, else one that differs in case alone.
func lookup(m map[string]string, name string) (string, bool) {
	if raw, ok := m[name]; ok {
		return raw, true
	}
	for key, raw := range m {
		if strings.EqualFold(key, name) {
			return raw, true
		}
	}
	return "", false
}

// unwrapped takes off what the host puts around a value that is not an object: a string with the
// value's JSON text, be it a string again (host-spec 1.4). Public documents show values without it, and
// both are taken. What comes back is JSON text.
func unwrapped(raw string) string {
	text, ok := unquote(raw)
	if !ok || !json.Valid([]byte(text)) {
		return raw
	}
	return text
}

// unwrappedObject is unwrapped for a value that is an object as text, which is a string of a string.
func unwrappedObject(raw string) string {
	text := unwrapped(raw)
	if inner, ok := unquote(text); ok && json.Valid([]byte(inner)) {
		return inner
	}
	return text
}

// hostObject is unwrappedObject for a value that is base64 where its binding is of dataType binary.
func hostObject(raw string) string {
	doc := unwrappedObject(raw)
	if _, text := unquote(doc); !text {
		return doc
	}
	content, err := hostBytes(raw)
	if err != nil {
		return doc
	}
	return string(content)
}

// unquote decodes JSON that is a string.
func unquote(raw string) (string, bool) {
	if !strings.HasPrefix(raw, `"`) {
		return "", false
	}
	r := jsonio.New(raw)
	text := r.String()
	return text, r.Finish() == nil
}

// hostText reads a value as text: a string is itself, anything else is its JSON.
func hostText(raw string) string {
	value := unwrapped(raw)
	switch text, ok := unquote(value); {
	case ok:
		return text
	case value == "null":
		return ""
	}
	return value
}

// hostBytes reads a value of dataType binary, which is encoded once as base64. Where the value is of no
// dataType after all, it is text in a string of its own, which no base64 can be taken for.
func hostBytes(raw string) ([]byte, error) {
	text, ok := unquote(raw)
	if !ok {
		return nil, fmt.Errorf("a binary value is no string")
	}
	if strings.HasPrefix(text, `"`) {
		return []byte(hostText(raw)), nil
	}
	return base64.StdEncoding.DecodeString(text)
}
