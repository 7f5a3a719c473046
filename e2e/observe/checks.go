package observe

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

// Checks are what vectors expect, by name.
type Checks = map[string]func(testing.TB, json.RawMessage)

// Response is an answer over HTTP.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Checks are the expectations that vectors have of an answer to the service.
func (r *Response) Checks() Checks {
	return Checks{
		"status": func(t testing.TB, want json.RawMessage) {
			if n := vectors.Decode[*int](t, want); n != nil && r.Status != *n {
				t.Errorf("status %d, want %d; body %s", r.Status, *n, r.Body)
			}
		},
		"bodyText": func(t testing.TB, want json.RawMessage) {
			if text := vectors.Text(t, want); string(r.Body) != text {
				t.Errorf("body %q, want %q", r.Body, text)
			}
		},
		"bodyJSON": func(t testing.TB, want json.RawMessage) {
			if err := vectors.Same(Normal(t, want), Normal(t, r.Body)); err != nil {
				t.Errorf("body: %v", err)
			}
		},
		"bodyBase64": func(t testing.TB, want json.RawMessage) {
			if text := vectors.Text(t, want); base64.StdEncoding.EncodeToString(r.Body) != text {
				t.Errorf("body %q, want %s as base64", r.Body, text)
			}
		},
		"contentType": func(t testing.TB, want json.RawMessage) {
			text := vectors.Decode[*string](t, want)
			if got := r.Header.Get("Content-Type"); text == nil && got != "" || text != nil && got != *text {
				t.Errorf("content type %q, want %s", got, want)
			}
		},
		"headers": func(t testing.TB, want json.RawMessage) {
			for name, value := range vectors.Decode[map[string]*string](t, want) {
				lines := r.Header.Values(name)
				if value == nil && len(lines) > 0 || value != nil && strings.Join(lines, ",") != *value {
					t.Errorf("header %s: %q, want %s", name, lines, want)
				}
			}
		},
		"statesHeader": func(t testing.TB, want json.RawMessage) {
			header, lines := vectors.Decode[*string](t, want), r.Header.Values("ce-connectionState")
			if header == nil || len(lines) != 1 {
				if header != nil || len(lines) > 0 {
					t.Errorf("ce-connectionState %q, want %s", lines, want)
				}
				return
			}
			checkStates(t, lines[0], encode(States(t, *header)))
		},
		"mergedStates": func(t testing.TB, want json.RawMessage) { checkStates(t, r.Header.Get("ce-connectionState"), want) },
	}
}

// checkStates compares the states in a header with texts by key; null is none.
func checkStates(t testing.TB, header string, want json.RawMessage) {
	t.Helper()
	if string(want) == "null" {
		want = json.RawMessage("{}")
	}
	if err := vectors.Same(want, encode(States(t, header))); err != nil {
		t.Errorf("states: %v", err)
	}
}

// States reads ce-connectionState: texts by key. A state that the runtime has packed, so that the Functions
// host leaves it as it is, is read as what was set.
func States(t testing.TB, header string) map[string]string {
	t.Helper()
	texts := make(map[string]string)
	if header == "" {
		return texts
	}
	doc, err := base64.StdEncoding.DecodeString(header)
	var values map[string][]byte
	if err == nil {
		err = json.Unmarshal(doc, &values)
	}
	if err != nil {
		t.Errorf("ce-connectionState %s: %v", header, err)
	}
	for key, value := range values {
		texts[key] = string(value)
		var packed map[string]string
		if json.Unmarshal(value, &packed) == nil && len(packed) == 1 && packed["wps:json"] != "" {
			texts[key] = packed["wps:json"]
		}
	}
	return texts
}

// Normal makes null of every empty text, list and object in a JSON value: to Go they are one.
func Normal(t testing.TB, raw json.RawMessage) json.RawMessage {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Errorf("%s: %v", raw, err)
		return json.RawMessage("null")
	}
	return encode(normal(v))
}

func normal(v any) any {
	switch v := v.(type) {
	case string:
		if v == "" {
			return nil
		}
	case []any:
		if len(v) == 0 {
			return nil
		}
		for i := range v {
			v[i] = normal(v[i])
		}
	case map[string]any:
		if len(v) == 0 {
			return nil
		}
		for name := range v {
			v[name] = normal(v[name])
		}
	}
	return v
}

// Common is what every front shows of an event: the events' own headers, of all there are, and what Normal
// leaves.
func Common(t testing.TB, seen json.RawMessage) json.RawMessage {
	t.Helper()
	doc := vectors.Decode[map[string]any](t, seen)
	withoutHeaders(doc)
	if request, ok := doc["request"].(map[string]any); ok {
		withoutHeaders(request)
	}
	return Normal(t, encode(doc))
}

// withoutHeaders takes the headers from a connection context that are not the event's own: workers do not
// see those of the body (extension-spec 4.2), and whatever is on the way adds some.
func withoutHeaders(doc map[string]any) {
	c, _ := doc["connectionContext"].(map[string]any)
	headers, _ := c["headers"].(map[string]any)
	for name := range headers {
		if !strings.HasPrefix(name, "Ce-") && !strings.HasPrefix(name, "Webhook-") {
			delete(headers, name)
		}
	}
}

// CheckEvent compares what a function saw with the members that a vector shows of it.
func CheckEvent(t testing.TB, seen, want json.RawMessage) {
	t.Helper()
	if seen == nil {
		t.Errorf("no function saw %s", want)
		return
	}
	if err := vectors.FoldSubset(Normal(t, want), Normal(t, seen)); err != nil {
		t.Errorf("the function saw %s: %v", seen, err)
	}
}
