package emulator_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// mint signs a client token; an empty audience means that of hub chat.
func mint(t *testing.T, emu *emulator.Emulator, key, audience string, claims wire.ClientToken, at time.Time) string {
	t.Helper()
	if audience == "" {
		audience = emu.Endpoint() + "/client/hubs/chat"
	}
	token, err := wire.MintClientToken(key, audience, claims, at, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestHandshakeStatus(t *testing.T) {
	emu := start(t, emulator.Options{Hubs: map[string]emulator.Hub{"open": {AllowAnonymous: true}}})
	now := time.Now()
	token := func(audience string, at time.Time) string {
		return "?access_token=" + mint(t, emu, emulator.DefaultAccessKey, audience, wire.ClientToken{}, at)
	}
	good := token("", now)
	badGroup := mint(t, emu, emulator.DefaultAccessKey, "", wire.ClientToken{Groups: []string{" "}}, now)
	otherKey := mint(t, emu, strings.Repeat("k", 40), "", wire.ClientToken{}, now)
	tests := []struct {
		name, target string
		want         int
	}{
		{"good", "/client/hubs/chat" + good, 101},
		{"hub in other case", "/client/hubs/CHAT" + good, 101},
		{"hub in query", "/client/" + good + "&hub=chat", 101},
		{"hub in query, no slash", "/client" + good + "&HUB=Chat", 101},
		{"other host in aud", "/client/hubs/chat" + token("https://example.test/client/hubs/chat", now), 101},
		{"anonymous hub", "/client/hubs/open", 101},
		{"simple mode", "/client/hubs/chat" + good + "&webpubsub_mode=sendevent", 101},
		{"skewed clock", "/client/hubs/chat" + token("", now.Add(4*time.Minute)), 101},
		{"last of several", "/client/hubs/chat?access_token=x&" + good[1:], 101},

		{"no token", "/client/hubs/chat", 401},
		{"malformed token", "/client/hubs/chat?access_token=abc.def.ghi", 401},
		{"bad token, anonymous hub", "/client/hubs/open?access_token=abc", 401},
		{"expired", "/client/hubs/chat" + token("", now.Add(-2*time.Hour)), 401},
		{"not yet", "/client/hubs/chat" + token("", now.Add(time.Hour)), 401},
		{"other key", "/client/hubs/chat?access_token=" + otherKey, 401},
		{"other hub", "/client/hubs/chat" + token(emu.Endpoint()+"/client/hubs/other", now), 401},

		{"bad hub name", "/client/hubs/1st" + good, 400},
		{"no hub", "/client/" + good, 400},
		{"bad group claim", "/client/hubs/chat?access_token=" + badGroup, 400},
		{"bad mode", "/client/hubs/chat" + good + "&webpubsub_mode=x", 400},
		{"mode without group", "/client/hubs/chat" + good + "&webpubsub_mode=sendToGroup", 400},
		{"two groups", "/client/hubs/chat" + good + "&webpubsub_mode=sendToGroup&group=a&group=b", 400},
		{"bad noEcho", "/client/hubs/chat" + good + "&webpubsub_mode=sendToGroup&group=a&noEcho=1", 400},
		{"no such path", "/clients/mqtt/hubs/chat" + good, 404},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, resp, err := dialURL(t, emu.Endpoint()+tt.target)
			if resp == nil || resp.StatusCode != tt.want {
				t.Fatalf("status %v, %v, want %d", resp, err, tt.want)
			}
		})
	}
	t.Run("not an upgrade", func(t *testing.T) {
		if got := restWith(t, "GET", emu.Endpoint()+"/client/hubs/chat"+good, "", "", ""); got.status != 400 {
			t.Errorf("status %d", got.status)
		}
	})
	t.Run("token in header", func(t *testing.T) {
		conn, _, err := websocket.Dial(testContext(t), emu.Endpoint()+"/client/hubs/chat", &websocket.DialOptions{
			HTTPHeader: http.Header{"Authorization": {"Bearer " + good[len("?access_token="):]}},
		})
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.CloseNow()
	})
}

