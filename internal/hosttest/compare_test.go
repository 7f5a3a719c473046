package hosttest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

// normalEnvelope takes from an envelope what may differ: the layout of JSON in strings, guids and the
// clock, and empty states, which the host's vectors show as null and the extension's as {}.
func normalEnvelope(t testing.TB, raw json.RawMessage) json.RawMessage {
	t.Helper()
	var e map[string]map[string]any
	if err := json.Unmarshal(raw, &e); err != nil {
		t.Fatalf("envelope %s: %v", raw, err)
	}
	for _, part := range e {
		for name, value := range part {
			part[name] = normalValue(value)
		}
	}
	if sys, ok := e["Metadata"]["sys"].(map[string]any); ok {
		for _, name := range []string{"UtcNow", "RandGuid"} {
			if text, ok := sys[name].(string); ok {
				sys[name] = shapeOf(text)
			}
		}
	}
	return marshal(e)
}

var (
	anyHex   = regexp.MustCompile(`[0-9a-f]`)
	anyToken = regexp.MustCompile(`eyJ[\w.-]+`)
)

// shapeOf keeps the form of guids and dates only.
func shapeOf(text string) string { return anyHex.ReplaceAllString(text, "0") }

// normalValue parses what strings hold, twice where it was encoded twice, and hides tokens.
func normalValue(value any) any {
	switch v := value.(type) {
	case string:
		var inner any
		if json.Unmarshal([]byte(v), &inner) == nil {
			switch inner.(type) {
			case string, map[string]any, []any:
				return []any{"JSON in a string", normalValue(inner)}
			}
		}
		// Octets may hold JSON, too: what a binding of dataType binary makes of all but a payload.
		if content, ok := fromBase64(v); ok && json.Unmarshal(content, &inner) == nil && len(content) > 0 && content[0] == '{' {
			return []any{"JSON in base64", normalValue(inner)}
		}
		return anyToken.ReplaceAllString(v, "eyJ")
	case map[string]any:
		for name, member := range v {
			v[name] = normalValue(member)
		}
		if _, ok := v["connectionId"]; ok && v["states"] == nil {
			v["states"] = map[string]any{}
		}
	case []any:
		for i := range v {
			v[i] = normalValue(v[i])
		}
	}
	return value
}

// sameEnvelope compares what the handler got with a vector. metadataSubset tells that the vector's
// Metadata is not all there is.
func sameEnvelope(t testing.TB, want, got json.RawMessage, metadataSubset bool) {
	t.Helper()
	want, got = normalEnvelope(t, want), normalEnvelope(t, got)
	var w, g struct{ Data, Metadata json.RawMessage }
	if err := json.Unmarshal(want, &w); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(got, &g); err != nil {
		t.Fatal(err)
	}
	if err := vectors.Same(w.Data, g.Data); err != nil {
		t.Errorf("Data: %v", err)
	}
	compare := vectors.Same
	if metadataSubset {
		compare = vectors.Subset
	}
	if err := compare(w.Metadata, g.Metadata); err != nil {
		t.Errorf("Metadata: %v", err)
	}
}

// sameOrder compares two JSON texts with the order of their members; that of headers is free, for no
// server keeps it.
func sameOrder(want, got json.RawMessage) error {
	if err := vectors.Same(want, got); err != nil {
		return err
	}
	w, g := strings.Join(keyOrder(want), " "), strings.Join(keyOrder(got), " ")
	if w != g {
		return fmt.Errorf("members in the order %s, want %s", g, w)
	}
	return nil
}

func keyOrder(raw json.RawMessage) []string {
	o, err := parseObject(raw)
	if err != nil {
		return nil
	}
	var keys []string
	for _, m := range o {
		keys = append(keys, m.name)
		if m.name != "headers" {
			keys = append(keys, keyOrder(m.value)...)
		}
	}
	return keys
}
