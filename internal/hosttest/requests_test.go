package hosttest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

type requestVector struct {
	ID        string
	Settings  map[string]string
	Listeners []json.RawMessage
	Request   struct {
		Method, Path string
		Headers      [][2]string
		BodyBase64   string
	}
	FunctionReturns, Expected json.RawMessage
}

// TestRequestVectors sends the service's requests to a host whose functions return what they say.
func TestRequestVectors(t *testing.T) {
	for _, v := range vectors.Load[*requestVector](t, "extension/requests.json") {
		t.Run(v.ID, v.run)
	}
}

// dispatched are the envelopes that arrived at a custom handler, by their paths.
type dispatched struct {
	mu    sync.Mutex
	paths []string
	body  []byte
}

func (v *requestVector) run(t *testing.T) {
	got := new(dispatched)
	answer := v.answer(t)
	h := New(t, Options{
		Dir:      writeApp(t, v.files(t)),
		Settings: v.settings(),
		HandlerURL: serveHandler(t, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			got.mu.Lock()
			got.paths, got.body = append(got.paths, r.URL.Path), body
			got.mu.Unlock()
			answerWith(answer)(w, r)
		}),
	})
	resp, body := fetch(t, v.request(t, h))
	expectations := replyOf(resp, body).checks()
	expectations["dispatched"] = func(t testing.TB, want json.RawMessage) {
		if n := len(got.paths); (n == 1) != vectors.Decode[bool](t, want) || n > 1 {
			t.Errorf("%d calls of the handler, dispatched %s", n, want)
		}
	}
	expectations["dispatchedListenerIndex"] = func(t testing.TB, want json.RawMessage) {
		if path := "/f" + string(want); len(got.paths) != 1 || got.paths[0] != path {
			t.Errorf("called %v, want %s", got.paths, path)
		}
	}
	expectations["decoded"] = func(t testing.TB, want json.RawMessage) { checkDecoded(t, got.body, want) }
	expectations["headers"] = func(t testing.TB, want json.RawMessage) { checkHeaders(t, resp.Header, want) }
	got.mu.Lock()
	defer got.mu.Unlock()
	vectors.Check(t, v.Expected, expectations)
}

func (v *requestVector) answer(t *testing.T) string {
	if text, ok := stringIn(v.FunctionReturns); ok && strings.HasPrefix(text, "<") {
		if text != "<none>" {
			t.Fatalf("functionReturns %q is not understood", text)
		}
		return "{}"
	}
	return string(marshal(object{{"ReturnValue", orNull(v.FunctionReturns)}}))
}

// files are an app with a function per listener, named f0, f1 and so on.
func (v *requestVector) files(t *testing.T) map[string]string {
	files := make(map[string]string)
	for i, raw := range v.Listeners {
		o, err := parseObject(raw)
		if err != nil {
			t.Fatal(err)
		}
		name := "request"
		if b := newBinding(o); strings.EqualFold(b.text("eventType"), "user") {
			name = "data"
		}
		o = o.set("type", marshal(typeTrigger)).set("direction", marshal("in")).set("name", marshal(name)).set("dataType", marshal("binary"))
		files["f"+strconv.Itoa(i)+"/function.json"] = functionJSON(string(marshal(o)))
	}
	return files
}

func (v *requestVector) settings() map[string]string {
	s := map[string]string{settingStorage: "UseDevelopmentStorage=true"}
	for name, value := range v.Settings {
		s[name] = value
	}
	return s
}

func (v *requestVector) request(t *testing.T, h *Host) *http.Request {
	body := fromBase64Text(t, v.Request.BodyBase64)
	r, err := http.NewRequestWithContext(t.Context(), v.Request.Method, h.URL()+v.Request.Path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = headerOf(v.Request.Headers)
	return r
}

// replyOf is an answer over HTTP as a reply.
func replyOf(resp *http.Response, body string) reply {
	return reply{
		status: resp.StatusCode, contentType: resp.Header.Get("Content-Type"), body: []byte(body),
		states: decodeStates(resp.Header.Get("ce-connectionState")),
	}
}

// checkDecoded looks what the function was to see up in the event that it was sent.
func checkDecoded(t testing.TB, envelope []byte, want json.RawMessage) {
	t.Helper()
	var e envelopeDoc
	decodeInto(t, envelope, &e)
	request, ok := e.Metadata["Request"]
	for name, member := range vectors.Decode[map[string]json.RawMessage](t, want) {
		var err error
		switch {
		case name == "request" && isNull(member):
			if ok {
				err = fmt.Errorf("there is one: %s", request)
			}
		case name == "request":
			err = vectors.FoldSubset(member, orNull(request))
		default:
			err = vectors.FoldSubset(marshal(object{{name, member}}), orNull(request))
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func checkHeaders(t testing.TB, got http.Header, want json.RawMessage) {
	t.Helper()
	for name, value := range vectors.Decode[map[string]*string](t, want) {
		lines := headerLines(got, name)
		if value == nil && len(lines) > 0 || value != nil && strings.Join(lines, ",") != *value {
			t.Errorf("header %s: %q, want %s", name, lines, marshal(value))
		}
	}
}
