package emulator_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/internal/wire"
)

func fromServer(text string) string {
	return `{"type":"message","from":"server","dataType":"text","data":"` + text + `"}`
}

func fromGroup(group, text string) string {
	return `{"type":"message","from":"group","group":"` + group + `","fromUserId":null,"dataType":"text","data":"` + text + `"}`
}

func TestRESTSends(t *testing.T) {
	emu := start(t, emulator.Options{})
	ada := dialJSON(t, emu, emulator.ClientOptions{UserID: "ada", Groups: []string{"a/b c"}})
	bob := dialJSON(t, emu, emulator.ClientOptions{UserID: "bob", Groups: []string{"a/b c"}})
	tests := []struct {
		name, path string
		ada, bob   string // what each gets; empty for nothing
	}{
		{"all", "/api/hubs/CHAT/:send?api-version=2024-12-01", fromServer("hi"), fromServer("hi")},
		{"all but two", "/api/hubs/chat/:send?excluded=x&excluded=" + bob.id, fromServer("hi"), ""},
		{"connection", "/api/hubs/chat/connections/" + ada.id + "/:send?messageTtlSeconds=300", fromServer("hi"), ""},
		{"no such connection", "/api/hubs/chat/connections/none/:send", "", ""},
		{"user", "/api/hubs/chat/users/bob/:send", "", fromServer("hi")},
		{"no such user", "/api/hubs/chat/users/none/:send", "", ""},
		{"group", "/api/hubs/chat/groups/a%2Fb%20c/:send", fromGroup("a/b c", "hi"), fromGroup("a/b c", "hi")},
		{"group but one", "/api/hubs/chat/groups/a%2Fb%20c/:send?excluded=" + ada.id, "", fromGroup("a/b c", "hi")},
		{"no such group", "/api/hubs/chat/groups/none/:send", "", ""},
		{"other hub", "/api/hubs/other/:send", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			call(t, emu, "POST", tt.path, "text/plain", "hi")
			for c, want := range map[*client]string{ada: tt.ada, bob: tt.bob} {
				if want != "" {
					c.want(want)
				}
				c.quiet(emu)
			}
		})
	}
}

func TestRESTPayloads(t *testing.T) {
	emu := start(t, emulator.Options{})
	c := dialJSON(t, emu, emulator.ClientOptions{})
	tests := []struct{ contentType, body, want string }{
		{"text/plain; charset=utf-8", "é", `"dataType":"text","data":"é"`},
		{"text/plain; charset=ISO-8859-1", "\xe9", `"dataType":"text","data":"é"`},
		{"application/json", ` {"a":1}`, `"dataType":"json","data": {"a":1}`},
		{"application/octet-stream", "\x00\xff", `"dataType":"binary","data":"AP8="`},
		{"", "x", `"dataType":"binary","data":"eA=="`},
	}
	for _, tt := range tests {
		t.Run(tt.contentType, func(t *testing.T) {
			call(t, emu, "POST", "/api/hubs/chat/:send", tt.contentType, tt.body)
			c.want(`{"type":"message","from":"server",` + tt.want + `}`)
		})
	}
	t.Run("metadata", func(t *testing.T) {
		req := signed(t, emu, "POST", "/api/hubs/chat/:send", "x")
		req.Header.Set("X-WebPubSub-Metadata-Trace", "1")
		if status := do(t, req).status; status != 202 {
			t.Fatalf("status %d", status)
		}
		c.want(`{"type":"message","from":"server","dataType":"text","data":"x","metadata":{"trace":"1"}}`)
	})
}

