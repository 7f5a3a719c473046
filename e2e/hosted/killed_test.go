package hosted

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/internal/hosttest"
)

const (
	talkers  = 8
	perTalk  = 40 // messages of a talker that are acknowledged
	kills    = 2  // the host gives up at the third
	lastWord = "the end"
)

// killed lets people talk while the app is killed again and again. What was acknowledged has come to
// everybody once and counts on its connection; what was not has come once at most.
func killed(t *testing.T, app *App) {
	// Behind the extension, nobody answers for an app that is gone: the service has to give up.
	s := start(t, app, Options{Emulator: emulator.Options{EventTimeout: 2 * time.Second}})
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	defer cancel()
	acks := make(chan struct{}, talkers*perTalk)
	all := make([]*talker, talkers)
	for i := range all {
		all[i] = &talker{client: joinChat(t, s, fmt.Sprintf("talker%d", i)), acks: acks, heard: make(map[string]int)}
	}
	var group sync.WaitGroup
	for _, m := range all {
		group.Go(func() {
			if m.err = m.talk(ctx); m.err != nil {
				cancel() // there is nothing left to wait for
			}
		})
	}
	for nth := range kills {
		for range talkers * perTalk / (kills + 1) {
			select {
			case <-acks:
			case <-ctx.Done():
			}
		}
		kill(ctx, t, s, nth+1)
	}
	group.Wait()
	for _, m := range all {
		if m.err != nil {
			t.Errorf("%s: %v", m.user, m.err)
		}
	}
	if !t.Failed() {
		count(ctx, t, all)
	}
}

// count compares what everybody heard with what was acknowledged.
func count(ctx context.Context, t *testing.T, all []*talker) {
	if _, err := all[0].say(ctx, lastWord); err != nil { // comes to everybody behind all others
		t.Fatal(err)
	}
	known, refused := make(map[string]bool), 0
	for _, m := range all {
		if err := m.listen(ctx); err != nil {
			t.Fatalf("%s: %v", m.user, err)
		}
		refused += m.refused
		for _, text := range m.acked {
			known[text] = true
		}
	}
	for _, m := range all {
		m.check(t, known)
	}
	t.Logf("%d acknowledged, %d refused", len(known), refused)
}

// kill ends the app as a crash does, and returns when the host has brought up the next one.
func kill(ctx context.Context, t *testing.T, s *Server, nth int) {
	t.Helper()
	s.Host.Kill()
	exits := func(hosttest.LogLine) bool {
		seen := 0
		for _, l := range s.Host.Log() {
			if strings.Contains(l.Text, "the custom handler exited") {
				seen++
			}
		}
		return seen >= nth
	}
	if _, err := s.Host.WaitLog(ctx, exits); err != nil {
		t.Error(err)
	}
	if err := s.Host.Ready(ctx); err != nil {
		t.Error(err)
	}
}

// talker is a client that says one thing after the other, and counts what it hears.
type talker struct {
	*client
	acks    chan<- struct{} // of all talkers
	acked   []string
	refused int
	heard   map[string]int
	err     error
}

// talk goes on until enough is acknowledged.
func (m *talker) talk(ctx context.Context) error {
	for n := 0; len(m.acked) < perTalk; n++ {
		text := fmt.Sprintf("%s says %d", m.user, n)
		ok, err := m.say(ctx, text)
		switch {
		case err != nil:
			return err
		case ok:
			m.acked = append(m.acked, text)
			m.acks <- struct{}{}
		default:
			m.refused++
		}
	}
	return nil
}

// say says something and reports whether it was acknowledged. The receipt counts what was before, since
// that is kept with the answers that the service has seen.
func (m *talker) say(ctx context.Context, text string) (bool, error) {
	frames, err := m.ask(ctx, "message", "json", map[string]string{"text": text})
	if err != nil {
		return false, err
	}
	for _, f := range frames {
		if receipt := m.hear(f); receipt != "" && !strings.HasPrefix(receipt, fmt.Sprintf("message %d, ", len(m.acked)+1)) {
			return false, fmt.Errorf("receipt %q after %d acknowledged", receipt, len(m.acked))
		}
	}
	return frames[len(frames)-1].Success, nil
}

// hear counts a line that somebody said, and returns the text of a receipt.
func (m *talker) hear(f frame) string {
	var l line
	if f.Type != "message" || json.Unmarshal(f.Data, &l) != nil {
		return ""
	}
	switch l.Kind {
	case "said":
		m.heard[l.Text]++
	case "receipt":
		return l.Text
	}
	return ""
}

// listen reads up to the last word.
func (m *talker) listen(ctx context.Context) error {
	for m.heard[lastWord] == 0 {
		f, err := m.read(ctx)
		if err != nil {
			return err
		}
		m.hear(f)
	}
	return nil
}

// check compares what was heard with what is known to have been acknowledged.
func (m *talker) check(t *testing.T, known map[string]bool) {
	for text := range known {
		if m.heard[text] == 0 {
			t.Errorf("%s never heard %q, which was acknowledged", m.user, text)
		}
	}
	for text, times := range m.heard {
		if times > 1 {
			t.Errorf("%s heard %q %d times", m.user, text, times)
		}
	}
}
