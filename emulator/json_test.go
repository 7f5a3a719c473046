package emulator_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
)

// anything lets a client use every group.
var anything = []string{"webpubsub.joinLeaveGroup", "webpubsub.sendToGroup"}

func TestJSONGroups(t *testing.T) {
	emu := start(t, emulator.Options{})
	ada := dialJSON(t, emu, emulator.ClientOptions{UserID: "ada", Roles: anything})
	bob := dialJSON(t, emu, emulator.ClientOptions{Roles: anything})

	ada.send(`{"type":"joinGroup","group":"g","ackId":1}`)
	ada.want(`{"type":"ack","ackId":1,"success":true}`)
	bob.send(`{"type":"joinGroup","group":"g","ackId":0}`)
	bob.want(`{"type":"ack","ackId":0,"success":true}`)

	t.Run("echo comes before the ack", func(t *testing.T) {
		ada.send(`{"type":"sendToGroup","group":"g","ackId":2,"data":{ "a": [1, "<é>"] }}`)
		echo := `{"type":"message","from":"group","group":"g","fromUserId":"ada","dataType":"json","data":{ "a": [1, "<é>"] }}`
		ada.want(echo, `{"type":"ack","ackId":2,"success":true}`)
		bob.want(echo)
	})
	t.Run("noEcho spares the sender", func(t *testing.T) {
		ada.send(`{"type":"sendToGroup","group":"g","ackId":3,"noEcho":true,"dataType":"text","data":"hi","metadata":{"K":"v"}}`)
		ada.want(`{"type":"ack","ackId":3,"success":true}`)
		bob.want(`{"type":"message","from":"group","group":"g","fromUserId":"ada","dataType":"text","data":"hi","metadata":{"K":"v"}}`)
	})
	t.Run("an anonymous sender is null", func(t *testing.T) {
		bob.send(`{"type":"SENDTOGROUP","group":"g","noEcho":true,"dataType":"binary","data":"AP8="}`)
		ada.want(`{"type":"message","from":"group","group":"g","fromUserId":null,"dataType":"binary","data":"AP8="}`)
		bob.quiet(emu)
	})
	t.Run("who has left gets nothing", func(t *testing.T) {
		bob.send(`{"type":"leaveGroup","group":"g","ackId":4}`)
		bob.want(`{"type":"ack","ackId":4,"success":true}`)
		ada.send(`{"type":"sendToGroup","group":"g","noEcho":true,"ackId":4,"data":1}`)
		ada.want(`{"type":"ack","ackId":4,"success":true}`)
		bob.quiet(emu)
	})
}

func TestJSONAcks(t *testing.T) {
	emu := start(t, emulator.Options{})
	c := dialJSON(t, emu, emulator.ClientOptions{Roles: []string{"webpubsub.joinLeaveGroup.mine", "webpubsub.sendToGroups.room.*"}})
	forbidden := func(ackID, what string) string {
		return `{"type":"ack","ackId":` + ackID + `,"success":false,"error":{"name":"Forbidden","message":"The client does not have permission to ` + what + `."}}`
	}
	tests := []struct {
		name, send string
		want       []string
	}{
		{"ping", `{"type":"ping"}`, []string{`{"type":"pong"}`}},
		{"sequenceAck is harmless", `{"type":"sequenceAck","sequenceId":"7"}`, nil},
		{"join allowed", `{"type":"joinGroup","group":"mine","ackId":1}`, []string{`{"type":"ack","ackId":1,"success":true}`}},
		{"twice", `{"type":"joinGroup","group":"mine","ackId":1}`, []string{`{"type":"ack","ackId":1,"success":false,"error":{"name":"Duplicate","message":"Message with ack-id: 1 has been processed"}}`}},
		{"leave allowed", `{"type":"leaveGroup","group":"mine","ackId":3}`, []string{`{"type":"ack","ackId":3,"success":true}`}},
		{"join", `{"type":"joinGroup","group":"other","ackId":2}`, []string{forbidden("2", "join group 'other'")}},
		{"leave", `{"type":"leaveGroup","group":"other","ackId":2}`, []string{forbidden("2", "leave group 'other'")}},
		{"send", `{"type":"sendToGroup","group":"room.a.b","data":1,"ackId":2}`, []string{forbidden("2", "send to group 'room.a.b'")}},
		{"a failed id may be used again", `{"type":"sendToGroup","group":"room.a","data":1,"ackId":2}`, []string{`{"type":"ack","ackId":2,"success":true}`}},
		{"a failure without ackId is silent", `{"type":"joinGroup","group":"other"}`, nil},
		{"no handler", `{"type":"event","event":"e","data":1,"ackId":18446744073709551615}`, []string{`{"type":"ack","ackId":18446744073709551615,"success":false,"error":{"name":"InternalServerError","message":"Internal server error"}}`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c.send(tt.send)
			c.want(tt.want...)
		})
	}
	c.quiet(emu)
}

