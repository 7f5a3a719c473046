package wps

import (
	"encoding/json"
	"strings"

	"github.com/wpsgen/wpsgen/internal/jsonio"
)

// keepStateKey is the one member of an object in whose place a state is sent through the Functions host
// that has a string in it that looks like a date; its value is the state's JSON as text. Whatever host
// hands the state back, it is read as what was set.
const keepStateKey = "wps:json"

// packState makes of a state what the host hands on unharmed.
func packState(state json.RawMessage) json.RawMessage {
	r := jsonio.New(string(state))
	if !holdsDate(r) || r.Finish() != nil {
		return state
	}
	packed := append(make([]byte, 0, 2*len(state)), `{"`+keepStateKey+`":`...)
	return append(jsonio.AppendString(packed, string(state)), '}')
}

// unpackState undoes packState.
func unpackState(state json.RawMessage) json.RawMessage {
	if !strings.HasPrefix(string(state), `{"`+keepStateKey+`":`) {
		return state
	}
	var packed map[string]string
	if json.Unmarshal(state, &packed) != nil || len(packed) != 1 || !json.Valid([]byte(packed[keepStateKey])) {
		return state
	}
	return json.RawMessage(packed[keepStateKey])
}

// holdsDate reads a value and reports whether some string in it looks like a date. Names of members do
// not count: the host leaves them alone.
func holdsDate(r *jsonio.Reader) bool {
	found := false
	switch r.Kind() {
	case '{':
		r.Object(func(string) { found = holdsDate(r) || found })
	case '[':
		r.Array(func() { found = holdsDate(r) || found })
	case '"':
		found = looksLikeDate(r.String())
	default:
		r.Skip()
	}
	return found
}
