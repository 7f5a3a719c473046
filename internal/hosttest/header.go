package hosttest

import (
	"maps"
	"net/http"
	"slices"
	"strings"
)

func headerLists(h http.Header) object {
	o := object{}
	for _, name := range sortedKeys(h) {
		o = append(o, member{name, marshal(h[name])})
	}
	return o
}

func joinedHeader(h http.Header) object {
	o := object{}
	for _, name := range sortedKeys(h) {
		o = append(o, member{name, marshal(strings.Join(h[name], ","))})
	}
	return o
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// headerLines are all lines of a header, however its name is spelled.
func headerLines(h http.Header, name string) []string {
	var lines []string
	for _, key := range sortedKeys(h) {
		if strings.EqualFold(key, name) {
			lines = append(lines, h[key]...)
		}
	}
	return lines
}

func headerValue(h http.Header, name string) string {
	if lines := headerLines(h, name); len(lines) > 0 {
		return lines[0]
	}
	return ""
}
