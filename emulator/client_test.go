package emulator_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/internal/wire"
)

const jsonProtocol = "json.webpubsub.azure.v1"

// start runs an emulator until the test ends.
func start(t testing.TB, options emulator.Options) *emulator.Emulator {
	t.Helper()
	emu, err := emulator.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := emu.Close(); err != nil {
			t.Error(err)
		}
	})
	return emu
}

// client is a WebSocket client that fails its test when something is not as expected.
type client struct {
	*websocket.Conn
	t   testing.TB
	ctx context.Context
	id  string // of the connection; JSON clients only
}

func testContext(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// dialURL connects to a URL and returns the handshake's response, too.
func dialURL(t testing.TB, url string, subprotocols ...string) (*client, *http.Response, error) {
	t.Helper()
	ctx := testContext(t)
	conn, resp, err := websocket.Dial(ctx, url, &websocket.DialOptions{Subprotocols: subprotocols})
	if err != nil {
		return nil, resp, err
	}
	conn.SetReadLimit(-1)
	t.Cleanup(func() { _ = conn.CloseNow() })
	return &client{Conn: conn, t: t, ctx: ctx}, resp, nil
}

// dial connects a simple client of hub chat.
func dial(t testing.TB, emu *emulator.Emulator, options emulator.ClientOptions) *client {
	t.Helper()
	url, err := emu.ClientURL("chat", options)
	if err != nil {
		t.Fatal(err)
	}
	c, _, err := dialURL(t, url)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// dialJSON connects a JSON client of hub chat and reads its connected frame.
func dialJSON(t testing.TB, emu *emulator.Emulator, options emulator.ClientOptions) *client {
	t.Helper()
	url, err := emu.ClientURL("chat", options)
	if err != nil {
		t.Fatal(err)
	}
	c, _, err := dialURL(t, url, jsonProtocol)
	if err != nil {
		t.Fatal(err)
	}
	if c.Subprotocol() != jsonProtocol {
		t.Fatalf("subprotocol %q", c.Subprotocol())
	}
	var connected struct{ Type, Event, ConnectionID string }
	if err := json.Unmarshal([]byte(c.read()), &connected); err != nil || connected.Event != "connected" {
		t.Fatalf("first frame is %+v, %v", connected, err)
	}
	c.id = connected.ConnectionID
	return c
}

// send writes a text message.
func (c *client) send(text string) {
	c.t.Helper()
	if err := c.Write(c.ctx, websocket.MessageText, []byte(text)); err != nil {
		c.t.Fatal(err)
	}
}

// read returns the next message.
func (c *client) read() string {
	c.t.Helper()
	_, data, err := c.Read(c.ctx)
	if err != nil {
		c.t.Fatal(err)
	}
	return string(data)
}

// want reads messages and compares them.
func (c *client) want(messages ...string) {
	c.t.Helper()
	for _, want := range messages {
		if got := c.read(); got != want {
			c.t.Fatalf("got  %s\nwant %s", got, want)
		}
	}
}

// wantClose reads until the close frame and compares it.
func (c *client) wantClose(code websocket.StatusCode, text string) {
	c.t.Helper()
	_, data, err := c.Read(c.ctx)
	var closed websocket.CloseError
	if !errors.As(err, &closed) {
		c.t.Fatalf("got %q, %v, want a close", data, err)
	}
	if closed.Code != code || closed.Reason != text {
		c.t.Fatalf("closed with %d %q, want %d %q", closed.Code, closed.Reason, code, text)
	}
}

// quiet checks that nothing has come: a message that the service sends now is the next one.
func (c *client) quiet(emu *emulator.Emulator) {
	c.t.Helper()
	call(c.t, emu, "POST", "/api/hubs/chat/connections/"+c.id+"/:send", "text/plain", "nothing else")
	c.want(`{"type":"message","from":"server","dataType":"text","data":"nothing else"}`)
}

// response is the answer to a REST call.
type response struct {
	status int
	header http.Header
	body   string
}

// call makes a REST call and demands the status of success that clients insist on.
func call(t testing.TB, emu *emulator.Emulator, method, path, contentType, body string) response {
	t.Helper()
	got := rest(t, emu, method, path, contentType, body)
	want := map[string]int{"POST": 202, "PUT": 200, "DELETE": 204}[method]
	if closing := "/:closeConnections"; strings.Contains(path, closing) {
		want = 204
	}
	if got.status != want {
		t.Fatalf("%s %s: status %d, want %d: %s", method, path, got.status, want, got.body)
	}
	return got
}

// rest makes a REST call with a good token.
func rest(t testing.TB, emu *emulator.Emulator, method, path, contentType, body string) response {
	t.Helper()
	req := signed(t, emu, method, path, body)
	req.Header.Set("Content-Type", contentType)
	if contentType == "" {
		req.Header.Del("Content-Type")
	}
	return do(t, req)
}

// signed returns a request of text with a good token.
func signed(t testing.TB, emu *emulator.Emulator, method, path, body string) *http.Request {
	t.Helper()
	url := emu.Endpoint() + path
	token, err := wire.MintRESTToken(emulator.DefaultAccessKey, url, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return request(t, method, url, token, "text/plain", body)
}

// restWith makes a REST call with any token, or none.
func restWith(t testing.TB, method, url, token, contentType, body string) response {
	t.Helper()
	return do(t, request(t, method, url, token, contentType, body))
}

func request(t testing.TB, method, url, token, contentType, body string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(testContext(t), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	return req
}

func do(t testing.TB, req *http.Request) response {
	t.Helper()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response{resp.StatusCode, resp.Header, string(data)}
}
