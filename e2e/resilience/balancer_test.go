package resilience_test

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"
)

// probeEvery is the time between two looks at the replicas' /readyz.
const probeEvery = 20 * time.Millisecond

// balancer gives requests to replicas in turn. One whose /readyz does not answer 200, or that refuses a
// connection, gets none until it is ready again; only what was refused goes to the next.
type balancer struct {
	address   string
	transport *http.Transport

	mu       sync.Mutex
	replicas []string // addresses
	ready    map[string]bool
	next     int
	lost     []error // why requests got no answer
}

// errNoReplica is why a request was given to no replica.
var errNoReplica = errors.New("no replica is ready")

func newBalancer(t *testing.T) *balancer {
	t.Helper()
	b := &balancer{transport: &http.Transport{}, ready: make(map[string]bool)}
	server := httptest.NewServer(b)
	b.address = server.Listener.Addr().String()
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		b.probe(stop)
	}()
	t.Cleanup(func() {
		close(stop)
		<-stopped
		server.CloseClientConnections() // those the emulator keeps
		server.Close()
		b.transport.CloseIdleConnections()
	})
	return b
}

// add takes a replica in and waits until it is ready.
func (b *balancer) add(t *testing.T, address string) {
	t.Helper()
	b.mu.Lock()
	b.replicas = append(b.replicas, address)
	b.mu.Unlock()
	await(t, "readiness", func() bool { return b.isReady(address) })
}

func (b *balancer) remove(address string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.replicas = slices.DeleteFunc(b.replicas, func(a string) bool { return a == address })
	maps.DeleteFunc(b.ready, func(a string, _ bool) bool { return a == address })
}

func (b *balancer) isReady(address string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.ready[address]
}

func (b *balancer) set(address string, ready bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ready[address] = ready
}

// pick returns the next replica that is ready.
func (b *balancer) pick() (string, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for range b.replicas {
		b.next++
		if address := b.replicas[b.next%len(b.replicas)]; b.ready[address] {
			return address, true
		}
	}
	return "", false
}

func (b *balancer) probe(stop <-chan struct{}) {
	ticker := time.NewTicker(probeEvery)
	defer ticker.Stop()
	for {
		select {
		case <-stop:
			return
		case <-ticker.C:
		}
		b.mu.Lock()
		replicas := slices.Clone(b.replicas)
		b.mu.Unlock()
		for _, address := range replicas {
			b.set(address, b.answersReady(address))
		}
	}
}

func (b *balancer) answersReady(address string) bool {
	req, _ := http.NewRequest(http.MethodGet, "http://"+address+"/readyz", nil)
	res, err := b.transport.RoundTrip(req)
	if err != nil {
		return false
	}
	res.Body.Close()
	return res.StatusCode == http.StatusOK
}

func (b *balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the emulator has gone
	}
	for {
		address, ok := b.pick()
		if !ok {
			b.lose(w, errNoReplica)
			return
		}
		res, err := b.send(r, address, body)
		var op *net.OpError
		switch {
		case err == nil:
			defer res.Body.Close()
			maps.Copy(w.Header(), res.Header)
			w.WriteHeader(res.StatusCode)
			io.Copy(w, res.Body)
			return
		case errors.As(err, &op) && op.Op == "dial":
			b.set(address, false)
		default:
			b.lose(w, err)
			return
		}
	}
}

// lose answers a request that no replica has answered.
func (b *balancer) lose(w http.ResponseWriter, err error) {
	b.mu.Lock()
	b.lost = append(b.lost, err)
	b.mu.Unlock()
	http.Error(w, err.Error(), http.StatusBadGateway)
}

func (b *balancer) send(r *http.Request, address string, body []byte) (*http.Response, error) {
	out := r.Clone(r.Context())
	out.URL.Scheme, out.URL.Host = "http", address
	out.Body = io.NopCloser(bytes.NewReader(body))
	return b.transport.RoundTrip(out)
}

// await polls for what nobody tells.
func await(t *testing.T, what string, cond func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !cond(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}