func TestRESTGroups(t *testing.T) {
	emu := start(t, emulator.Options{})
	ada := dialJSON(t, emu, emulator.ClientOptions{UserID: "ada"})
	conn, user := "/api/hubs/chat/groups/g/connections/"+ada.id, "/api/hubs/chat/users/ada/groups/g"
	steps := []struct {
		method, path string
		member       bool
	}{
		{"PUT", conn, true},
		{"PUT", conn, true},
		{"DELETE", conn, false},
		{"PUT", user, true},
		{"DELETE", user, false},
		{"DELETE", user, false},
		{"PUT", user, true},
		{"DELETE", "/api/hubs/chat/users/ada/groups", false},
		{"PUT", conn, true},
		{"DELETE", "/api/hubs/chat/connections/" + ada.id + "/groups", false},
		{"DELETE", "/api/hubs/chat/connections/none/groups", false},
		{"DELETE", "/api/hubs/chat/groups/g/connections/none", false},
		{"DELETE", "/api/hubs/chat/users/none/groups/g", false},
	}
	for _, step := range steps {
		call(t, emu, step.method, step.path, "", "")
		call(t, emu, "POST", "/api/hubs/chat/groups/g/:send", "text/plain", "hi")
		if step.member {
			ada.want(fromGroup("g", "hi"))
		}
		ada.quiet(emu)
	}
}

func TestRESTCloses(t *testing.T) {
	tests := []struct {
		name, method, path string
		closes             []bool // of ada, bob and eve
	}{
		{"all", "POST", "/api/hubs/chat/:closeConnections?reason=R", []bool{true, true, true}},
		{"all but one", "POST", "/api/hubs/chat/:closeConnections?reason=R&excluded={ada}", []bool{false, true, true}},
		{"group", "POST", "/api/hubs/chat/groups/g/:closeConnections?reason=R", []bool{true, true, false}},
		{"group but one", "POST", "/api/hubs/chat/groups/g/:closeConnections?reason=R&excluded={ada}", []bool{false, true, false}},
		{"user", "POST", "/api/hubs/chat/users/ada/:closeConnections?reason=R", []bool{true, false, false}},
		{"connection", "DELETE", "/api/hubs/chat/connections/{ada}?reason=R", []bool{true, false, false}},
		{"no such connection", "DELETE", "/api/hubs/chat/connections/none?reason=R", []bool{false, false, false}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			emu := start(t, emulator.Options{})
			ada := dialJSON(t, emu, emulator.ClientOptions{UserID: "ada", Groups: []string{"g"}})
			bob := dialJSON(t, emu, emulator.ClientOptions{UserID: "bob", Groups: []string{"g"}})
			eve := dialJSON(t, emu, emulator.ClientOptions{})
			call(t, emu, "POST", "/api/hubs/chat/:send", "text/plain", "before")
			call(t, emu, tt.method, strings.ReplaceAll(tt.path, "{ada}", ada.id), "", "")
			for i, c := range []*client{ada, bob, eve} {
				c.want(fromServer("before"))
				if !tt.closes[i] {
					c.quiet(emu)
					continue
				}
				c.want(`{"type":"system","event":"disconnected","message":"Application server closed the connection. Reason: R"}`)
				c.wantClose(websocket.StatusNormalClosure, "R")
			}
		})
	}
}

func TestRESTCloseOfSimpleClient(t *testing.T) {
	emu := start(t, emulator.Options{})
	c := dial(t, emu, emulator.ClientOptions{})
	long := strings.Repeat("é", 100)
	call(t, emu, "POST", "/api/hubs/chat/:closeConnections?reason="+long, "", "")
	c.wantClose(websocket.StatusNormalClosure, strings.Repeat("é", 61))
}

