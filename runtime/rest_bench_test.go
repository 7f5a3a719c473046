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
