package hosttest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

// TestHostTests runs the data of the host's own tests.
func TestHostTests(t *testing.T) {
	var file json.RawMessage
	vectors.Read(t, "host/host-tests.json", &file)
	nothing := func(testing.TB, json.RawMessage) {}
	vectors.Check(t, file, checks{
		"_about": nothing, "source": nothing,
		"default_invocation":    checkDefaultInvocation,
		"http_request":          checkHTTPRequest,
		"uri_building":          checkURIs,
		"result_object":         checkResult,
		"base64_object":         checkBase64Result,
		"http_output_table":     checkOutputTable,
		"invalid_200":           checkInvalid,
		"bad_request":           checkBadRequest,
		"forwarded_500":         checkForwarded500,
		"retry_sample":          checkRetrySample,
		"custom_handler_sample": checkHandlerSample,
	})
}

// checkDefaultInvocation compares each value as the envelope has it; "date" stands for any date.
func checkDefaultInvocation(t testing.TB, raw json.RawMessage) {
	doc := vectors.Decode[struct {
		Function    string
		Inputs      map[string]string
		BindingData map[string]any `json:"binding_data"`
		Expect      envelopeDoc
	}](t, raw)
	in := &triggerInput{data: newBindingData()}
	for name, value := range doc.BindingData {
		if text, ok := value.(string); ok && strings.HasPrefix(text, "2019-") {
			at, err := time.Parse("2006-01-02T15:04:05", strings.Fields(text)[0])
			if err != nil {
				t.Fatal(err)
			}
			value = at
		}
		in.data.set(name, value)
	}
	for name, value := range doc.Inputs {
		in.text(value, false)
		if got := envelopeValue(in.value); string(got) != string(doc.Expect.Data[name]) {
			t.Errorf("Data.%s: %s, want %s", name, got, doc.Expect.Data[name])
		}
	}
	got := in.data.metadata()
	for name, want := range doc.Expect.Metadata {
		value, _ := got.exact(name)
		if _, date := isDate(value); string(value) != string(want) && !(date && string(want) == `"date"`) {
			t.Errorf("Metadata.%s: %s, want %s", name, value, want)
		}
	}
}

// forwardingHost runs an HTTP function that is forwarded to a handler with this answer.
func forwardingHost(t testing.TB, handle http.HandlerFunc) *Host {
	doc := `{"version": "2.0", "customHandler": {"enableForwardingHttpRequest": true}}`
	return New(t, Options{
		Dir:        writeApp(t, map[string]string{"host.json": doc, "HttpTrigger/function.json": functionJSON(httpTrigger, httpOut)}),
		HandlerURL: serveHandler(t, handle),
	})
}

