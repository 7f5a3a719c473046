package hosttest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/route"
	"github.com/wpsgen/wpsgen/internal/schedule"
	"github.com/wpsgen/wpsgen/internal/vectors"
)

// invokeVector is a request to a custom handler.
type invokeVector struct {
	ID, Status, Note string
	Binding          json.RawMessage
	Request          *struct {
		Method, URL string
		Headers     map[string]string
		Body        json.RawMessage
	}
	Host             string
	MetadataIsSubset bool   `json:"metadata_is_subset"`
	Payload          string `json:"payload_base64"`
	ContentType      string

	settings map[string]string // nil: testSettings
}

type envelopeDoc struct{ Data, Metadata map[string]json.RawMessage }

func (v *invokeVector) envelope(t testing.TB) envelopeDoc {
	return vectors.Decode[envelopeDoc](t, v.Request.Body)
}

// function is the name of the vector's function.
func (v *invokeVector) function() string { return path.Base(v.Request.URL) }

func (v *invokeVector) retry(t testing.TB) *retryContext {
	raw, ok := v.envelope(t).Metadata["RetryContext"]
	if !ok {
		return nil
	}
	retry := new(retryContext)
	decodeInto(t, raw, retry)
	return retry
}

// check makes a call of the vector's function in a host whose app has the bindings, and compares what
// the handler gets.
func (v *invokeVector) check(t *testing.T, c *call, bindings ...string) {
	t.Helper()
	var got *http.Request
	var body []byte
	if v.settings == nil {
		v.settings = testSettings()
	}
	h := New(t, Options{
		Dir: writeApp(t, map[string]string{
			// An app with its extensions installed, for a bundle would not load for a context alone.
			"host.json": `{"version": "2.0"}`, "extensions.csproj": "",
			v.function() + "/function.json": functionJSON(bindings...),
		}),
		Settings: v.settings,
		Version:  v.Request.Headers["X-Azure-Functions-HostVersion"],
		HandlerURL: serveHandler(t, func(w http.ResponseWriter, r *http.Request) {
			got = r
			body, _ = io.ReadAll(r.Body)
			answerWith(`{}`)(w, r)
		}),
	})
	f, err := h.function(v.function())
	if err != nil {
		t.Fatal(err)
	}
	c.function, c.retry = f, v.retry(t)
	inv, err := h.wait(t.Context(), c)
	if err != nil || !inv.Success() {
		t.Fatalf("the invocation: %v %+v", err, inv)
	}
	if want := "/" + v.function(); got.Method != v.Request.Method || got.URL.Path != want {
		t.Errorf("%s %s, want %s %s", got.Method, got.URL.Path, v.Request.Method, want)
	}
	for name, want := range v.Request.Headers {
		if have := got.Header.Get(name); have != want && (name != "X-Azure-Functions-InvocationId" || shapeOf(have) != shapeOf(want)) {
			t.Errorf("%s: %q, want %q", name, have, want)
		}
	}
	sameEnvelope(t, v.Request.Body, body, v.MetadataIsSubset)
}

// httpRequestOf is the request that Data.<name> of an HTTP trigger shows.
func httpRequestOf(t testing.TB, raw json.RawMessage) *httpRequest {
	t.Helper()
	var doc struct {
		URL, Method string
		Headers     http.Header
		Params      json.RawMessage
		Identities  []identity
		Body        *string
	}
	decodeInto(t, raw, &doc)
	u, err := url.Parse(doc.URL)
	if err != nil {
		t.Fatal(err)
	}
	r := &httpRequest{url: doc.URL, method: doc.Method, query: parseQuery(u.RawQuery), header: doc.Headers, identities: doc.Identities}
	params, err := parseObject(doc.Params)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range params {
		value, _ := stringIn(m.value)
		r.params = append(r.params, route.Value{Name: m.name, Value: value})
	}
	if doc.Body != nil {
		r.content = []byte(*doc.Body)
		contentType := lower(headerValue(doc.Headers, "Content-Type"))
		if strings.HasPrefix(contentType, "application/octet-stream") || strings.HasPrefix(contentType, "multipart/") {
			r.content = fromBase64Text(t, *doc.Body)
		}
	}
	return r
}

func TestInvokeHTTPVectors(t *testing.T) {
	for _, v := range vectors.Load[*invokeVector](t, "host/invoke-http.json") {
		t.Run(v.ID, func(t *testing.T) {
			trigger, name := json.RawMessage(httpTrigger), "req"
			if v.Binding != nil {
				o, err := parseObject(v.Binding)
				if err != nil {
					t.Fatal(err)
				}
				trigger, name = marshal(o.set("direction", marshal("in"))), newBinding(o).name
			}
			r := httpRequestOf(t, v.envelope(t).Data[name])
			v.check(t, &call{input: r.input(), http: r}, string(trigger), httpOut)
		})
	}
}

