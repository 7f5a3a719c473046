package resilience_test

import (
	"sync"
	"testing"

	"github.com/wpsgen/wpsgen/emulator"
)

const hub = "resilience"

// service is an emulator that remembers how each event went.
type service struct {
	*emulator.Emulator

	mu       sync.Mutex
	last     map[string]emulator.EventRecord // by connection
	outcomes map[string]outcome              // by event
}

// outcome is how one event went.
type outcome struct {
	acked bool
	// attempts is how often the service sent it.
	attempts int
	err      error
	status   int
}

func newService(t *testing.T, retry bool) *service {
	t.Helper()
	s := &service{last: make(map[string]emulator.EventRecord), outcomes: make(map[string]outcome)}
	var err error
	s.Emulator, err = emulator.New(emulator.Options{RetryEvents: retry, OnEvent: func(r emulator.EventRecord) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.last[r.ConnectionID] = r
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// sendTo makes the app at an address the hub's event handler.
func (s *service) sendTo(t *testing.T, address string) {
	t.Helper()
	err := s.SetHub(hub, emulator.Hub{EventHandlers: []emulator.EventHandler{{
		URLTemplate: "http://" + address + "/runtime/webhooks/webpubsub", UserEventPattern: "message",
	}}})
	if err != nil {
		t.Fatal(err)
	}
}

// record keeps how an event of a connection went that has just been answered.
func (s *service) record(connection, event string, acked bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	last := s.last[connection]
	s.outcomes[event] = outcome{acked: acked, attempts: last.Attempts, err: last.Err, status: last.Status}
}

// acked is how many events have been acknowledged so far.
func (s *service) acked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, o := range s.outcomes {
		if o.acked {
			n++
		}
	}
	return n
}