func checkHTTPRequest(t testing.TB, raw json.RawMessage) {
	doc := vectors.Decode[struct {
		Method, URI, Body string
		Headers           map[string]string
	}](t, raw)
	u, err := url.Parse(doc.URI)
	if err != nil {
		t.Fatal(err)
	}
	h := forwardingHost(t, func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method != doc.Method || r.URL.RawQuery != u.RawQuery || string(body) != doc.Body {
			t.Errorf("got %s %s %q", r.Method, r.URL, body)
		}
		for name, value := range doc.Headers {
			if r.Header.Get(name) != value {
				t.Errorf("%s: %q, want %q", name, r.Header.Get(name), value)
			}
		}
	})
	r, err := http.NewRequestWithContext(t.Context(), doc.Method, h.URL()+"/api/HttpTrigger?"+u.RawQuery, strings.NewReader(doc.Body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range doc.Headers {
		r.Header.Set(name, value)
	}
	fetch(t, r)
}

func checkURIs(t testing.TB, raw json.RawMessage) {
	for _, row := range vectors.Decode[[][3]any](t, raw) {
		path, want := row[0].(string), row[2].(string)
		if got := "http://127.0.0.1:" + string(marshal(row[1])) + forwardedPath("", path, true); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// queueOutputs are queue outputs of these names.
func queueOutputs(names ...string) []json.RawMessage {
	var bindings []json.RawMessage
	for _, name := range names {
		bindings = append(bindings, marshal(object{{"type", marshal("queue")}, {"direction", marshal("out")}, {"name", marshal(name)}}))
	}
	return bindings
}

type resultDoc struct {
	Logs        []string
	Outputs     map[string]string
	ReturnValue string
}

func resultEffect(t testing.TB, raw json.RawMessage) (*effect, resultDoc) {
	x := effectOf(t, answer{http.StatusOK, "application/json", raw}, queueOutputs("output1", "output2", returnName))
	if x.err != nil {
		t.Fatal(x.err)
	}
	return x, vectors.Decode[resultDoc](t, raw)
}

func checkResult(t testing.TB, raw json.RawMessage) {
	x, doc := resultEffect(t, raw)
	if err := vectors.Same(marshal(doc.Logs), marshal(x.result.logs)); err != nil {
		t.Error(err)
	}
	if len(x.bound.outputs) != len(doc.Outputs)+1 {
		t.Errorf("outputs %v", x.bound.outputs)
	}
	if text, ok := x.bound.outputs[returnName].Text(); !ok || text != doc.ReturnValue {
		t.Errorf("returned %q, %t", text, ok)
	}
}

func checkBase64Result(t testing.TB, raw json.RawMessage) {
	x, doc := resultEffect(t, raw)
	doc.Outputs[returnName] = doc.ReturnValue
	for name, text := range doc.Outputs {
		if b, ok := x.bound.outputs[name].Bytes(); !ok || string(b) != string(fromBase64Text(t, text)) {
			t.Errorf("%s: %q, %t", name, b, ok)
		}
	}
}

func checkOutputTable(t testing.TB, raw json.RawMessage) {
	for _, row := range vectors.Decode[[][2]json.RawMessage](t, raw) {
		text := vectors.Text(t, row[0])
		got, err := namedAnswer(marshal(text), true, true)
		if words, ok := stringIn(row[1]); ok {
			if err == nil || !strings.Contains(words, err.(*HostError).Exception) {
				t.Errorf("%s: %v, want %s", text, err, words)
			}
			continue
		}
		want := vectors.Decode[struct {
			StatusCode, Body *string
			Headers          map[string]string
		}](t, row[1])
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if want.StatusCode != nil && string(marshal(got.Status)) != *want.StatusCode || want.StatusCode == nil && got.Status != http.StatusOK {
			t.Errorf("%s: status %d", text, got.Status)
		}
		if want.Body != nil && string(got.Body) != *want.Body || want.Body == nil && len(got.Body) > 0 {
			t.Errorf("%s: body %q", text, got.Body)
		}
		checkHeaders(t, got.Header, marshal(emptyStrings(want.Headers)))
	}
}

func emptyStrings(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}

// checkInvalid reads "BODY (TYPE) -> WORDS".
func checkInvalid(t testing.TB, raw json.RawMessage) {
	for _, line := range vectors.Decode[[]string](t, raw) {
		given, words, _ := strings.Cut(line, " -> ")
		body, rest, _ := strings.Cut(given, " (")
		_, err := readAnswer(answer{http.StatusOK, strings.TrimSuffix(rest, ")"), []byte(body)})
		failure, ok := err.(*HostError)
		if !ok {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if !strings.Contains(failure.Message, body) || !strings.Contains(failure.Message, "StatusCode: 200") {
			t.Errorf("%s: message %q", line, failure.Message)
		}
		if !strings.Contains(words, failure.Exception) && !strings.Contains(words, failure.Inner) {
			t.Errorf("%s: %s, %s", line, failure.Exception, failure.Inner)
		}
	}
}

func checkBadRequest(t testing.TB, raw json.RawMessage) {
	_, err := readAnswer(answer{http.StatusBadRequest, "application/json", []byte("{}")})
	if failure, ok := err.(*HostError); !ok || !strings.Contains(vectors.Text(t, raw), failure.Exception) {
		t.Errorf("%v, want %s", err, raw)
	}
}

func checkForwarded500(t testing.TB, _ json.RawMessage) {
	h := forwardingHost(t, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "mine", http.StatusInternalServerError) })
	if resp, body := get(t, h.URL()+"/api/HttpTrigger"); resp.StatusCode != http.StatusInternalServerError || body != "mine\n" {
		t.Errorf("%s %q", resp.Status, body)
	}
}

// checkRetrySample fails until the last retry.
func checkRetrySample(t testing.TB, raw json.RawMessage) {
	doc := vectors.Decode[map[string]json.RawMessage](t, raw)
	host := object{{"version", marshal("2.0")}, {"retry", doc["host.json retry"]}}
	h := New(t, Options{
		Dir: writeApp(t, map[string]string{"host.json": string(marshal(host)), "f/function.json": functionJSON(httpTrigger, httpOut)}),
		HandlerURL: serveHandler(t, func(w http.ResponseWriter, r *http.Request) {
			var e struct {
				Metadata struct{ RetryContext retryContext }
			}
			if err := json.NewDecoder(r.Body).Decode(&e); err != nil {
				t.Error(err)
			}
			if c := e.Metadata.RetryContext; c.RetryCount < c.MaxRetryCount {
				w.WriteHeader(http.StatusInternalServerError)
				return
			}
			answerWith(`{"Outputs": {"res": {"body": "the last"}}}`)(w, r)
		}),
	})
	resp, body := get(t, h.URL()+"/api/f")
	policy := vectors.Decode[struct{ MaxRetryCount int }](t, doc["host.json retry"])
	if resp.StatusCode != http.StatusOK || body != "the last" || len(h.Invocations()) != policy.MaxRetryCount+1 {
		t.Errorf("%s %q after %d", resp.Status, body, len(h.Invocations()))
	}
}

func checkHandlerSample(t testing.TB, raw json.RawMessage) {
	h := forwardingHost(t, func(http.ResponseWriter, *http.Request) {})
	resp, _ := get(t, h.URL()+"/api/HttpTrigger?code=..&name=Atlas")
	doc := vectors.Decode[struct{ Expect string }](t, raw)
	if string(marshal(resp.StatusCode)) != doc.Expect {
		t.Errorf("%s, want %s", resp.Status, doc.Expect)
	}
}
