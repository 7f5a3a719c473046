package hosttest

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// fromBase64 decodes what .NET's Convert.FromBase64String accepts: blanks and line breaks are dropped,
// what remains must be whole groups of the standard alphabet (host-spec 1.7).
func fromBase64(s string) ([]byte, bool) {
	s = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' || r == '\r' || r == '\n' {
			return -1
		}
		return r
	}, s)
	data, err := base64.StdEncoding.DecodeString(s)
	return data, err == nil
}

var (
	isoDate       = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.(\d{1,7}))?([Zz]|(?:([+-]\d{2})?(?::(\d{2})?|(\d{2}))?))$`)
	microsoftDate = regexp.MustCompile(`^/Date\((-?\d+)([+-]\d{2}(?:\d{2})?)?\)/$`)
)

// parseDate reports whether Newtonsoft takes a string for a date, and which: its default
// DateParseHandling, which acts on whole strings at any depth of a response (host-spec 1.7). Its DateTimeParser
// takes an hour 24, offsets without their parts and lower case, and up to seven digits of a second.
func parseDate(s string) (time.Time, bool) {
	if m := microsoftDate.FindStringSubmatch(s); m != nil {
		ms, err := strconv.ParseInt(m[1], 10, 64)
		return time.UnixMilli(ms).UTC(), err == nil
	}
	m := isoDate.FindStringSubmatch(s)
	if len(s) > 40 || m == nil || strings.HasPrefix(s, "0000") {
		return time.Time{}, false
	}
	if n := len(m[3]); n > 0 && n < 7 && m[4] == m[7] && m[7] != "" {
		return time.Time{}, false // an eighth digit: all there is goes into the fraction first
	}
	date, clock, fraction := m[1], m[2], m[3]
	days := 0
	if clock == "24:00:00" && strings.Trim(fraction, "0") == "" {
		clock, days = "00:00:00", 1
	}
	t, err := time.Parse("2006-01-02T15:04:05.9999999", date+"T"+clock+"."+fraction+"0")
	if err != nil {
		return time.Time{}, false
	}
	hours, _ := strconv.Atoi(m[5])          // "" is 0
	minutes, _ := strconv.Atoi(m[6] + m[7]) // one of them at most
	if strings.HasPrefix(m[5], "-") {
		minutes = -minutes
	}
	return t.AddDate(0, 0, days).Add(-time.Duration(hours)*time.Hour - time.Duration(minutes)*time.Minute), true
}

// isDate reports whether JSON is a string that Newtonsoft has made a date of.
func isDate(raw json.RawMessage) (time.Time, bool) {
	s, ok := stringIn(raw)
	if !ok {
		return time.Time{}, false
	}
	return parseDate(s)
}

// redated is JSON of a response with its dates as Newtonsoft writes them: to seven digits of the second,
// and those with an offset in the host's own time zone, which is UTC (host-spec 1.7).
func redated(raw json.RawMessage) json.RawMessage {
	switch {
	case isObject(raw):
		o, err := parseObject(raw)
		if err != nil {
			return raw
		}
		for i := range o {
			o[i].value = redated(o[i].value)
		}
		return marshal(o)
	case isArray(raw):
		var items []json.RawMessage
		if json.Unmarshal(raw, &items) != nil {
			return raw
		}
		for i := range items {
			items[i] = redated(items[i])
		}
		return marshal(items)
	}
	if s, ok := stringIn(raw); ok {
		if t, ok := parseDate(s); ok {
			return marshal(t.UTC().Format("2006-01-02T15:04:05.9999999") + zone(s))
		}
	}
	return raw
}

// zone is what stands behind a date, which tells .NET's three kinds apart: UTC, local and unknown.
func zone(date string) string {
	m := microsoftDate.FindStringSubmatch(date)
	switch {
	case strings.HasSuffix(strings.ToUpper(date), "Z"), m != nil && m[2] == "":
		return "Z"
	case m != nil, isoDate.FindStringSubmatch(date)[5] != "":
		return "+00:00"
	}
	return ""
}

// cultureDate is a date's ToString in the invariant culture: what becomes of it where text is wanted.
func cultureDate(t time.Time) string { return t.Format("01/02/2006 15:04:05") }

// netText is what .NET's ToString makes of a JSON token.
func netText(raw json.RawMessage) string {
	if t, ok := isDate(raw); ok {
		return cultureDate(t)
	}
	if s, ok := stringIn(raw); ok {
		return s
	}
	switch text := string(compact(raw)); text {
	case "true":
		return "True"
	case "false":
		return "False"
	case "null":
		return ""
	default:
		return indent(raw)
	}
}

// utf8Text decodes bytes as .NET does, each that is no UTF-8 as U+FFFD.
func utf8Text(b []byte) string { return string([]rune(string(b))) }
