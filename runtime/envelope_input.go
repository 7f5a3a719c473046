package wps

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// HostValue is the value of another extension's binding, as the Functions host hands it over.
type HostValue struct {
	raw    string
	binary bool // of dataType binary
}

// Input returns the value of the input or trigger binding of that name that another extension has: null where
// WPS_OTHER_BINDINGS is absent and there is no Functions host.
func (inv *Invocation) Input(name string) (HostValue, error) {
	if inv.envelope != nil {
		if raw, ok := lookup(inv.envelope.data, name); ok {
			return HostValue{raw: raw, binary: strings.EqualFold(inv.function.other(name).DataType, "binary")}, nil
		}
	}
	if inv.absent(name) {
		return HostValue{raw: "null"}, nil
	}
	return HostValue{}, fmt.Errorf("the Functions host handed over no value named %q", name)
}

// Text returns the value as text: a string as it is, null as "", anything else as its JSON.
func (v HostValue) Text() (string, error) {
	b, err := v.Bytes()
	return string(b), err
}

// Bytes returns the value's bytes: those of a binary value, or of its text.
func (v HostValue) Bytes() ([]byte, error) {
	if v.binary {
		return hostBytes(v.raw)
	}
	return []byte(hostText(v.raw)), nil
}

// Decode decodes the value into a pointer with json.Unmarshal: an object or another JSON value itself, or the
// JSON that a string holds.
func (v HostValue) Decode(into any) error {
	text, err := v.Text()
	if err != nil {
		return err
	}
	if json.Unmarshal([]byte(text), into) == nil {
		return nil
	}
	return json.Unmarshal([]byte(unwrapped(v.raw)), into)
}

// SetOutput gives a value to the output binding of that name that another extension has. value is called
// once the function has returned without error; what it returns is sent as text for a string, as octets
// for a []byte, and as JSON for everything else. nil sends nothing.
func (inv *Invocation) SetOutput(name string, value func() any) error {
	if inv.absent(name) {
		return nil
	}
	if inv.envelope == nil {
		return fmt.Errorf("output %s is the Functions host's", name)
	}
	inv.envelope.outputs = append(inv.envelope.outputs, hostOutput{name: name, value: value})
	return nil
}

// absent reports whether a binding of another extension has nobody who serves it.
func (inv *Invocation) absent(name string) bool {
	return inv.function.absent && inv.function.other(name).Type != ""
}

// outgoing makes of a value what reaches the output unchanged. The host turns a string at the top that could
// be base64 into bytes, and one that looks like a date into another (host-spec 1.7): so a string goes
// as base64, unless dataType=binary has turned that off.
func (b OtherBinding) outgoing(value any) (json.RawMessage, error) {
	var content []byte
	switch v := value.(type) {
	case nil:
		return nil, nil
	case []byte:
		content = v
	default:
		doc, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		text, isString := unquote(string(doc))
		if !isString {
			return doc, nil
		}
		content = []byte(text)
	}
	if !strings.EqualFold(b.DataType, "binary") {
		return json.Marshal(content) // base64
	}
	if !utf8.Valid(content) {
		return nil, errors.New("octets cannot be sent through dataType=binary, which means text here; leave it out of the directive")
	}
	return json.Marshal(string(content))
}

// other returns the binding of that name that another extension has; the zero binding when there is none.
func (f *boundFunction) other(name string) OtherBinding {
	for _, binding := range f.Bindings {
		if b, ok := binding.(OtherBinding); ok && strings.EqualFold(b.Name, name) {
			return b
		}
	}
	return OtherBinding{}
}
