package delivery_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/e2e/delivery"
	"github.com/wpsgen/wpsgen/emulator"
	wps "github.com/wpsgen/wpsgen/runtime"
)

const (
	observers = 3
	guests    = 20
	// restartEvery is how often the app goes down, without regard to what it is doing.
	restartEvery = time.Minute
	// maxThought is how long a guest may think before it speaks: this is about coming and going, not load.
	maxThought = 50 * time.Millisecond
	// Between two quiet moments of the same load goroutines may differ by those of idle connections, one on
	// each side, and the heap by what pools keep.
	settledGoroutines = 4 * (guests + 1)
	settledHeap       = 32 << 20
)

// TestChurn lets guests come, talk, go and die without a word while the app is restarted and observers
// lose their sockets. Whatever a guest got an ack for must have reached every observer, once. It runs
// for a few seconds, or for as long as WPSGEN_CHURN says (30m).
func TestChurn(t *testing.T) {
	duration := 3 * time.Second
	if text := os.Getenv("WPSGEN_CHURN"); text != "" {
		var err error
		if duration, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
	}
	c := &churn{t: t}
	c.start()
	defer c.close()
	c.round(min(duration, 2*time.Second)) // what is allocated once is allocated now
	goroutines, heap := c.quiet()
	for left := duration; left > 0; left -= restartEvery {
		c.round(min(left, restartEvery))
		g, h := c.quiet()
		t.Logf("%d acknowledged, %d refused, %d guests, %d recoveries; %d goroutines, %d KiB heap",
			c.acked.Load(), c.refused.Load(), c.visits.Load(), c.recoveries.Load(), g, h>>10)
		if g > goroutines+settledGoroutines {
			t.Errorf("%d goroutines, %d at the beginning", g, goroutines)
		}
		if h > heap+settledHeap {
			t.Errorf("%d bytes on the heap, %d at the beginning", h, heap)
		}
	}
	if c.acked.Load() == 0 || c.recoveries.Load() == 0 {
		t.Errorf("%d messages acknowledged, %d recoveries: nothing was tried", c.acked.Load(), c.recoveries.Load())
	}
}

type churn struct {
	t        *testing.T
	emulator *emulator.Emulator
	address  string
	server   *http.Server
	next     atomic.Int64 // number of the next message

	acked, refused, visits, recoveries atomic.Int64
}

func (c *churn) start() {
	var err error
	if c.emulator, err = emulator.New(emulator.Options{}); err != nil {
		c.t.Fatal(err)
	}
	c.address = "127.0.0.1:0"
	c.startApp()
	err = c.emulator.SetHub("delivery", emulator.Hub{EventHandlers: []emulator.EventHandler{{
		URLTemplate: "http://" + c.address + "/runtime/webhooks/webpubsub", UserEventPattern: "message",
	}}})
	if err != nil {
		c.t.Fatal(err)
	}
}

// startApp brings the app up at the address it had before.
func (c *churn) startApp() {
	app, err := wps.New(delivery.Functions(),
		wps.WithSettings(map[string]string{"WebPubSubConnectionString": c.emulator.ConnectionString()}),
		wps.WithLogger(slog.New(slog.DiscardHandler))) // it goes down in the middle of calls, which is worth a line each
	if err != nil {
		c.t.Fatal(err)
	}
	l, err := net.Listen("tcp", c.address)
	if err != nil {
		c.t.Fatal(err)
	}
	c.address = l.Addr().String()
	c.server = &http.Server{Handler: app}
	go c.server.Serve(l)
}

func (c *churn) close() {
	if err := errors.Join(c.emulator.Close(), c.server.Close()); err != nil {
		c.t.Error(err)
	}
}

// quiet returns the goroutines and the heap once nothing goes on any more.
func (c *churn) quiet() (goroutines int, heap uint64) {
	http.DefaultClient.CloseIdleConnections()
	var before int
	for range 100 {
		time.Sleep(20 * time.Millisecond)
		if goroutines = runtime.NumGoroutine(); goroutines == before {
			break
		}
		before = goroutines
	}
	runtime.GC()
	runtime.GC() // pools give up what they hold in the second
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return goroutines, m.HeapAlloc
}

// round is guests and observers at work for a while, an app that goes down in the middle, and the count.
func (c *churn) round(duration time.Duration) {
	ctx, cancel := context.WithCancel(c.t.Context())
	defer cancel()
	watching := make([]*observer, observers)
	for i := range watching {
		watching[i] = c.observe(ctx, i)
	}
	deadline := time.Now().Add(duration)
	var group sync.WaitGroup
	known := make([]map[int64]bool, guests) // acknowledged, by guest
	for i := range guests {
		known[i] = make(map[int64]bool)
		group.Go(func() {
			for time.Now().Before(deadline) {
				c.visit(ctx, i, known[i])
			}
		})
	}
	time.Sleep(duration / 2)
	c.server.Close() // in the middle of whatever it does
	c.startApp()
	group.Wait()

	last := c.last(ctx)
	for _, o := range watching {
		o.until <- last
	}
	c.last(ctx) // wakes those who had seen the last one before they knew it was
	for _, o := range watching {
		if err := o.left(last); err != nil {
			c.t.Error(err)
			continue
		}
		for _, guest := range known {
			for n := range guest {
				if o.got[n] != 1 {
					c.t.Errorf("observer %d got acknowledged message %d %d times", o.index, n, o.got[n])
				}
			}
		}
	}
}

// last sends a message and returns its number once it is acknowledged: it comes to every observer
// behind all others.
func (c *churn) last(ctx context.Context) int64 {
	known := make(map[int64]bool)
	for len(known) == 0 && ctx.Err() == nil {
		c.visit(ctx, guests, known)
	}
	most := int64(0)
	for n := range known {
		most = max(most, n)
	}
	return most
}

// visit is one guest: it connects, says a few things and leaves, with or without a word.
func (c *churn) visit(ctx context.Context, index int, known map[int64]bool) {
	url, err := c.emulator.ClientURL("delivery", emulator.ClientOptions{UserID: "guest" + strconv.Itoa(index)})
	if err != nil {
		c.t.Error(err)
		return
	}
	m, err := dial(ctx, url, "json.webpubsub.azure.v1")
	if err != nil {
		c.t.Errorf("guest %d: %v", index, err)
		return
	}
	c.visits.Add(1)
	defer m.conn.CloseNow()
	for id := range 1 + rand.IntN(5) {
		time.Sleep(rand.N(maxThought))
		n := c.next.Add(1)
		f, err := m.ask(ctx, id+1, n)
		switch {
		case err != nil:
			c.t.Errorf("guest %d: %v", index, err)
			return
		case f.Success:
			known[n] = true
			c.acked.Add(1)
		default:
			c.refused.Add(1) // the app was down
		}
	}
	if rand.IntN(2) == 0 {
		m.conn.Close(1000, "")
	}
}

// ask sends one message and reads up to its ack.
func (m *member) ask(ctx context.Context, ackID int, n int64) (frame, error) {
	text := fmt.Sprintf(`{"type":"event","event":"message","ackId":%d,"dataType":"text","data":"%d"}`, ackID, n)
	if err := m.conn.Write(ctx, 1, []byte(text)); err != nil {
		return frame{}, err
	}
	for {
		f, err := m.read(ctx)
		if err != nil || f.Type == "ack" && f.AckID == ackID {
			return f, err
		}
	}
}
