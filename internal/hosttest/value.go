package hosttest

import (
	"encoding/json"
	"time"
)

// Value is what arrived at an output binding, after what the host does to values on their way: strings
// that pass for base64 are bytes, those that pass for dates are dates (host-spec 1.7).
type Value struct {
	raw   json.RawMessage
	bytes []byte // not nil when raw was replaced by them
}

// newValue is a top-level value of a non-HTTP output or of a return value.
func newValue(raw json.RawMessage, binary bool) Value {
	raw = redated(raw)
	if s, ok := stringIn(raw); ok && !binary {
		if _, date := parseDate(s); !date {
			if decoded, ok := fromBase64(s); ok {
				return Value{raw: raw, bytes: append([]byte{}, decoded...)}
			}
		}
	}
	return Value{raw: raw}
}

// Bytes returns what the string was decoded to, and whether it was.
func (v Value) Bytes() ([]byte, bool) { return v.bytes, v.bytes != nil }

// Date returns the date that the string became, and whether it did.
func (v Value) Date() (time.Time, bool) { return isDate(v.raw) }

// Text returns the value's text when it is a string that arrived as one.
func (v Value) Text() (string, bool) {
	if _, date := v.Date(); date || v.bytes != nil {
		return "", false
	}
	return stringIn(v.raw)
}

// JSON is the value as the handler wrote it, but for the dates in it.
func (v Value) JSON() json.RawMessage { return v.raw }
