package delivery_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strconv"
	"time"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
)

// observer is a reliable client that stays, though its socket does not: it recovers, acknowledges what
// it has seen and counts every message.
type observer struct {
	c     *churn
	index int
	url   string
	conn  *member
	got   map[int64]int
	seen  uint64     // the last sequence id
	until chan int64 // gets the last message's number
	done  chan error
}

func (c *churn) observe(ctx context.Context, index int) *observer {
	c.t.Helper()
	o := &observer{c: c, index: index, got: make(map[int64]int), until: make(chan int64, 1), done: make(chan error, 1)}
	var err error
	if o.url, err = c.emulator.ClientURL("delivery", emulator.ClientOptions{UserID: "observer" + strconv.Itoa(index)}); err != nil {
		c.t.Fatal(err)
	}
	if o.conn, err = dial(ctx, o.url, "json.reliable.webpubsub.azure.v1"); err != nil {
		c.t.Fatal(err)
	}
	go func() { o.done <- o.watch(ctx) }()
	return o
}

// dial connects and reads the connected frame.
func dial(ctx context.Context, url, subprotocol string) (*member, error) {
	conn, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{Subprotocols: []string{subprotocol}})
	if err != nil {
		return nil, err
	}
	m := &member{conn: conn}
	if m.hello, err = m.read(ctx); err != nil || m.hello.Event != "connected" {
		conn.CloseNow()
		return nil, fmt.Errorf("first frame %+v: %w", m.hello, err)
	}
	return m, nil
}

// left waits until the observer has seen the last message and gone, and returns what went wrong.
func (o *observer) left(last int64) error {
	select {
	case err := <-o.done:
		return err
	case <-time.After(time.Minute):
		return fmt.Errorf("observer %d never saw message %d, the last", o.index, last)
	}
}

func (o *observer) watch(ctx context.Context) error {
	defer func() { o.conn.conn.Close(websocket.StatusNormalClosure, "") }()
	last, lastKnown := int64(0), false
	for {
		select {
		case last = <-o.until:
			lastKnown = true
		default:
		}
		if lastKnown && o.got[last] > 0 {
			return nil
		}
		if err := o.step(ctx); err != nil {
			return fmt.Errorf("observer %d: %w", o.index, err)
		}
	}
}

// step takes one message, or notices that none came for a while. Now and then it loses its socket.
func (o *observer) step(ctx context.Context) error {
	if rand.IntN(300) == 0 {
		o.conn.conn.CloseNow()
		return o.recover(ctx)
	}
	f, err := o.conn.read(ctx)
	if err != nil {
		return err
	}
	if f.Type != "message" {
		return nil
	}
	if f.SequenceID != o.seen+1 {
		return fmt.Errorf("sequence id %d after %d", f.SequenceID, o.seen)
	}
	o.seen = f.SequenceID
	n, err := strconv.ParseInt(f.Data, 10, 64)
	if err != nil {
		return err
	}
	o.got[n]++
	if o.seen%50 != 0 {
		return nil
	}
	return o.conn.conn.Write(ctx, websocket.MessageText, fmt.Appendf(nil, `{"type":"sequenceAck","sequenceId":%d}`, o.seen))
}

// recover comes back to the same connection. What was sent and not acknowledged comes again; what of it
// was seen already is skipped, as clients do.
func (o *observer) recover(ctx context.Context) error {
	hello := o.conn.hello
	conn, err := dial(ctx, o.url+"&awps_connection_id="+url.QueryEscape(hello.ConnectionID)+
		"&awps_reconnection_token="+url.QueryEscape(hello.ReconnectionToken), "json.reliable.webpubsub.azure.v1")
	if err != nil {
		return fmt.Errorf("recovery: %w", err)
	}
	if conn.hello.ConnectionID != hello.ConnectionID {
		return fmt.Errorf("recovered connection %s, want %s", conn.hello.ConnectionID, hello.ConnectionID)
	}
	o.c.recoveries.Add(1)
	conn.skip = o.seen
	o.conn = conn
	return nil
}
