package wps

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// sendBench is a service that takes everything, and the 100 bytes it is sent.
func sendBench(b *testing.B) (stub *httptest.Server, body []byte) {
	b.Helper()
	stub = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusAccepted)
	}))
	b.Cleanup(stub.Close)
	b.ReportAllocs()
	return stub, bytes.Repeat([]byte("x"), 100)
}

func BenchmarkSend(b *testing.B) {
	stub, body := sendBench(b)
	client, err := NewServiceClient("Endpoint="+stub.URL+";AccessKey="+testKey, "chat", WithHTTPClient(stub.Client()))
	if err != nil {
		b.Fatal(err)
	}
	send := SendToAll{Data: Text(string(body))}
	for b.Loop() {
		if err := client.Do(b.Context(), send); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSendBare is what net/http takes for the same: one URL, one token.
func BenchmarkSendBare(b *testing.B) {
	stub, body := sendBench(b)
	client := stub.Client()
	for b.Loop() {
		r, err := http.NewRequest(http.MethodPost, stub.URL+"/api/hubs/chat/:send?api-version="+apiVersion, bytes.NewReader(body))
		if err != nil {
			b.Fatal(err)
		}
		r.Header["Authorization"] = []string{"Bearer token"}
		r.Header["Content-Type"] = []string{"text/plain"}
		res, err := client.Do(r)
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		res.Body.Close()
		if res.StatusCode != http.StatusAccepted {
			b.Fatal(res.Status)
		}
	}
}

// taker takes everything without a network.
type taker struct{}

func (taker) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusAccepted, Header: make(http.Header), Body: http.NoBody, Request: r}, nil
}

// TestClientAllocations keeps the cost of a send and a token from growing unseen.
func TestClientAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	client, err := NewServiceClient(testConnection, "chat", WithHTTPClient(&http.Client{Transport: taker{}, Timeout: restTimeout}))
	if err != nil {
		t.Fatal(err)
	}
	send := func() { err = client.Do(t.Context(), sendX) }
	if n := testing.AllocsPerRun(100, send); n > 36 || err != nil {
		t.Errorf("a send costs %v allocations: %v", n, err)
	}
	access := func() { _, err = client.ClientAccess(t.Context(), ClientAccessOptions{UserID: "ann"}) }
	if n := testing.AllocsPerRun(100, access); n > 16 || err != nil {
		t.Errorf("a token costs %v allocations: %v", n, err)
	}
}
