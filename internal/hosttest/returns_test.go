package hosttest

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

type checks = map[string]func(testing.TB, json.RawMessage)

// TestReturnVectors answers the service with what functions returned.
func TestReturnVectors(t *testing.T) {
	for _, v := range vectors.Load[struct {
		ID, Event, ClientProtocol string
		ExistingStates, Returned  json.RawMessage
		Expected                  json.RawMessage
	}](t, "extension/returns.json") {
		t.Run(v.ID, func(t *testing.T) {
			c := &connectionContext{mqtt: strings.EqualFold(v.ClientProtocol, "mqtt"), states: statesOf(t, v.ExistingStates)}
			got := newReply(&event{kind: eventKind(v.Event), context: c}, returnedValue(v.Returned))
			vectors.Check(t, v.Expected, got.checks())
		})
	}
}

// returnedValue reads what a function returned: JSON, or a string with JSON text, which is then a token,
// too. Any other string is one of .NET.
func returnedValue(raw json.RawMessage) returned {
	text, ok := stringIn(raw)
	switch {
	case !ok:
		return returned{raw, true}
	case strings.HasPrefix(text, "{") || strings.HasPrefix(text, `"`):
		return returned{json.RawMessage(text), true}
	}
	return returned{raw, false}
}

func statesOf(t testing.TB, raw json.RawMessage) states {
	t.Helper()
	if isNull(raw) {
		return nil
	}
	o, err := parseObject(raw)
	if err != nil {
		t.Fatal(err)
	}
	var s states
	for _, m := range o {
		text, ok := stringIn(m.value)
		if !ok {
			t.Fatalf("state %s is no text", m.name)
		}
		s = append(s, state{m.name, []byte(text)})
	}
	return s
}

// checks are the expectations that vectors have of replies.
func (r reply) checks() checks {
	return checks{
		"status": func(t testing.TB, want json.RawMessage) {
			if n := vectors.Decode[int](t, want); r.status != n {
				t.Errorf("status %d, want %d; body %s", r.status, n, r.body)
			}
		},
		"bodyText": func(t testing.TB, want json.RawMessage) {
			if text := vectors.Text(t, want); string(r.body) != text {
				t.Errorf("body %q, want %q", r.body, text)
			}
		},
		"bodyBase64": func(t testing.TB, want json.RawMessage) {
			if text := vectors.Text(t, want); base64.StdEncoding.EncodeToString(r.body) != text {
				t.Errorf("body %q, want %s as base64", r.body, text)
			}
		},
		"bodyJSON": func(t testing.TB, want json.RawMessage) {
			if err := vectors.Same(want, r.body); err != nil {
				t.Errorf("body: %v", err)
			}
		},
		"contentType": func(t testing.TB, want json.RawMessage) {
			if text := vectors.Decode[*string](t, want); text == nil && r.contentType != "" || text != nil && r.contentType != *text {
				t.Errorf("content type %q, want %s", r.contentType, want)
			}
		},
		"statesHeader": func(t testing.TB, want json.RawMessage) {
			header := vectors.Decode[*string](t, want)
			if header == nil && len(r.states) > 0 || header != nil && r.states.encode() != *header {
				t.Errorf("states %s, want %s", r.states.encode(), want)
			}
		},
		"mergedStates": func(t testing.TB, want json.RawMessage) { sameStates(t, r.states, want) },
	}
}

// sameStates compares states with texts by key.
func sameStates(t testing.TB, got states, want json.RawMessage) {
	t.Helper()
	texts := make(map[string]string)
	for _, s := range got {
		texts[s.key] = string(s.value)
	}
	if isNull(want) {
		want = json.RawMessage("{}")
	}
	if err := vectors.Same(want, marshal(texts)); err != nil {
		t.Errorf("states: %v", err)
	}
}

// TestReplyOfValue shows that what is no JSON object from a custom handler accepts a client.
func TestReplyOfValue(t *testing.T) {
	connect := &event{kind: kindConnect, context: new(connectionContext)}
	for _, c := range []struct {
		raw    string
		status int
	}{
		{`"ok!"`, http.StatusOK},
		{`5`, http.StatusOK},
		{`true`, http.StatusOK},
		{`null`, http.StatusOK},
		{``, http.StatusOK},
		{`[1]`, http.StatusInternalServerError},
		{`{"code": "userError", "errorMessage": "no"}`, http.StatusBadRequest},
	} {
		if got := newReply(connect, fromHandler(json.RawMessage(c.raw))); got.status != c.status {
			t.Errorf("%s: status %d, want %d", c.raw, got.status, c.status)
		}
	}
}
