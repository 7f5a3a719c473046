package binding

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
)

// Entry is one entry of a function's bindings: what function.json and the glue say of it.
type Entry struct {
	// Type, Direction and Name are the members every entry has.
	Type, Direction, Name string
	// Members are all members in the order function.json lists them, type, direction and name first.
	Members []Member
	// Go names the composite literal of package wps that stands for the entry in glue.
	Go string
	// Fields are the literal's fields that are set, Name first; Key is the Go name.
	Fields []Member
}

// otherBinding is the literal for a binding package wps has no type for.
const otherBinding = "OtherBinding"

// Entries returns the function.json entries the use makes, in the definition's order.
func (u *Use) Entries() []Entry {
	entries := make([]Entry, 0, len(u.Def.Bindings))
	for i := range u.Def.Bindings {
		entries = append(entries, u.entry(i))
	}
	return entries
}

func (u *Use) entry(index int) Entry {
	b := u.Def.Bindings[index]
	e := Entry{Type: u.typeOf(b), Direction: b.Direction, Name: u.nameOf(b), Go: b.Go}
	if b.isOpen() {
		e.Direction = u.Get(propertyDirection)
	}
	e.Members = []Member{{"type", e.Type}, {"direction", e.Direction}, {"name", e.Name}}
	e.Fields = []Member{{"Name", e.Name}}
	e.fix(b.Fixed)
	for _, w := range b.When {
		if w.If.Holds(u.Get) {
			e.fix(w.Fixed)
		}
	}
	for _, p := range u.Def.Properties {
		v := u.values[p.Name]
		if p.named || p.opens(b) || u.Def.bindingOf(p) != index {
			continue
		}
		m := Member{p.Name, p.member(v)}
		if v.written() && !p.Omit {
			e.Members = append(e.Members, m)
		}
		// The host knows that a flag is set by default, a Go literal does not.
		if v.written() || m.Value == true {
			e.Fields = append(e.Fields, Member{p.Go, m.Value})
		}
	}
	if index == 0 {
		e.Members = append(e.Members, u.others...)
	}
	if e.Go == "" {
		e.other()
	}
	return e
}

// other makes it an entry package wps has no type for: the fields are what every binding has.
func (e *Entry) other() {
	e.Go = otherBinding
	e.Fields = []Member{{"Name", e.Name}, {"Type", e.Type}, {"Direction", e.Direction}}
	for _, m := range e.Members {
		if m.Key == "dataType" {
			e.Fields = append(e.Fields, Member{"DataType", m.Value})
		}
	}
}

// IsOther reports whether package wps has no type for the entry: only the Functions host serves it.
func (e Entry) IsOther() bool { return e.Go == otherBinding }

// IsTrigger reports whether the entry is a trigger, which its type says (host-spec 5.1).
func (e Entry) IsTrigger() bool { return isTriggerType(e.Type) }

// IsTrigger reports whether the use makes a trigger.
func (u *Use) IsTrigger() bool {
	return slices.ContainsFunc(u.Def.Bindings, func(b Binding) bool { return isTriggerType(u.typeOf(b)) })
}

// typeOf returns the type of the entry that a binding of the definition makes.
func (u *Use) typeOf(b Binding) string {
	if b.isOpen() {
		return u.Get(propertyType)
	}
	return b.Type
}

// Name returns the name of the binding that name= names, of the first one where none can be named.
func (u *Use) Name() string {
	for _, b := range u.Def.Bindings {
		if !b.Name.Fixed {
			return u.nameOf(b)
		}
	}
	if len(u.Def.Bindings) > 0 {
		return u.nameOf(u.Def.Bindings[0])
	}
	return ""
}

func (u *Use) nameOf(b Binding) string {
	name := b.Name.Default
	for _, w := range b.When {
		if w.Name != "" && w.If.Holds(u.Get) {
			name = w.Name
		}
	}
	if v := u.values["name"]; !b.Name.Fixed && v.From == FromDirective {
		name = v.String()
	}
	return name
}

// bindingOf returns the index of the binding a property belongs to.
func (d *Definition) bindingOf(p *Property) int {
	return max(0, slices.IndexFunc(d.Bindings, func(b Binding) bool { return b.Type == p.To }))
}

// fix sets fixed members, replacing one that is there.
func (e *Entry) fix(members []Member) {
	for _, m := range members {
		if i := slices.IndexFunc(e.Members, func(have Member) bool { return have.Key == m.Key }); i >= 0 {
			e.Members[i] = m
			continue
		}
		e.Members = append(e.Members, m)
	}
}

// member gives a value its JSON type. What cannot have it stays text; Check has reported it.
func (p *Property) member(v Value) any {
	if p.List {
		return v.Items
	}
	switch p.Kind {
	case KindBool:
		if b, ok := parseBool(v.String()); ok {
			return b
		}
	case KindInt:
		if n, err := strconv.Atoi(v.String()); err == nil {
			return n
		}
	}
	return v.String()
}

func parseBool(s string) (value, ok bool) { return s == "true", s == "true" || s == "false" }

// MarshalJSON writes the members in their order.
func (e Entry) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, m := range e.Members {
		b.WriteByte("{,"[min(i, 1)])
		if err := writeJSON(&b, m.Key); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := writeJSON(&b, m.Value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// writeJSON encodes without the HTML escapes that people would have to read.
func writeJSON(b *bytes.Buffer, v any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the newline that Encode ends with
	return nil
}
