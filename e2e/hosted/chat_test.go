package hosted

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/internal/hosttest"
)

// line is what the chat sends: who did what.
type line struct{ Kind, From, Text string }

// wantLine checks that a frame is a line of the chat.
func wantLine(t *testing.T, f frame, want line) {
	t.Helper()
	var got line
	if err := json.Unmarshal(f.Data, &got); err != nil || got != want {
		t.Fatalf("got %+v with %s, %v; want %+v", f, f.Data, err, want)
	}
}

// TestChat talks with the chat example, far from Greenwich, so that dates have an offset, and has its app killed.
func TestChat(t *testing.T) {
	inForms(t, "../../examples/chat", Forms, func(t *testing.T, app *App) {
		t.Run("talk", func(t *testing.T) {
			talk(t, start(t, app, Options{Host: hosttest.Options{Settings: map[string]string{"TZ": "Asia/Kolkata"}}}))
		})
		t.Run("killed", func(t *testing.T) { killed(t, app) })
	})
}

func talk(t *testing.T, s *Server) {
	if page := string(get(t, s.URL("index"))); !strings.Contains(page, "</html>") {
		t.Errorf("the page is %q", page)
	}
	for _, query := range []string{"?userid=", "?userid=mallory"} {
		if _, resp, err := dial(t.Context(), negotiate(t, s, query)); err == nil || resp == nil || resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("negotiated with %q: %v, want 401", query, err)
		}
	}
	ann := joinChat(t, s, "ann")
	bob := joinChat(t, s, "bob")
	wantLine(t, ann.expect(t), line{Kind: "joined", From: "bob"})
	for _, want := range []string{`^message 1, after \d+s of silence$`, `^message 2, after \d+s of silence$`} {
		say(t, bob, "2024-05-06T07:08:09Z", want)
		wantLine(t, ann.expect(t), line{Kind: "said", From: "bob", Text: "2024-05-06T07:08:09Z"})
	}
	frames, err := bob.ask(t.Context(), "message", "json", line{})
	if err != nil || len(frames) != 1 || frames[0].Success {
		t.Errorf("a message without text: %+v, %v", frames, err)
	}
	bob.conn.Close(websocket.StatusNormalClosure, "")
	wantLine(t, ann.expect(t), line{Kind: "left", From: "bob"})
}

// joinChat negotiates and comes in, and returns when everybody is told.
func joinChat(t *testing.T, s *Server, user string) *client {
	t.Helper()
	c := connect(t, negotiate(t, s, "?userid="+user))
	wantLine(t, c.expect(t), line{Kind: "joined", From: user})
	return c
}

// say says something, of which the speaker sees the line, a receipt and the acknowledgement, in this order.
func say(t *testing.T, c *client, text, receipt string) {
	t.Helper()
	frames, err := c.ask(t.Context(), "message", "json", map[string]string{"text": text})
	if err != nil || len(frames) != 3 || !frames[2].Success {
		t.Fatalf("got %+v, %v", frames, err)
	}
	wantLine(t, frames[0], line{Kind: "said", From: c.user, Text: text})
	var got line
	if err := json.Unmarshal(frames[1].Data, &got); err != nil || got.Kind != "receipt" || !regexp.MustCompile(receipt).MatchString(got.Text) {
		t.Fatalf("got %s, %v; want a receipt %s", frames[1].Data, err, receipt)
	}
}
