package resilience_test

import (
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"

	"github.com/wpsgen/wpsgen/e2e/resilience"
	wps "github.com/wpsgen/wpsgen/runtime"
)

// fault is what happens to one request on its way.
type fault int

const (
	none        fault = iota
	oneByte           // request and answer come byte by byte
	slowBody          // the body comes after its head, and slowly
	halfClose         // the sender closes its side behind the request
	resetBefore       // the connection is reset, and the request never sent on
	unavailable       // the first time, it is answered with 503 and Retry-After, and not sent on
	resetAfter        // it is carried out, and the connection reset in place of the answer
	cutHead           // it is carried out, and the answer ends within its header
	cutTail           // it is carried out, and the answer lacks its last byte
	faults
)

// arrives reports whether a request with the fault is carried out.
func (f fault) arrives() bool { return f != resetBefore && f != unavailable }

// answered reports whether the sender gets the answer to what was carried out.
func (f fault) answered() bool { return f <= halfClose }

// seed makes the plans of a run; another one gives each event other faults.
const seed = 1

// planned returns a plan in which one of three requests has no fault, whatever the order they come in.
func planned(way string) func(event string) fault {
	return func(event string) fault {
		h := fnv.New64a()
		fmt.Fprint(h, seed, way, event)
		n := h.Sum64() >> 20 // the low bits of this hash depend on the last byte alone
		if n%3 == 0 {
			return none
		}
		return fault(n / 3 % uint64(faults))
	}
}

const (
	talkers    = 8
	eventsEach = 50
)

// TestFaults breaks the connections between service and app in both directions, at all stages, and
// expects of every event exactly what its two faults leave possible: what was acknowledged has been
// done once, what was not at most once, and the app sends nothing a second time but what the service asked it
// to send later.
func TestFaults(t *testing.T) {
	s := newService(t, false)
	audience := s.watch(t)
	toService := newRelay(t, s.Addr().String(), planned("REST"))
	address, stop := serve(t, strings.Replace(s.ConnectionString(), s.Addr().String(), toService.address, 1))
	toApp := newRelay(t, address, planned("webhook"))
	s.sendTo(t, toApp.address)

	talk(t, s)
	stop()
	toApp.close()
	toService.close() // nothing is under way any more
	effects := audience.finish(t)

	seen := make(map[[2]fault]bool)
	for event, o := range s.outcomes {
		webhook, rest := toApp.plan(event), toService.plan(event)
		seen[[2]fault{webhook, rest}] = true
		judge(t, event, webhook, rest, o, effects[event])
	}
	if len(s.outcomes) != talkers*eventsEach || len(seen) < int(faults*faults)/2 {
		t.Errorf("%d events with %d pairs of faults: too little was tried", len(s.outcomes), len(seen))
	}
	toApp.checkOnce(t, false)
	toService.checkOnce(t, true)
}

// judge holds what became of an event against its faults.
func judge(t *testing.T, event string, webhook, rest fault, o outcome, effects []string) {
	t.Helper()
	if rest == unavailable {
		rest = none // the app sends again what was surely not taken
	}
	done := webhook.arrives() && rest.arrives()
	acked := done && rest.answered() && webhook.answered()
	var good bool
	switch {
	case done && webhook == halfClose: // the app takes it for the service having given up, and may stop where it is
		good = len(effects) <= 1 && (!o.acked || acked && len(effects) == 1)
	case done:
		good = o.acked == acked && len(effects) == 1
	default:
		good = !o.acked && len(effects) == 0
	}
	if !good {
		t.Errorf("%s (webhook fault %d, REST fault %d): acknowledged %v (status %d, %v), done by %q; it arrives: %v, may be acknowledged: %v",
			event, webhook, rest, o.acked, o.status, o.err, effects, done, acked)
	}
}

// talk lets all talkers say what they have to say, whatever comes of it.
func talk(t *testing.T, s *service) {
	t.Helper()
	var group sync.WaitGroup
	for i := range talkers {
		c := s.connect(t, fmt.Sprint("talker", i))
		group.Go(func() {
			for n := range eventsEach {
				if _, err := c.say(t.Context(), n+1, fmt.Sprintf("%d-%d", i, n)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
}

// serve runs the app in this process, with the service at the end of a connection string.
func serve(t *testing.T, connection string) (address string, stop func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- wps.Serve(ctx, resilience.Functions(&resilience.Server{}), wps.WithListener(l),
			wps.WithSettings(map[string]string{"WebPubSubConnectionString": connection, "WPS_TIMERS": "0"}),
			wps.WithLogger(slog.New(slog.DiscardHandler))) // each fault is worth a line
	}()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return l.Addr().String(), stop
}
