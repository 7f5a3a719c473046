package wps

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// discard is a response writer that costs nothing.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) WriteHeader(status int)      { d.status = status }
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }

type rereader struct {
	*bytes.Reader
}

func (rereader) Close() error { return nil }

// webhookBench serves one event again and again.
func webhookBench(b *testing.B, f Function, r *http.Request, body string, want int) {
	b.Helper()
	app := mustNew(b, []Function{f})
	w := &discard{header: make(http.Header)}
	reader := rereader{bytes.NewReader([]byte(body))}
	r.Body, r.ContentLength = reader, int64(len(body))
	b.ReportAllocs()
	for b.Loop() {
		reader.Seek(0, io.SeekStart)
		clear(w.header)
		app.ServeHTTP(w, r)
		if w.status != want {
			b.Fatalf("status %d", w.status)
		}
	}
}

func BenchmarkUserEvent(b *testing.B) {
	f := userFunction("message", func(inv *Invocation) error {
		inv.Respond(&UserEventResponse{Data: Text("ack")})
		return nil
	})
	webhookBench(b, f, userEvent("message", "hello"), "hello", http.StatusOK)
}

func BenchmarkConnectEvent(b *testing.B) {
	f := systemFunction("connect", func(inv *Invocation) error {
		inv.Respond(&ConnectEventResponse{UserID: inv.ConnectEventRequest().Claims.Get("sub")})
		return nil
	})
	webhookBench(b, f, systemEvent("connect", connectBodyText), connectBodyText, http.StatusOK)
}

func BenchmarkForgedEvent(b *testing.B) {
	r := userEvent("message", "hello")
	r.Header.Set("ce-signature", wire.NewSigner("other").Sign("conn-1"))
	webhookBench(b, userFunction("message", nothing), r, "hello", http.StatusUnauthorized)
}

func BenchmarkSignature(b *testing.B) {
	v := newVerifier(false, []connection{{ConnectionString: wire.ConnectionString{Host: "svc.example", AccessKey: testKey}}}, wire.NewSigner)
	sign := wire.NewSigner(testKey).Sign("conn-1")
	c := &ConnectionContext{ConnectionID: "conn-1", Origin: "svc.example", Signature: sign + "," + sign}
	b.ReportAllocs()
	for b.Loop() {
		if !v.accepts(c) {
			b.Fatal("refused")
		}
	}
}

func BenchmarkClientAccess(b *testing.B) {
	client, err := NewServiceClient(testConnection, "chat")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := client.ClientAccess(b.Context(), ClientAccessOptions{UserID: "ann"}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestEventAllocations keeps the cost of an event from growing unseen.
func TestEventAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	app := mustNew(t, []Function{userFunction("message", func(inv *Invocation) error {
		inv.Respond(&UserEventResponse{Data: Text("ack")})
		return nil
	})})
	good, forged := userEvent("message", "hello"), userEvent("message", "hello")
	forged.Header.Set("ce-signature", wire.NewSigner("other").Sign("conn-1"))
	for _, c := range []struct {
		r    *http.Request
		most float64
	}{{good, 5}, {forged, 0}} {
		reader := rereader{bytes.NewReader([]byte("hello"))}
		c.r.Body, c.r.ContentLength = reader, 5
		w := &discard{header: make(http.Header)}
		allocs := testing.AllocsPerRun(200, func() {
			reader.Seek(0, io.SeekStart)
			clear(w.header)
			app.ServeHTTP(w, c.r)
		})
		if allocs > c.most {
			t.Errorf("an event answered with %d costs %v allocations, want at most %v", w.status, allocs, c.most)
		}
	}
}