func TestJSONEventReply(t *testing.T) {
	answers := map[string]func(w http.ResponseWriter){
		"text":     func(w http.ResponseWriter) { reply(w, "text/plain; charset=utf-8", `say "hi"`) },
		"json":     func(w http.ResponseWriter) { reply(w, "application/json", `{"b": 1}`) },
		"binary":   func(w http.ResponseWriter) { reply(w, "application/octet-stream", "\x00\xff") },
		"untyped":  func(w http.ResponseWriter) { w.Header()["Content-Type"] = nil; _, _ = w.Write([]byte("x")) },
		"any":      func(w http.ResponseWriter) { reply(w, "application/x-protobuf", "\x0a") },
		"nothing":  func(w http.ResponseWriter) { w.WriteHeader(204) },
		"metadata": func(w http.ResponseWriter) { w.Header().Set("X-WebPubSub-Metadata-Trace", "1") },
		"html":     func(w http.ResponseWriter) { reply(w, "text/html", "<p>") },
		"badjson":  func(w http.ResponseWriter) { reply(w, "application/json", "{") },
		"error":    func(w http.ResponseWriter) { http.Error(w, "secret detail", 500) },
		"moved":    func(w http.ResponseWriter) { w.Header().Set("Location", "/"); w.WriteHeader(302) },
	}
	a := newApp(t, func(w http.ResponseWriter, r received) {
		if answer := answers[r.event()]; answer != nil {
			answer(w)
		}
	})
	emu := start(t, emulator.Options{Hubs: a.hubs()})
	c := dialJSON(t, emu, emulator.ClientOptions{})
	const ok, failed = `{"type":"ack","ackId":1,"success":true}`, `{"type":"ack","ackId":1,"success":false,"error":{"name":"InternalServerError","message":"Internal server error"}}`
	server := func(rest string) string { return `{"type":"message","from":"server",` + rest + `}` }
	tests := []struct{ event, message, ack string }{
		{"text", server(`"dataType":"text","data":"say \"hi\""`), ok},
		{"json", server(`"dataType":"json","data":{"b": 1}`), ok},
		{"binary", server(`"dataType":"binary","data":"AP8="`), ok},
		{"untyped", server(`"dataType":"binary","data":"eA=="`), ok},
		{"any", server(`"dataType":"protobuf","data":"Cg=="`), ok},
		{"nothing", "", ok},
		{"metadata", server(`"dataType":"text","data":"","metadata":{"trace":"1"}`), ok},
		{"html", "", failed},
		{"badjson", "", failed},
		{"error", "", failed},
		{"moved", "", failed},
	}
	for i, tt := range tests {
		t.Run(tt.event, func(t *testing.T) {
			id := strconv.Itoa(i + 1)
			c.send(`{"type":"event","event":"` + tt.event + `","data":{},"ackId":` + id + `}`)
			if tt.message != "" {
				c.want(tt.message)
			}
			c.want(replaceAckID(tt.ack, id))
		})
	}
}

func TestJSONRefusesMalformed(t *testing.T) {
	emu := start(t, emulator.Options{})
	const text = "The client message is not a valid JSON protocol message."
	for _, message := range []string{`{`, `{"type":"nope"}`, `{"type":"event","event":"1st","data":1}`} {
		t.Run(message, func(t *testing.T) {
			c := dialJSON(t, emu, emulator.ClientOptions{})
			c.send(message)
			c.want(`{"type":"system","event":"disconnected","message":"` + text + `"}`)
			c.wantClose(websocket.StatusInvalidFramePayloadData, text)
		})
	}
}

func TestJSONAcceptsBinaryFrames(t *testing.T) {
	emu := start(t, emulator.Options{})
	c := dialJSON(t, emu, emulator.ClientOptions{})
	if err := c.Write(testContext(t), websocket.MessageBinary, []byte(`{"type":"ping"}`)); err != nil {
		t.Fatal(err)
	}
	c.want(`{"type":"pong"}`)
}

func reply(w http.ResponseWriter, contentType, body string) {
	w.Header().Set("Content-Type", contentType)
	_, _ = w.Write([]byte(body))
}

func replaceAckID(ack, id string) string {
	return strings.Replace(ack, `"ackId":1,`, `"ackId":`+id+`,`, 1)
}
