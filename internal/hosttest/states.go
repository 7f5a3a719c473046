package hosttest

import (
	"encoding/base64"
	"encoding/json"
)

// states are connection states in their order: a key and the bytes of its value.
type states []state

type state struct {
	key   string
	value []byte
}

// decodeStates reads ce-connectionState. What cannot be read, be it one value, is an empty set
// (extension-spec 5.5).
func decodeStates(header string) states {
	if header == "" {
		return nil
	}
	text, ok := fromBase64(header)
	if !ok {
		return states{}
	}
	o, err := parseObject(text)
	if err != nil || !json.Valid(text) { // something may follow the object
		return states{}
	}
	s := states{}
	for _, m := range o {
		encoded, isText := stringIn(m.value)
		value, ok := fromBase64(encoded)
		if !isText || !ok {
			return states{}
		}
		s = append(s, state{m.name, value})
	}
	return s
}

// encode is the header's value.
func (s states) encode() string {
	o := object{}
	for _, st := range s {
		o = append(o, member{st.key, marshal(base64.StdEncoding.EncodeToString(st.value))})
	}
	return base64.StdEncoding.EncodeToString(marshal(o))
}

// json shows the values raw, as JSON: a state that is not JSON makes the whole invalid, as it does with
// the extension (extension-spec 4.2).
func (s states) json() json.RawMessage {
	o := object{}
	for _, st := range s {
		o = append(o, member{st.key, st.value})
	}
	raw, _ := o.MarshalJSON() // never fails
	return raw
}

// merge lays the states of a reply over those of the request. What is no object changes nothing.
func (s states) merge(returned json.RawMessage) states {
	merged := append(states(nil), s...)
	o, err := parseObject(returned)
	if err != nil {
		return merged
	}
	for _, m := range o {
		merged = merged.set(m.name, compact(m.value))
	}
	return merged
}

func (s states) set(key string, value []byte) states {
	for i := range s {
		if s[i].key == key {
			s[i].value = value
			return s
		}
	}
	return append(s, state{key, value})
}