func TestConnectRefused(t *testing.T) {
	tests := []struct {
		name   string
		answer func(http.ResponseWriter)
		want   int
		body   string
	}{
		{"401 with words", func(w http.ResponseWriter) { w.WriteHeader(401); _, _ = io.WriteString(w, "tell us your name") }, 401, "tell us your name"},
		{"429", func(w http.ResponseWriter) { w.WriteHeader(429) }, 429, ""},
		{"404", func(w http.ResponseWriter) { w.WriteHeader(404) }, 404, ""},
		{"503 keeps its words", func(w http.ResponseWriter) { http.Error(w, "secret detail", http.StatusServiceUnavailable) }, 503, "the connect event handler answered 503\n"},
		{"302", func(w http.ResponseWriter) { w.WriteHeader(302) }, 500, ""},
		{"not JSON", func(w http.ResponseWriter) { reply(w, "text/plain", "hello") }, 500, "Internal Server Error\n"},
		{"a list", func(w http.ResponseWriter) { reply(w, "application/json", "[]") }, 500, ""},
		{"null group", func(w http.ResponseWriter) { reply(w, "application/json", `{"groups":[null]}`) }, 500, ""},
		{"blank role", func(w http.ResponseWriter) { reply(w, "application/json", `{"roles":[" "]}`) }, 500, ""},
		{"too large", func(w http.ResponseWriter) { reply(w, "application/json", strings.Repeat(" ", 16<<20+1)) }, 500, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := newApp(t, func(w http.ResponseWriter, r received) { tt.answer(w) })
			emu := start(t, emulator.Options{Hubs: a.hubs()})
			url, err := emu.ClientURL("chat", emulator.ClientOptions{})
			if err != nil {
				t.Fatal(err)
			}
			_, resp, err := dialURL(t, url)
			if resp == nil || resp.StatusCode != tt.want {
				t.Fatalf("status %v, %v, want %d", resp, err, tt.want)
			}
			if body, _ := io.ReadAll(resp.Body); tt.body != "" && string(body) != tt.body {
				t.Errorf("body %q, want %q", body, tt.body)
			}
			a.next(t, "connect")
			_ = emu.Close()
			if len(a.events) != 0 {
				t.Errorf("a refused client has event %v", (<-a.events).event())
			}
		})
	}
}

// TestConnectHandlerAway: 500, without waiting for retries.
func TestConnectHandlerAway(t *testing.T) {
	a := newApp(t, nil)
	hubs := a.hubs()
	a.Close()
	var why error
	emu := start(t, emulator.Options{Hubs: hubs, OnEvent: func(r emulator.EventRecord) { why = r.Err }})
	url, err := emu.ClientURL("chat", emulator.ClientOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, resp, err := dialURL(t, url); resp == nil || resp.StatusCode != 500 {
		t.Errorf("got %v, %v, want 500", resp, err)
	}
	_ = emu.Close()
	if why == nil || strings.Contains(why.Error(), "secret") {
		t.Errorf("error %v", why)
	}
}

func TestSubprotocols(t *testing.T) {
	tests := []struct {
		name    string
		offered []string
		chosen  string // by the handler, as JSON
		want    string
	}{
		{"first supported", []string{"custom", jsonProtocol}, `null`, jsonProtocol},
		{"handler's choice", []string{jsonProtocol, "custom"}, `"custom"`, "custom"},
		{"empty choice is none", []string{jsonProtocol}, `""`, jsonProtocol},
		{"only unknown ones", []string{"custom"}, `null`, ""},
		{"nothing offered", nil, `"custom"`, ""},
		{"a protocol not spoken here", []string{"protobuf.webpubsub.azure.v1"}, `"protobuf.webpubsub.azure.v1"`, ""},
		{"reliable", []string{"custom", reliableProtocol, jsonProtocol}, `null`, reliableProtocol},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := newApp(t, func(w http.ResponseWriter, r received) {
				if r.event() == "connect" {
					reply(w, "application/json", `{"subprotocol":`+tt.chosen+`}`)
				}
			})
			emu := start(t, emulator.Options{Hubs: a.hubs()})
			url, err := emu.ClientURL("chat", emulator.ClientOptions{})
			if err != nil {
				t.Fatal(err)
			}
			c, _, err := dialURL(t, url, tt.offered...)
			if err != nil {
				t.Fatal(err)
			}
			if c.Subprotocol() != tt.want {
				t.Errorf("selected %q, want %q", c.Subprotocol(), tt.want)
			}
			a.next(t, "connect")
			if got := a.next(t, "connected").Get("ce-subprotocol"); got != tt.want {
				t.Errorf("ce-subprotocol %q", got)
			}
		})
	}
}
