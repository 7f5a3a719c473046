package hosted

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
)

// patience is how long anything may take.
const patience = time.Minute

// inForms runs a test for an app in several forms, all at once.
func inForms(t *testing.T, source string, forms []Form, test func(t *testing.T, app *App)) {
	t.Parallel()
	for _, form := range forms {
		t.Run(string(form), func(t *testing.T) {
			t.Parallel()
			app, err := Build(t.Context(), source, filepath.Join(t.TempDir(), filepath.Base(source)), form)
			if err != nil {
				t.Fatal(err)
			}
			test(t, app)
		})
	}
}

// start runs an app until the test ends.
func start(t *testing.T, app *App, o Options) *Server {
	t.Helper()
	s, err := Start(t.Context(), app, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			for _, line := range s.Host.Log() {
				t.Log(line.Level, line.Text)
			}
		}
	})
	return s
}

// get returns what an http function answers, which must be 200.
func get(t *testing.T, url string) []byte {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %d %s, %v", url, resp.StatusCode, body, err)
	}
	return body
}

// negotiate asks the app for the URL to connect to.
func negotiate(t *testing.T, s *Server, query string) string {
	t.Helper()
	var access struct{ URL string }
	if err := json.Unmarshal(get(t, s.URL("negotiate")+query), &access); err != nil {
		t.Fatal(err)
	}
	return access.URL
}

// frame is one of json.webpubsub.azure.v1.
type frame struct {
	Type, Event, From string
	Data              json.RawMessage
	AckID             int `json:"ackId"`
	Success           bool
	Error             json.RawMessage
	UserID            string
}

// client is a person connected.
type client struct {
	conn   *websocket.Conn
	lastID int // of the acknowledgements asked for
	user   string
}

// dial connects and reads the connected frame. The response is that of a refusal.
func dial(ctx context.Context, url string) (*client, *http.Response, error) {
	conn, resp, err := websocket.Dial(ctx, url, &websocket.DialOptions{Subprotocols: []string{"json.webpubsub.azure.v1"}})
	if err != nil {
		return nil, resp, err
	}
	c := &client{conn: conn}
	hello, err := c.read(ctx)
	if err != nil || hello.Event != "connected" {
		conn.CloseNow()
		return nil, nil, fmt.Errorf("first frame %+v: %w", hello, err)
	}
	c.user = hello.UserID
	return c, nil, nil
}

// connect is dial for who must get in, and stays until the test ends.
func connect(t *testing.T, url string) *client {
	t.Helper()
	c, _, err := dial(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.conn.CloseNow() })
	return c
}

func (c *client) read(ctx context.Context) (frame, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var f frame
	_, src, err := c.conn.Read(ctx)
	if err == nil {
		err = json.Unmarshal(src, &f)
	}
	return f, err
}

// expect reads a frame.
func (c *client) expect(t *testing.T) frame {
	t.Helper()
	f, err := c.read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// send sends an event that is to be acknowledged by the number returned.
func (c *client) send(ctx context.Context, event, dataType string, data any) (int, error) {
	c.lastID++
	doc, err := json.Marshal(map[string]any{"type": "event", "event": event, "dataType": dataType, "data": data, "ackId": c.lastID})
	if err != nil {
		return 0, err
	}
	return c.lastID, c.conn.Write(ctx, websocket.MessageText, doc)
}

// ask sends an event and returns the frames up to its ack, that included.
func (c *client) ask(ctx context.Context, event, dataType string, data any) ([]frame, error) {
	id, err := c.send(ctx, event, dataType, data)
	var frames []frame
	for err == nil {
		var f frame
		if f, err = c.read(ctx); err == nil {
			frames = append(frames, f)
			if f.Type == "ack" && f.AckID == id {
				break
			}
		}
	}
	return frames, err
}

// clientURL is a URL for hub mail, of which nobody has to ask the app.
func clientURL(t *testing.T, s *Server) string {
	t.Helper()
	url, err := s.Emulator.ClientURL("mail", emulator.ClientOptions{UserID: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	return url
}