func TestRESTPermissions(t *testing.T) {
	emu := start(t, emulator.Options{})
	c := dialJSON(t, emu, emulator.ClientOptions{Roles: []string{"webpubsub.joinLeaveGroups.r*"}})
	send, join := "/api/hubs/chat/permissions/sendToGroup/connections/"+c.id, "/api/hubs/chat/permissions/JOINLEAVEGROUP/connections/"+c.id
	steps := []struct {
		method, path string
		request      string
		allowed      bool
	}{
		{"PUT", send + "?targetName=g", `"sendToGroup","group":"g","data":1`, true},
		{"PUT", send + "?targetName=g", `"sendToGroup","group":"h","data":1`, false},
		{"DELETE", send + "?targetName=g", `"sendToGroup","group":"g","data":1`, false},
		{"PUT", join + "?targetName=*", `"joinGroup","group":"h"`, false},
		{"PUT", join + "?targetName=h", `"joinGroup","group":"h"`, true},
		{"DELETE", join + "?targetName=room", `"joinGroup","group":"room"`, false},
		{"PUT", join + "?targetName=room", `"joinGroup","group":"room"`, true},
		{"DELETE", "/api/hubs/chat/permissions/1/connections/none?targetName=g", `"joinGroup","group":"red"`, true},
	}
	for i, step := range steps {
		call(t, emu, step.method, step.path, "", "")
		c.send(`{"type":` + step.request + `,"ackId":` + string(rune('0'+i)) + `}`)
		if got := c.read(); strings.Contains(got, `"success":true`) != step.allowed {
			t.Errorf("step %d, %s %s: %s", i, step.method, step.path, got)
		}
	}
}

func TestRESTErrors(t *testing.T) {
	emu := start(t, emulator.Options{})
	c := dialJSON(t, emu, emulator.ClientOptions{})
	many := "/api/hubs/chat/permissions/sendToGroup/connections/" + c.id + "?targetName="
	tests := []struct {
		name, method, path string
		contentType, body  string
		status             int
		code               string
	}{
		{"no such connection", "PUT", "/api/hubs/chat/groups/g/connections/conn1", "", "", 404, "Info.Connection.NotExisted"},
		{"no such user", "PUT", "/api/hubs/chat/users/u/groups/g", "", "", 404, "Info.User.NotExisted"},
		{"grant to nobody", "PUT", "/api/hubs/chat/permissions/sendToGroup/connections/conn1?targetName=g", "", "", 404, "Info.Connection.NotExisted"},
		{"bad permission", "PUT", "/api/hubs/chat/permissions/fly/connections/" + c.id, "", "", 400, "Error.BadRequest"},
		{"no target", "DELETE", "/api/hubs/chat/permissions/sendToGroup/connections/" + c.id, "", "", 400, "Error.BadRequest"},
		{"bad target", "PUT", many + "%20", "", "", 400, "Error.BadRequest"},
		{"no such operation", "POST", "/api/hubs/chat/nothing", "", "", 404, "Error.NotFound"},
		{"no hub", "POST", "/api/hubs//:send", "", "", 404, "Error.NotFound"},
		{"wrong method", "GET", "/api/hubs/chat/:send", "", "", 405, "Error.MethodNotAllowed"},
		{"bad hub", "POST", "/api/hubs/1/:send", "text/plain", "x", 400, "Error.BadRequest"},
		{"bad group", "POST", "/api/hubs/chat/groups/%20/:send", "text/plain", "x", 400, "Error.BadRequest"},
		{"unknown version", "POST", "/api/hubs/chat/:send?api-version=1", "text/plain", "x", 400, "Error.BadRequest"},
		{"two versions", "POST", "/api/hubs/chat/:send?api-version=2024-12-01&api-version=2024-12-01", "text/plain", "x", 400, "Error.BadRequest"},
		{"bad ttl", "POST", "/api/hubs/chat/:send?messageTtlSeconds=301", "text/plain", "x", 400, "Error.BadRequest"},
		{"filter", "POST", "/api/hubs/chat/:send?filter=userId", "text/plain", "x", 400, "Error.BadRequest"},
		{"bad JSON", "POST", "/api/hubs/chat/:send", "application/json", "{", 400, "Error.BadRequest"},
		{"bad text", "POST", "/api/hubs/chat/:send", "text/plain", "\xff", 400, "Error.BadRequest"},
		{"too large", "POST", "/api/hubs/chat/:send", "text/plain", strings.Repeat("x", 1<<20+1), 400, "Error.BadRequest"},
		{"media type", "POST", "/api/hubs/chat/:send", "text/html", "x", 415, "Error.UnsupportedMediaType"},
		{"charset", "POST", "/api/hubs/chat/:send", "text/plain; charset=koi8-r", "x", 415, "Error.UnsupportedMediaType"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := rest(t, emu, tt.method, tt.path, tt.contentType, tt.body)
			var body map[string]any
			if err := json.Unmarshal([]byte(got.body), &body); err != nil {
				t.Fatalf("body %q: %v", got.body, err)
			}
			if got.status != tt.status || body["code"] != tt.code || got.header.Get("x-ms-error-code") != tt.code {
				t.Errorf("status %d, %v, header %v", got.status, body, got.header)
			}
		})
	}
	t.Run("exact body", func(t *testing.T) {
		got := rest(t, emu, "PUT", "/api/hubs/chat/groups/g/connections/conn1", "", "").body
		if got != `{"code":"Info.Connection.NotExisted","message":"Connection `+"`conn1`"+` is not found.","target":"Connection","details":null,"innererror":null}` {
			t.Errorf("body %s", got)
		}
	})
	t.Run("too many permissions", func(t *testing.T) {
		for i := range 1000 {
			call(t, emu, "PUT", many+"g"+time.Duration(i).String(), "", "")
		}
		if got := rest(t, emu, "PUT", many+"more", "", ""); got.status != 409 || got.header.Get("x-ms-error-code") != "Error.Connection.Conflict" {
			t.Errorf("status %d: %s", got.status, got.body)
		}
		call(t, emu, "DELETE", many+"g0s", "", "")
		call(t, emu, "PUT", many+"more", "", "")
	})
}

