package otel

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/wpsgen/wpsgen/internal/wire"
	"github.com/wpsgen/wpsgen/runtime"
)

const (
	testKey      = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGH"
	testTrace    = "4bf92f3577b34da6a3ce929d0e0e4736"
	testParent   = "00-" + testTrace + "-00f067aa0ba902b7-01"
	connectionOf = "Endpoint=https://svc.example;AccessKey=" + testKey
)

// backend keeps what an app tells.
type backend struct {
	spans  *tracetest.InMemoryExporter
	reader *metric.ManualReader
}

// newBackend returns a backend and the options that make telemetry go there.
func newBackend() (*backend, []Option) {
	b := &backend{spans: tracetest.NewInMemoryExporter(), reader: metric.NewManualReader()}
	return b, []Option{
		WithTracerProvider(trace.NewTracerProvider(trace.WithSyncer(b.spans))),
		WithMeterProvider(metric.NewMeterProvider(metric.WithReader(b.reader))),
		WithPropagators(propagation.TraceContext{}),
	}
}

// span returns the only span.
func (b *backend) span(t *testing.T) tracetest.SpanStub {
	t.Helper()
	spans := b.spans.GetSpans()
	if len(spans) != 1 {
		t.Fatalf("there are %d spans, want 1", len(spans))
	}
	return spans[0]
}

// metrics returns the data of all instruments by name.
func (b *backend) metrics(t *testing.T) map[string]metricdata.Metrics {
	t.Helper()
	var data metricdata.ResourceMetrics
	if err := b.reader.Collect(t.Context(), &data); err != nil {
		t.Fatal(err)
	}
	all := make(map[string]metricdata.Metrics)
	for _, s := range data.ScopeMetrics {
		for _, m := range s.Metrics {
			all[m.Name] = m
		}
	}
	return all
}

// text is a list of attributes as one line, in order of their keys.
func text(list ...attribute.KeyValue) string {
	set := attribute.NewSet(list...)
	return set.Encoded(attribute.DefaultEncoder())
}

func newApp(t testing.TB, functions []wps.Function, options ...wps.Option) *wps.App {
	t.Helper()
	settings := wps.WithSettings(map[string]string{"WebPubSubConnectionString": connectionOf})
	app, err := wps.New(functions, append(options, settings, wps.WithLogger(slog.New(slog.DiscardHandler)))...)
	if err != nil {
		t.Fatal(err)
	}
	return app
}

func eventFunction(call func(*wps.Invocation) error) []wps.Function {
	trigger := wps.WebPubSubTrigger{Name: "data", Hub: "chat", EventType: wps.EventTypeUser, EventName: "message"}
	return []wps.Function{{Name: "say", Bindings: []wps.Binding{trigger}, Handler: wps.Handler{Call: call}}}
}

func httpFunction(call func(*wps.Invocation) error, more ...wps.Binding) []wps.Function {
	bindings := append(more, wps.HTTPTrigger{Name: "req", AuthLevel: "anonymous"}, wps.HTTPOutput{Name: "res"})
	return []wps.Function{{Name: "negotiate", Bindings: bindings, Handler: wps.Handler{Call: call}}}
}

func ack(inv *wps.Invocation) error {
	inv.Respond(&wps.UserEventResponse{Data: wps.Text("ack")})
	return nil
}

// newEvent is a signed user event.
func newEvent(path string, more ...string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader("hello"))
	set(r, "ce-specversion", "1.0", "ce-id", "7", "ce-source", "/hubs/chat/client/conn-1", "ce-type", "azure.webpubsub.user.message",
		"ce-hub", "chat", "ce-eventName", "message", "ce-connectionId", "conn-1", "ce-userId", "ann",
		"ce-signature", wire.NewSigner(testKey).Sign("conn-1"), "WebHook-Request-Origin", "svc.example", "Content-Type", "text/plain")
	set(r, more...)
	return r
}

func set(r *http.Request, pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		r.Header.Set(pairs[i], pairs[i+1])
	}
}

// serve returns the status of the answer.
func serve(h http.Handler, r *http.Request) int {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	io.Copy(io.Discard, w.Result().Body)
	return w.Code
}
