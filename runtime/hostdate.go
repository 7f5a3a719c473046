package wps

import (
	"encoding/json"
	"strings"

	"github.com/wpsgen/wpsgen/internal/jsonio"
)

// looksLikeDate reports whether the host's JSON reader would take a string, as a whole, for a date, and
// write it back in another form (host-spec 1.7).
func looksLikeDate(s string) bool {
	if strings.HasPrefix(s, "/Date(") && strings.HasSuffix(s, ")/") {
		return true
	}
	const form = "0000-00-00T00:00:00"
	if len(s) < len(form) || len(s) > 40 {
		return false
	}
	for i := range len(form) {
		if form[i] != '0' && s[i] != form[i] || form[i] == '0' && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}

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
