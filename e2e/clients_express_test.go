package e2e_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
)

// TestExpressUpstream is an application with @azure/web-pubsub-express behind the emulator.
func TestExpressUpstream(t *testing.T) {
	needTools(t, "client", missingNode()...)
	em := startEmulator(t, emulator.Options{})
	app := startScript(t, "express.mjs", "WPSGEN_ENDPOINT="+em.Endpoint())
	url := app.await(t, `(?m)^\{"step":"listening","seen":"(.*)"\}$`, scriptLimit)[1]
	if err := em.SetHub("chat", emulator.Hub{EventHandlers: []emulator.EventHandler{{
		URLTemplate:      url + "/eventhandler/{event}",
		UserEventPattern: "*",
		SystemEvents:     []string{"connect", "connected", "disconnected"},
	}}}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), scriptLimit)
	defer cancel()

	refusedByExpress(t, ctx, clientURL(t, em, emulator.ClientOptions{UserID: "mallory", Groups: []string{"x"}}))
	talkToExpress(t, ctx, app, clientURL(t, em, emulator.ClientOptions{UserID: "ada", Groups: []string{"a", "b"}})+"&room=7")
	app.await(t, `"disconnected"`, scriptLimit)

	app.wantSteps(t, [][2]string{
		{"listening", `"` + url + `"`},
		{"connect", `["mallory",["x"],null,[]]`},
		{"connect", `["ada",["a","b"],["7"],["json.webpubsub.azure.v1"]]`},
		{"connected", `["ada lovelace",{"visits":0}]`},
		{"event", `["ask","ada lovelace","json",{"n":1},1]`},
		{"event", `["silence","ada lovelace","binary","00ff",2]`},
		{"event", `["refuse","ada lovelace","text","hi",3]`},
		{"event", `["ask","ada lovelace","text","more",3]`},
		{"disconnected", `["ada lovelace","bye",{"visits":3}]`},
	})
}

// refusedByExpress connects as somebody whom the application does not let in.
func refusedByExpress(t *testing.T, ctx context.Context, url string) {
	t.Helper()
	_, resp, err := websocket.Dial(ctx, url, nil)
	if err == nil || resp == nil || resp.StatusCode != http.StatusUnauthorized {
		t.Fatalf("the application refused; got %v, %v", resp, err)
	}
}

// talkToExpress has a conversation, which begins when the application knows that the client is there.
// The state that a refused event has set does not count.
func talkToExpress(t *testing.T, ctx context.Context, app *script, url string) {
	t.Helper()
	c, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{Subprotocols: []string{"json.webpubsub.azure.v1"}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.CloseNow() }()
	app.await(t, `"step":"connected"`, scriptLimit)
	exchanges := []struct {
		send string
		want []string // what the frames contain
	}{
		{"", []string{`"userId":"ada lovelace"`}},
		{`{"type":"event","event":"ask","data":{"n":1},"ackId":1}`, []string{`"from":"server","dataType":"json","data":{"visits":1}`, `"ackId":1,"success":true`}},
		{`{"type":"event","event":"silence","dataType":"binary","data":"AP8=","ackId":2}`, []string{`"ackId":2,"success":true`}},
		{`{"type":"event","event":"refuse","dataType":"text","data":"hi","ackId":3}`, []string{`"ackId":3,"success":false,"error":{"name":"InternalServerError"`}},
		{`{"type":"event","event":"ask","dataType":"text","data":"more","ackId":4}`, []string{`"data":{"visits":3}`, `"ackId":4,"success":true`}},
		{`{"type":"sendToGroup","group":"lobby","dataType":"text","data":"hello","ackId":5}`, []string{`"group":"lobby"`, `"ackId":5,"success":true`}},
	}
	for _, x := range exchanges {
		if x.send != "" {
			if err := c.Write(ctx, websocket.MessageText, []byte(x.send)); err != nil {
				t.Fatal(err)
			}
		}
		for _, want := range x.want {
			_, got, err := c.Read(ctx)
			if err != nil || !strings.Contains(string(got), want) {
				t.Fatalf("after %s: got %s, %v, want %s", x.send, got, err, want)
			}
		}
	}
	if err := c.Close(websocket.StatusNormalClosure, "bye"); err != nil {
		t.Error(err)
	}
}
