package otel

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/trace"

	"github.com/wpsgen/wpsgen/internal/wire"
	"github.com/wpsgen/wpsgen/runtime"
)

// discard is a response writer that costs nothing.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) WriteHeader(status int)      { d.status = status }
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }

type rereader struct{ *bytes.Reader }

func (rereader) Close() error { return nil }

// BenchmarkUserEvent is the benchmark of that name of package wps, without this package and with it: with the
// global providers, which do nothing as long as none are set, and with those of the SDK.
func BenchmarkUserEvent(b *testing.B) {
	provided := func(sampler trace.Sampler) wps.Option {
		return With(WithTracerProvider(trace.NewTracerProvider(trace.WithSampler(sampler))),
			WithMeterProvider(metric.NewMeterProvider(metric.WithReader(metric.NewManualReader()))), WithPropagators(propagation.TraceContext{}))
	}
	for _, bb := range []struct {
		name    string
		options []wps.Option
	}{
		{"off", nil},
		{"globals", []wps.Option{With()}},
		{"never sampled", []wps.Option{provided(trace.NeverSample())}},
		{"always sampled", []wps.Option{provided(trace.AlwaysSample())}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			app := newApp(b, eventFunction(ack), bb.options...)
			r, w, reader := newEvent(wire.WebhookPath), &discard{header: make(http.Header)}, rereader{bytes.NewReader([]byte("hello"))}
			r.Body, r.ContentLength = reader, 5
			b.ReportAllocs()
			for b.Loop() {
				reader.Seek(0, io.SeekStart)
				clear(w.header)
				if app.ServeHTTP(w, r); w.status != http.StatusOK {
					b.Fatalf("status %d", w.status)
				}
			}
		})
	}
}
