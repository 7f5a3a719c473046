package importer

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
)

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any
}

// objectOf returns an object as the host sees it: of several members of a name, the last one.
func objectOf(v *appfiles.Value) object {
	o := object{}
	if v == nil {
		return o
	}
	for i := range v.Members {
		if m := &v.Members[i]; v.Member(m.Name) == m {
			o = append(o, member{m.Name, valueOf(m.Value)})
		}
	}
	return o
}

func valueOf(v *appfiles.Value) any {
	switch v.Kind {
	case appfiles.Object:
		return objectOf(v)
	case appfiles.Array:
		list := []any{}
		for _, item := range v.Items {
			list = append(list, valueOf(item))
		}
		return list
	case appfiles.Bool:
		return v.Text == "true"
	case appfiles.Number:
		return numberOf(v.Text)
	case appfiles.String:
		return v.Text
	}
	return nil
}

// numberOf is a number as JSON spells it. The host reads some more spellings.
func numberOf(text string) any {
	if json.Valid([]byte(text)) {
		return json.Number(text)
	}
	plain := strings.TrimPrefix(text, "+")
	if n, err := strconv.ParseInt(plain, 0, 64); err == nil {
		return n
	}
	if f, err := strconv.ParseFloat(plain, 64); err == nil {
		return f
	}
	return text
}

// set gives a member a value, at its place or at the end.
func (o *object) set(name string, value any) {
	for i := range *o {
		if strings.EqualFold((*o)[i].name, name) {
			(*o)[i].value = value
			return
		}
	}
	*o = append(*o, member{name, value})
}

// remove takes a member out.
func (o *object) remove(name string) {
	for i := range *o {
		if strings.EqualFold((*o)[i].name, name) {
			*o = append((*o)[:i:i], (*o)[i+1:]...)
			return
		}
	}
}

// get returns the object that a member is, an empty one when it is none.
func (o object) get(name string) object {
	for _, m := range o {
		if inner, ok := m.value.(object); ok && strings.EqualFold(m.name, name) {
			return inner
		}
	}
	return object{}
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		for j, part := range []any{m.name, m.value} {
			if j > 0 {
				b.WriteByte(':')
			}
			enc := json.NewEncoder(&b)
			enc.SetEscapeHTML(false)
			if err := enc.Encode(part); err != nil {
				return nil, err
			}
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// text renders the object as people write it.
func (o object) text() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(o)
	return b.Bytes(), err
}
