package hosttest

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/wpsgen/wpsgen/internal/expr"
)

// bindingData is what a trigger provides by name, to expressions and as Metadata. Names ignore case; a
// value that replaces another keeps the old spelling of the name (host-spec 1.4).
type bindingData struct {
	names  []string
	values map[string]any
}

func newBindingData() *bindingData { return &bindingData{values: make(map[string]any)} }

func (d *bindingData) set(name string, value any) {
	key := strings.ToLower(name)
	if _, ok := d.values[key]; !ok {
		d.names = append(d.names, name)
	}
	d.values[key] = value
}

func (d *bindingData) has(name string) bool {
	_, ok := d.values[strings.ToLower(name)]
	return ok
}

// merge is the host's Utility.ApplyBindingData: the members of a text that is a JSON object, but for
// arrays and null. Objects stay objects, scalars become text (host-spec 1.4).
func (d *bindingData) merge(text string) {
	o, err := parseObject([]byte(text))
	if err != nil || !json.Valid([]byte(text)) {
		return
	}
	for _, m := range o {
		switch {
		case isNull(m.value) || isArray(m.value):
		case isObject(m.value):
			d.set(m.name, m.value)
		default:
			d.set(m.name, netText(m.value))
		}
	}
}

// metadata is the envelope's Metadata. Keys that end in trigger are left out, and so is null.
func (d *bindingData) metadata() object {
	o := object{}
	for _, name := range d.names {
		value := d.values[strings.ToLower(name)]
		if value == nil || strings.HasSuffix(strings.ToLower(name), "trigger") {
			continue
		}
		o = append(o, member{name, envelopeValue(value)})
	}
	return o
}

// Value looks a name up for an expression, as package expr asks.
func (d *bindingData) Value(name string) (any, bool, error) {
	value, ok := d.values[strings.ToLower(name)]
	if value == nil {
		return nil, ok, nil
	}
	return exprValue(value), true, nil
}

// payload is the BinaryData of a user event: in Metadata it is text, in an expression it has none.
type payload []byte

// dictionary is a .NET dictionary of text; foldCase tells that its own comparer ignores case, as that
// of the headers does and that of the query does not (host-spec 6).
type dictionary struct {
	members  object
	foldCase bool
}

// MarshalJSON writes the members in their order.
func (d dictionary) MarshalJSON() ([]byte, error) { return d.members.MarshalJSON() }

// Member looks a key up with the dictionary's comparer.
func (d dictionary) Member(name string) (any, bool) {
	lookup := d.members.exact
	if d.foldCase {
		lookup = d.members.fold
	}
	raw, ok := lookup(name)
	if !ok {
		return nil, false
	}
	return exprValue(raw), true
}

// exprValue is a value as expressions see it.
func exprValue(value any) any {
	switch v := value.(type) {
	case string, int, bool, time.Time, expr.Object, expr.GUID:
		return v
	case payload, []byte:
		return nil
	}
	dec := json.NewDecoder(strings.NewReader(string(marshal(value))))
	dec.UseNumber()
	var decoded any
	if dec.Decode(&decoded) != nil {
		return nil
	}
	return decoded
}
