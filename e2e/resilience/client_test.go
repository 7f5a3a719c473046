package resilience_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
	wps "github.com/wpsgen/wpsgen/runtime"
)

// client is one connection.
type client struct {
	service *service
	conn    *websocket.Conn
	id      string
}

// frame is what a client is sent.
type frame struct {
	Type, Event, From, Data, ConnectionID string
	AckID                                 int
	Success                               bool
}

func (s *service) connect(t *testing.T, user string) *client {
	t.Helper()
	url, err := s.ClientURL(hub, emulator.ClientOptions{UserID: user})
	if err != nil {
		t.Fatal(err)
	}
	c := &client{service: s}
	c.conn, _, err = websocket.Dial(t.Context(), url, &websocket.DialOptions{Subprotocols: []string{"json.webpubsub.azure.v1"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.conn.CloseNow() })
	hello, err := c.read(t.Context())
	if err != nil || hello.Event != "connected" {
		t.Fatalf("first frame %+v, %v", hello, err)
	}
	c.id = hello.ConnectionID
	return c
}

func (c *client) read(ctx context.Context) (f frame, err error) {
	_, src, err := c.conn.Read(ctx)
	if err == nil {
		err = json.Unmarshal(src, &f)
	}
	return f, err
}

// say sends an event, waits for its ack and records it.
func (c *client) say(ctx context.Context, ackID int, event string) (acked bool, err error) {
	text := fmt.Sprintf(`{"type":"event","event":"message","ackId":%d,"dataType":"text","data":%q}`, ackID, event)
	if err := c.conn.Write(ctx, websocket.MessageText, []byte(text)); err != nil {
		return false, err
	}
	for {
		f, err := c.read(ctx)
		if err != nil {
			return false, fmt.Errorf("event %s: %w", event, err)
		}
		if f.Type == "ack" && f.AckID == ackID {
			c.service.record(c.id, event, f.Success)
			return f.Success, nil
		}
	}
}

// audience is a client that keeps what everybody is sent.
type audience struct {
	service *service
	ticks   chan string
	done    chan error
	effects map[string][]string // calls whose message came, by event
}

// end is the message behind which an audience goes.
const end = "end"

func (s *service) watch(t *testing.T) *audience {
	t.Helper()
	a := &audience{service: s, ticks: make(chan string, 100), done: make(chan error, 1), effects: make(map[string][]string)}
	c := s.connect(t, "audience")
	go func() { a.done <- a.run(t.Context(), c) }()
	return a
}

func (a *audience) run(ctx context.Context, c *client) error {
	for {
		f, err := c.read(ctx)
		if err != nil {
			return err
		}
		event, call, _ := strings.Cut(f.Data, " ")
		switch event {
		case end:
			return nil
		case "tick":
			a.ticks <- call
		default:
			a.effects[event] = append(a.effects[event], call)
		}
	}
}

// finish waits until the audience has seen all that was sent before now, and returns it.
func (a *audience) finish(t *testing.T) map[string][]string {
	t.Helper()
	direct, err := wps.NewServiceClient(a.service.ConnectionString(), hub)
	if err != nil {
		t.Fatal(err)
	}
	if err := direct.Do(t.Context(), wps.SendToAll{Data: wps.Text(end)}); err != nil {
		t.Fatal(err)
	}
	if err := <-a.done; err != nil {
		t.Fatal(err)
	}
	return a.effects
}
