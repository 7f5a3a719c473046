package emulator_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// TestFanOutLosesNothing lets clients send as fast as they can. Every message goes to the
// application, is sent to everybody by REST and answered; all must arrive once, those of one sender
// in order, and the answer behind the message it answers.
func TestFanOutLosesNothing(t *testing.T) {
	clients, each := 20, 50
	if testing.Short() {
		each = 5
	}
	fanOut(t, clients, each)
}

// BenchmarkFanOut is the same with 50 clients and 10,000 messages: 500,000 frames and 10,000 answers.
func BenchmarkFanOut(b *testing.B) {
	for b.Loop() {
		fanOut(b, 50, 200)
	}
}

func fanOut(t testing.TB, clients, each int) {
	var emu *emulator.Emulator
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("WebHook-Allowed-Origin", "*")
		if r.Method != http.MethodPost {
			return
		}
		body, _ := io.ReadAll(r.Body)
		if err := sendToAll(emu, string(body)); err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", "text/plain")
		fmt.Fprintf(w, "ack %s", body)
	}))
	defer app.Close()
	defer fanOutClient.CloseIdleConnections()
	emu, err := emulator.New(emulator.Options{Hubs: map[string]emulator.Hub{
		"chat": {EventHandlers: []emulator.EventHandler{{URLTemplate: app.URL, UserEventPattern: "*"}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = emu.Close() }()
	conns := make([]*client, clients)
	for i := range conns {
		conns[i] = dial(t, emu, emulator.ClientOptions{})
	}
	var wg sync.WaitGroup
	for i, c := range conns {
		wg.Go(func() {
			for n := range each {
				c.send(fmt.Sprintf("%d/%d", i, n))
			}
		})
		wg.Go(func() { receiveAll(t, c, i, clients, each) })
	}
	wg.Wait()
}

// receiveAll reads what one client must get: every message of everybody, and its own answers.
func receiveAll(t testing.TB, c *client, self, clients, each int) {
	next := make([]int, clients)
	answered := 0
	for range clients*each + each {
		text := c.read()
		var from, n int
		if rest, ok := strings.CutPrefix(text, "ack "); ok {
			_, _ = fmt.Sscanf(rest, "%d/%d", &from, &n)
			if from != self || n != answered || next[self] != n+1 {
				t.Errorf("client %d: answer %q after %d answers and %d messages", self, text, answered, next[self])
				return
			}
			answered++
			continue
		}
		if _, err := fmt.Sscanf(text, "%d/%d", &from, &n); err != nil || next[from] != n {
			t.Errorf("client %d: message %q, want number %d", self, text, next[from])
			return
		}
		next[from]++
	}
}

// fanOutClient keeps its connections, which the default client would not for so many.
var fanOutClient = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 100}}

func sendToAll(emu *emulator.Emulator, text string) error {
	url := emu.Endpoint() + "/api/hubs/chat/:send?api-version=2024-12-01"
	token, err := wire.MintRESTToken(emulator.DefaultAccessKey, url, time.Now())
	if err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodPost, url, strings.NewReader(text))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "text/plain")
	resp, err := fanOutClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusAccepted {
		return fmt.Errorf("send: status %d", resp.StatusCode)
	}
	return nil
}