func TestInvokeTimerVectors(t *testing.T) {
	for _, v := range vectors.Load[*invokeVector](t, "host/invoke-timer.json") {
		t.Run(v.ID, func(t *testing.T) {
			var want struct {
				Schedule       timerSchedule
				ScheduleStatus *scheduleStatus
				IsPastDue      bool
			}
			name := onlyName(v.envelope(t).Data)
			decodeInto(t, v.envelope(t).Data[name], &want)
			text := "00:05:00"
			if want.Schedule.AdjustForDST {
				text = "0 */5 * * * *"
			}
			s, err := schedule.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			monitor := want.ScheduleStatus != nil
			now, last := time.Date(2026, 8, 22, 9, 59, 0, 0, time.UTC), time.Time{}
			if monitor && want.ScheduleStatus.Last != zeroDate {
				if last, err = time.Parse(time.RFC3339Nano, want.ScheduleStatus.Last); err != nil {
					t.Fatal(err)
				}
			}
			trigger := marshal(object{{"type", marshal(typeTimerTrigger)}, {"name", marshal(name)}, {"direction", marshal("in")}, {"schedule", marshal(text)}})
			v.check(t, &call{input: newTimerInput(newTimerInfo(s, monitor, last.UTC(), now, want.IsPastDue))}, string(trigger))
		})
	}
}

// onlyName is the name of the one value there is.
func onlyName(data map[string]json.RawMessage) (name string) {
	for name = range data {
		break
	}
	return name
}

func TestScheduleVectors(t *testing.T) {
	var file struct {
		Schedules []struct {
			Schedule string
			Accepted bool
		}
	}
	vectors.Read(t, "host/invoke-timer.json", &file)
	for _, s := range file.Schedules {
		a := &app{settings: newSettings(map[string]string{strings.Trim(s.Schedule, "%"): "0 */5 * * * *"})}
		_, err := a.schedule(&binding{properties: object{{"schedule", marshal(s.Schedule)}}})
		if (err == nil) != s.Accepted {
			t.Errorf("%q: %v, accepted %t", s.Schedule, err, s.Accepted)
		}
	}
}

func TestInvokeTriggerVectors(t *testing.T) {
	for _, v := range vectors.Load[*invokeVector](t, "host/invoke-webpubsub-trigger.json") {
		t.Run(v.ID, func(t *testing.T) {
			o, err := parseObject(v.Binding)
			if err != nil {
				t.Fatal(err)
			}
			b := newBinding(o)
			e := v.event(t)
			v.repair(t, e)
			v.check(t, &call{input: e.input(b.name, b.binary())}, string(v.Binding))
		})
	}
}

// event is the event of a trigger's vector.
func (v *invokeVector) event(t testing.TB) *event {
	metadata := v.envelope(t).Metadata
	request, ok := metadata["Request"]
	if !ok || v.replaces("Request") {
		c := connectionContextOf(t, metadata["ConnectionContext"])
		e := &event{kind: c.kind(), context: c, dataType: "Text"}
		if e.kind == kindUser {
			e.data = payload(fromBase64Text(t, v.Payload))
			e.dataType, _, _ = dataTypeOf(v.ContentType)
		}
		return e
	}
	e := eventOf(t, request)
	if e.kind == kindUser {
		e.data = payload(fromBase64Text(t, v.Payload))
	}
	return e
}

// replaces reports whether the payload has a member that the host puts in place of the event's own.
func (v *invokeVector) replaces(name string) bool {
	content, _ := fromBase64(v.Payload)
	o, err := parseObject(content)
	if err != nil {
		return false
	}
	member, ok := o.fold(name)
	return ok && !isNull(member) && !isArray(member) && !strings.EqualFold(newBindingOf(v.Binding).dataType, "binary")
}

// newBindingOf is a vector's binding.
func newBindingOf(raw json.RawMessage) *binding {
	o, _ := parseObject(raw) // one that is none has no property
	return newBinding(o)
}

// repair corrects an inferred vector that contradicts itself: a member of the event stands in Metadata
// twice, within Request and on its own, and the second must be the first's.
func (v *invokeVector) repair(t testing.TB, e *event) {
	if v.Status != "inferred" {
		return
	}
	doc := v.envelope(t)
	for name, value := range map[string]json.RawMessage{"Subprotocols": e.subprotocols, "Claims": e.claims, "Query": e.query} {
		if given, ok := doc.Metadata[name]; ok && !isNull(value) {
			right := envelopeValue(value)
			if vectors.Same(normalJSON(given), normalJSON(right)) != nil {
				t.Logf("the vector's %s are not those of its request: %s", name, given)
			}
			doc.Metadata[name] = right
		}
	}
	v.Request.Body = marshal(doc)
}

func normalJSON(raw json.RawMessage) json.RawMessage {
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return raw
	}
	return marshal(normalValue(value))
}
