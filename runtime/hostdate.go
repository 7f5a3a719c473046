package wps

import (
	"encoding/json"
	"strings"
	"time"

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

// looksLikeDate reports whether the host takes a text for a date and writes it anew: 19 to 40 characters that are
// an ISO 8601 date and time, or /Date(…)/ (host-spec 1.7). What is one is as Newtonsoft.Json's DateTimeParser has
// it, which knows an hour 24, leaves out parts of an offset, and reads no more than seven digits of a second.
func looksLikeDate(s string) bool {
	if inner, ok := strings.CutPrefix(s, "/Date("); ok {
		inner, ok = strings.CutSuffix(inner, ")/")
		return ok && isTicks(inner)
	}
	const layout = "2006-01-02T15:04:05"
	if len(s) < len(layout) || len(s) > 40 || s[10] != 'T' || s[:4] == "0000" {
		return false
	}
	clock, midnight := s[:len(layout)], strings.HasPrefix(s[10:], "T24:00:00")
	if midnight {
		clock = s[:10] + "T00:00:00"
	}
	if _, err := time.Parse(layout, clock); err != nil {
		return false
	}
	zone, ok := cutFraction(s[len(layout):], midnight)
	return ok && isZone(zone)
}

// isTicks reports whether a text is a number and perhaps an offset of hours and minutes.
func isTicks(s string) bool {
	s = strings.TrimPrefix(s, "-")
	digits := countDigits(s)
	offset := s[digits:]
	return digits > 0 && (offset == "" || isZone(offset) && offset[0] != 'Z' && offset[0] != 'z')
}

// cutFraction cuts off a dot and up to seven digits, all of them zeros where they must be.
func cutFraction(s string, zeros bool) (rest string, ok bool) {
	after, dotted := strings.CutPrefix(s, ".")
	if !dotted {
		return s, true
	}
	n := min(countDigits(after), 7)
	return after[n:], n > 0 && !(zeros && strings.Trim(after[:n], "0") != "")
}

// isZone reports whether a text is none, Z, or an offset with or without its parts: +02:00, +0200, +02, 00.
func isZone(s string) bool {
	if s == "Z" || s == "z" {
		return true
	}
	if strings.HasPrefix(s, "+") || strings.HasPrefix(s, "-") {
		if countDigits(s[1:]) < 2 {
			return false
		}
		s = s[3:]
	}
	s = strings.TrimPrefix(s, ":")
	return s == "" || len(s) == 2 && countDigits(s) == 2
}

func countDigits(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }
