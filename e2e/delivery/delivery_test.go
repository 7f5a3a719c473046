package delivery_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/e2e/delivery"
	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/runtime"
)

const (
	clients    = 50
	perClient  = 200
	totalLines = clients * perClient
)

// TestEveryMessageArrivesOnce sends 10,000 messages from 50 connections as fast as they go, through
// emulator, webhook, function and REST, and counts them at senders and receivers.
func TestEveryMessageArrivesOnce(t *testing.T) {
	em := start(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	members := make([]*member, clients)
	for i := range members {
		members[i] = join(ctx, t, em, i)
	}
	var group sync.WaitGroup
	failures := make(chan error, 2*clients)
	for _, m := range members {
		group.Go(func() { failures <- m.send(ctx) })
		group.Go(func() { failures <- m.receive(ctx) })
	}
	go func() {
		group.Wait()
		close(failures)
	}()
	for err := range failures {
		if err != nil {
			t.Error(err)
			cancel()
		}
	}
}

// start runs the app and an emulator that know each other.
func start(t *testing.T) *emulator.Emulator {
	t.Helper()
	em, err := emulator.New(emulator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	app, err := wps.New(delivery.Functions(), wps.WithSettings(map[string]string{"WebPubSubConnectionString": em.ConnectionString()}))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(app)
	t.Cleanup(func() {
		if err := em.Close(); err != nil {
			t.Error(err)
		}
		server.Close()
	})
	err = em.SetHub("delivery", emulator.Hub{EventHandlers: []emulator.EventHandler{{
		URLTemplate: server.URL + "/runtime/webhooks/webpubsub", UserEventPattern: "message",
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return em
}

// member is one connection.
type member struct {
	index int
	conn  *websocket.Conn
	hello frame  // the connected frame
	skip  uint64 // messages up to this sequence id have been seen
}

func join(ctx context.Context, t *testing.T, em *emulator.Emulator, index int) *member {
	t.Helper()
	url, err := em.ClientURL("delivery", emulator.ClientOptions{UserID: "user" + strconv.Itoa(index)})
	if err != nil {
		t.Fatal(err)
	}
	m, err := dial(ctx, url, "json.webpubsub.azure.v1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.conn.CloseNow() })
	m.index = index
	return m
}

func (m *member) send(ctx context.Context) error {
	for i := range perClient {
		frame := fmt.Sprintf(`{"type":"event","event":"message","ackId":%d,"dataType":"text","data":"%d"}`, i+1, m.index*perClient+i)
		if err := m.conn.Write(ctx, websocket.MessageText, []byte(frame)); err != nil {
			return fmt.Errorf("client %d sends: %w", m.index, err)
		}
	}
	return nil
}

type frame struct {
	Type    string
	Event   string
	AckID   int `json:"ackId"`
	Success bool
	From    string
	Data    string

	SequenceID        uint64
	ConnectionID      string
	ReconnectionToken string
}

// read returns the next frame that has not been seen before.
func (m *member) read(ctx context.Context) (frame, error) {
	for {
		var f frame
		_, src, err := m.conn.Read(ctx)
		if err == nil {
			err = json.Unmarshal(src, &f)
		}
		if err != nil || f.SequenceID == 0 || f.SequenceID > m.skip {
			return f, err
		}
	}
}

// receive reads until all has come that is due: every line once from the broadcast and each of its own
// once more as the answer, and one ack for each it sent.
func (m *member) receive(ctx context.Context) error {
	lines, acks := make([]int, totalLines), make([]int, perClient+1)
	for due := totalLines + 2*perClient; due > 0; due-- {
		f, err := m.read(ctx)
		if err != nil {
			return fmt.Errorf("client %d reads, %d frames before the end: %w", m.index, due, err)
		}
		switch f.Type {
		case "ack":
			if !f.Success || f.AckID < 1 || f.AckID > perClient {
				return fmt.Errorf("client %d: bad ack %+v", m.index, f)
			}
			acks[f.AckID]++
		case "message":
			n, err := strconv.Atoi(strings.TrimSpace(f.Data))
			if err != nil || n < 0 || n >= totalLines {
				return fmt.Errorf("client %d: bad message %+v", m.index, f)
			}
			lines[n]++
		default:
			return fmt.Errorf("client %d: unexpected frame %+v", m.index, f)
		}
	}
	return m.count(lines, acks)
}

func (m *member) count(lines, acks []int) error {
	for n, got := range lines {
		want := 1
		if n/perClient == m.index {
			want = 2
		}
		if got != want {
			return fmt.Errorf("client %d got line %d %d times, want %d", m.index, n, got, want)
		}
	}
	for id, got := range acks[1:] {
		if got != 1 {
			return fmt.Errorf("client %d got ack %d %d times", m.index, id+1, got)
		}
	}
	return nil
}