func TestRESTAuthentication(t *testing.T) {
	emu := start(t, emulator.Options{})
	const path = "/api/hubs/chat/groups/a%2Fb%20c/:send?api-version=2024-12-01&excluded=b+c"
	url := emu.Endpoint() + path
	bare, _, _ := strings.Cut(url, "?")
	now := time.Now()
	tests := []struct {
		name, key, audience string
		at                  time.Time
		want                int
	}{
		{"with query", emulator.DefaultAccessKey, url, now, 202},
		{"without query", emulator.DefaultAccessKey, bare, now, 202},
		{"decoded", emulator.DefaultAccessKey, emu.Endpoint() + "/api/hubs/chat/groups/a/b c/:send", now, 202},
		{"other case", emulator.DefaultAccessKey, strings.ToUpper(url), now, 202},
		{"behind a proxy", emulator.DefaultAccessKey, strings.Replace(url, "http://127.0.0.1", "https://example.test", 1), now, 202},
		{"other path", emulator.DefaultAccessKey, emu.Endpoint() + "/api/hubs/chat/:send", now, 401},
		{"other query", emulator.DefaultAccessKey, bare + "?a=b", now, 401},
		{"other key", strings.Repeat("k", 32), url, now, 401},
		{"expired", emulator.DefaultAccessKey, url, now.Add(-time.Hour), 401},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			token, err := wire.MintRESTToken(tt.key, tt.audience, tt.at)
			if err != nil {
				t.Fatal(err)
			}
			got := restWith(t, "POST", url, token, "text/plain", "x")
			if got.status != tt.want {
				t.Errorf("status %d: %s", got.status, got.body)
			}
			if got.header.Get("api-supported-versions") != "2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01" {
				t.Errorf("headers %v", got.header)
			}
		})
	}
	if got := restWith(t, "POST", url, "", "text/plain", "x"); got.status != 401 {
		t.Errorf("no token: status %d", got.status)
	}
	if got := restWith(t, "HEAD", emu.Endpoint()+"/api/health", "", "", ""); got.status != 200 {
		t.Errorf("health: status %d", got.status)
	}
}

// TestRESTNeedsContentLength: a chunked body is refused, as by the service.
func TestRESTNeedsContentLength(t *testing.T) {
	emu := start(t, emulator.Options{})
	req := signed(t, emu, "POST", "/api/hubs/chat/:send", "x")
	req.ContentLength = -1
	if got := do(t, req); got.status != 400 || !reflect.DeepEqual(got.header["X-Ms-Error-Code"], []string{"Error.BadRequest"}) {
		t.Errorf("status %d: %s", got.status, got.body)
	}
}
