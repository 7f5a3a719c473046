package otel

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/wpsgen/wpsgen/internal/wire"
	"github.com/wpsgen/wpsgen/runtime"
)

// duration returns how many calls a histogram has with those attributes.
func duration(t *testing.T, b *backend, name, attributes string) uint64 {
	t.Helper()
	m := b.metrics(t)[name]
	data, ok := m.Data.(metricdata.Histogram[float64])
	if !ok || m.Unit != "s" {
		t.Fatalf("%s is %T in %q", name, m.Data, m.Unit)
	}
	for _, p := range data.DataPoints {
		if p.Attributes.Encoded(attribute.DefaultEncoder()) == attributes {
			if p.Sum < 0 || p.Sum > 60 || len(p.Bounds) != 14 {
				t.Errorf("%s: sum %v, bounds %v", name, p.Sum, p.Bounds)
			}
			return p.Count
		}
	}
	return 0
}

// sums returns the values of a counter by attributes.
func sums(t *testing.T, b *backend, name string) map[string]int64 {
	t.Helper()
	m := b.metrics(t)[name]
	data, ok := m.Data.(metricdata.Sum[int64])
	if !ok {
		t.Fatalf("%s is %T", name, m.Data)
	}
	all := make(map[string]int64)
	for _, p := range data.DataPoints {
		all[p.Attributes.Encoded(attribute.DefaultEncoder())] = p.Value
	}
	return all
}

func active(t *testing.T, b *backend, attributes string) int64 {
	t.Helper()
	value, ok := sums(t, b, "wps.active_calls")[attributes]
	if !ok {
		t.Fatalf("no calls of %s were under way", attributes)
	}
	return value
}

func TestDurations(t *testing.T) {
	b, options := newBackend()
	functions := slices.Concat(eventFunction(ack), httpFunction(func(*wps.Invocation) error { return nil }))
	app := newApp(t, functions, With(options...))
	for range 3 {
		serve(app, newEvent(wire.WebhookPath))
	}
	for _, method := range []string{http.MethodGet, http.MethodGet, http.MethodPost} {
		serve(app, httptest.NewRequest(method, "/api/negotiate", nil))
	}
	for _, tt := range []struct {
		name, attributes string
		want             uint64
	}{
		{"messaging.process.duration", "faas.name=say,messaging.destination.name=chat,messaging.operation.name=process,messaging.system=webpubsub", 3},
		{"http.server.request.duration", "faas.name=negotiate,http.request.method=GET,url.scheme=http", 2},
		{"http.server.request.duration", "faas.name=negotiate,http.request.method=POST,url.scheme=http", 1},
	} {
		if got := duration(t, b, tt.name, tt.attributes); got != tt.want {
			t.Errorf("%s of %s: %d calls, want %d", tt.name, tt.attributes, got, tt.want)
		}
	}
}

func TestActive(t *testing.T) {
	b, options := newBackend()
	const calls = 8
	var begun, done sync.WaitGroup
	begun.Add(calls)
	end := make(chan struct{})
	app := newApp(t, eventFunction(func(inv *wps.Invocation) error {
		begun.Done()
		<-end
		return ack(inv)
	}), With(options...))
	for range calls {
		done.Go(func() { serve(app, newEvent(wire.WebhookPath)) })
	}
	begun.Wait()
	if got := active(t, b, "faas.name=say,faas.trigger=pubsub"); got != calls {
		t.Errorf("%d calls are under way, want %d", got, calls)
	}
	close(end)
	done.Wait()
	if got := active(t, b, "faas.name=say,faas.trigger=pubsub"); got != 0 {
		t.Errorf("%d calls are under way after all have ended", got)
	}
}

func TestRefusals(t *testing.T) {
	b, options := newBackend()
	app := newApp(t, eventFunction(ack), Refusals(options...))
	for range 2 {
		serve(app, newEvent(wire.WebhookPath, "ce-signature", "sha256=00"))
	}
	serve(app, newEvent(wire.WebhookPath, "ce-hub", "other"))
	serve(app, newEvent(wire.WebhookPath))
	got := sums(t, b, "wps.refusals")
	if len(got) != 2 || got["http.response.status_code=401"] != 2 || got["http.response.status_code=404"] != 1 {
		t.Errorf("refusals %v", got)
	}
	if spans := b.spans.GetSpans(); len(spans) != 0 {
		t.Errorf("Refusals makes %d spans", len(spans))
	}
}

// TestWith joins calls and refusals, beside other middleware.
func TestWith(t *testing.T) {
	b, options := newBackend()
	var order []string
	own := func(name string) wps.Option {
		return wps.WithMiddleware(func(next func(*wps.Invocation) error) func(*wps.Invocation) error {
			return func(inv *wps.Invocation) error {
				order = append(order, name)
				return next(inv)
			}
		})
	}
	app := newApp(t, eventFunction(ack), own("outer"), With(options...), own("inner"))
	serve(app, newEvent(wire.WebhookPath))
	serve(app, newEvent(wire.WebhookPath, "ce-signature", ""))
	b.span(t)
	if got := sums(t, b, "wps.refusals")["http.response.status_code=401"]; got != 1 || !slices.Equal(order, []string{"outer", "inner"}) {
		t.Errorf("%d refusals, calls of %v", got, order)
	}
}

// TestGlobals: without options and without an SDK everything works and nothing is recorded.
func TestGlobals(t *testing.T) {
	if status := serve(newApp(t, eventFunction(ack), With()), newEvent(wire.WebhookPath, "traceparent", testParent)); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
}
