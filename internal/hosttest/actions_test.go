package hosttest

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

// TestActionVectors makes REST calls of actions.
func TestActionVectors(t *testing.T) {
	for _, v := range vectors.Load[*struct {
		ID, Hub  string
		Action   json.RawMessage
		Expected json.RawMessage
	}](t, "extension/actions.json") {
		t.Run(v.ID, func(t *testing.T) {
			items := []json.RawMessage{orNull(v.Action)}
			if isArray(v.Action) {
				items = vectors.Decode[[]json.RawMessage](t, v.Action)
			}
			calls, err := convertActions(v.Hub, items)
			failed := strings.Contains(string(v.Expected), `"error"`)
			if !failed && err != nil {
				t.Fatal(err)
			}
			vectors.Check(t, v.Expected, checks{
				"error": func(t testing.TB, want json.RawMessage) {
					text := vectors.Text(t, want)
					if err == nil || text != "<any>" && !strings.Contains(err.Error(), text) {
						t.Errorf("error %v, want %q", err, text)
					}
				},
				"request": func(t testing.TB, want json.RawMessage) { vectors.Check(t, want, calls[0].checks()) },
				"requests": func(t testing.TB, want json.RawMessage) {
					for i, want := range vectors.Decode[[]json.RawMessage](t, want) {
						vectors.Check(t, want, calls[i].checks())
					}
				},
			})
		})
	}
}

// checks are the expectations that vectors have of REST calls.
func (r *restRequest) checks() checks {
	text := func(what, got string) func(testing.TB, json.RawMessage) {
		return func(t testing.TB, want json.RawMessage) {
			if wanted := vectors.Decode[*string](t, want); wanted == nil && got != "" || wanted != nil && got != *wanted {
				t.Errorf("%s %q, want %s", what, got, want)
			}
		}
	}
	return checks{
		"method":      text("method", r.method),
		"path":        text("path", r.path),
		"contentType": text("content type", r.contentType),
		"bodyText":    text("body", string(r.body)),
		"query":       func(t testing.TB, want json.RawMessage) { r.checkQuery(t, want) },
		"bodyBase64": func(t testing.TB, want json.RawMessage) {
			if body := fromBase64Text(t, vectors.Text(t, want)); string(body) != string(r.body) {
				t.Errorf("body %q, want %q", r.body, body)
			}
		},
		"successStatuses": func(t testing.TB, want json.RawMessage) {
			if all := vectors.Decode[[]int](t, want); len(all) != 1 || all[0] != r.success {
				t.Errorf("success is %d, want %s", r.success, want)
			}
		},
	}
}

// checkQuery compares the parameters in their order as the URL has them, api-version excepted.
func (r *restRequest) checkQuery(t testing.TB, want json.RawMessage) {
	t.Helper()
	u, err := url.Parse(r.url("https://svc.example", apiVersion))
	if err != nil {
		t.Fatal(err)
	}
	got := [][2]string{}
	for _, q := range parseQuery(u.RawQuery) {
		if q.name != "api-version" {
			got = append(got, [2]string{q.name, q.value})
		}
	}
	if err := vectors.Same(want, marshal(got)); err != nil {
		t.Errorf("query: %v", err)
	}
}

// TestConvertAllFirst shows that one bad item of a list sends nothing.
func TestConvertAllFirst(t *testing.T) {
	items := []json.RawMessage{json.RawMessage(`{"actionName": "sendToAll", "data": "x"}`), json.RawMessage(`{"actionName": "sendToAl"}`)}
	if calls, err := convertActions("chat", items); err == nil || calls != nil {
		t.Errorf("got %v, %v", calls, err)
	}
}
