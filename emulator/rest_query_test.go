package emulator_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
)

// TestRESTQuestions: HEAD answers 200 or 404, without a body.
func TestRESTQuestions(t *testing.T) {
	emu := start(t, emulator.Options{})
	c := dialJSON(t, emu, emulator.ClientOptions{UserID: "ada/1", Groups: []string{"g"}, Roles: []string{"webpubsub.sendToGroup.g"}})
	permission := "/permissions/sendToGroup/connections/" + c.id + "?targetName="
	tests := []struct {
		path   string
		status int
		code   string
	}{
		{"/connections/" + c.id, 200, ""},
		{"/connections/conn1", 404, "Info.Connection.NotExisted"},
		{"/users/ada%2F1", 200, ""},
		{"/users/bob", 404, "Info.User.NotExisted"},
		{"/groups/g", 200, ""},
		{"/groups/h", 404, "Info.Group.NotExisted"},
		{permission + "g", 200, ""},
		{permission + "h", 404, "Info.Permission.NotExisted"},
		{"/permissions/joinleavegroup/connections/" + c.id + "?targetName=g", 404, "Info.Permission.NotExisted"},
		{"/permissions/sendToGroup/connections/conn1?targetName=g", 404, "Info.Permission.NotExisted"},
		{permission, 400, "Error.BadRequest"},
		{"/permissions/fly/connections/" + c.id + "?targetName=g", 400, "Error.BadRequest"},
	}
	for _, tt := range tests {
		got := rest(t, emu, "HEAD", "/api/hubs/chat"+tt.path, "", "")
		if got.status != tt.status || got.header.Get("x-ms-error-code") != tt.code || got.body != "" {
			t.Errorf("%s: status %d, %v, %q", tt.path, got.status, got.header, got.body)
		}
	}
}

// memberPage is a page of a listing as a client reads it.
type memberPage struct {
	Value    []struct{ ConnectionID, UserID string }
	NextLink string
}

// listAll follows nextLink to the end and returns the ids of each page.
func listAll(t *testing.T, emu *emulator.Emulator, path string) (pages [][]string) {
	t.Helper()
	for path != "" {
		got := rest(t, emu, "GET", path, "", "")
		var page memberPage
		if err := json.Unmarshal([]byte(got.body), &page); err != nil || got.status != 200 {
			t.Fatalf("%s: status %d: %s", path, got.status, got.body)
		}
		ids := []string{}
		for _, m := range page.Value {
			ids = append(ids, m.ConnectionID)
		}
		pages = append(pages, ids)
		rest, ok := strings.CutPrefix(page.NextLink, emu.Endpoint())
		if page.NextLink != "" && (!ok || !strings.Contains(rest, "api-version=2023-07-01")) {
			t.Fatalf("next link %q", page.NextLink)
		}
		path = rest
	}
	return pages
}

func TestRESTListing(t *testing.T) {
	emu := start(t, emulator.Options{})
	var ids []string
	for range 5 {
		ids = append(ids, dialJSON(t, emu, emulator.ClientOptions{Groups: []string{"a/b c"}}).id)
	}
	slices.Sort(ids)
	tests := []struct {
		query string
		pages [][]string
	}{
		{"", [][]string{ids}},
		{"&maxpagesize=5", [][]string{ids}},
		{"&maxpagesize=2", [][]string{ids[:2], ids[2:4], ids[4:]}},
		{"&top=3", [][]string{ids[:3]}},
		{"&maxpagesize=2&top=3", [][]string{ids[:2], ids[2:3]}},
		{"&maxpagesize=2&top=4", [][]string{ids[:2], ids[2:4]}},
	}
	for _, tt := range tests {
		got := listAll(t, emu, "/api/hubs/chat/groups/a%2Fb%20c/connections?api-version=2023-07-01"+tt.query)
		if !slices.EqualFunc(got, tt.pages, slices.Equal) {
			t.Errorf("%s: %v, want %v", tt.query, got, tt.pages)
		}
	}
}

func TestRESTListingAnswers(t *testing.T) {
	emu := start(t, emulator.Options{})
	const path = "/api/hubs/chat/groups/g/connections"
	if got := rest(t, emu, "GET", path, "", ""); got.status != 200 || got.body != `{"value":[]}` {
		t.Errorf("nobody: %d %s", got.status, got.body)
	}
	c := dialJSON(t, emu, emulator.ClientOptions{UserID: "ada", Groups: []string{"g"}})
	got := rest(t, emu, "GET", path, "", "")
	if got.body != `{"value":[{"connectionId":"`+c.id+`","userId":"ada"}]}` || got.header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Errorf("one: %s", got.body)
	}
	for _, query := range []string{"maxpagesize=0", "maxpagesize=201", "top=0", "top=x", "continuationToken=abc", "continuationToken=!"} {
		if got := rest(t, emu, "GET", path+"?"+query, "", ""); got.status != 400 {
			t.Errorf("%s: status %d", query, got.status)
		}
	}
}

// TestRESTFilters: sends reach those the filter holds for.
func TestRESTFilters(t *testing.T) {
	emu := start(t, emulator.Options{})
	ada := dialJSON(t, emu, emulator.ClientOptions{UserID: "ada", Groups: []string{"g", "h"}})
	bob := dialReliable(t, emu, emulator.ClientOptions{UserID: "bob", Groups: []string{"g"}})
	tests := []struct {
		path, filter string
		ada          bool
	}{
		{"/:send", "userId eq 'ada'", true},
		{"/:send", "'h' in groups and startswith(protocol, 'json')", true},
		{"/groups/g/:send", "connectionId ne '" + bob.id + "'", true},
		{"/users/ada/:send", "length(groups) gt 2", false},
		{"/users/ada/:send", " ", true},
	}
	for _, tt := range tests {
		got := rest(t, emu, "POST", "/api/hubs/chat"+tt.path+"?filter="+url.QueryEscape(tt.filter), "text/plain", "hi")
		if got.status != 202 {
			t.Fatalf("%s: status %d: %s", tt.filter, got.status, got.body)
		}
		if tt.ada && !strings.Contains(ada.read(), `"data":"hi"`) {
			t.Errorf("%s: ada got something else", tt.filter)
		}
		ada.quiet(emu)
	}
	call(t, emu, "POST", "/api/hubs/chat/connections/"+bob.id+"/:send", "text/plain", "first")
	bob.want(numbered(fromServer("first"), 1))
}

func TestRESTGroupsByFilter(t *testing.T) {
	emu := start(t, emulator.Options{})
	ada := dialJSON(t, emu, emulator.ClientOptions{UserID: "ada"})
	bob := dialJSON(t, emu, emulator.ClientOptions{UserID: "bob"})
	steps := []struct {
		operation, body string
		ada, bob        []string // groups afterwards
	}{
		{"add", `{"groups":["g","h"],"filter":"userId eq 'ada'"}`, []string{"g", "h"}, nil},
		{"add", `{"groups":["g"],"filter":null}`, []string{"g", "h"}, []string{"g"}},
		{"remove", `{"groups":["g","x"],"filter":"userId eq 'bob'"}`, []string{"g", "h"}, nil},
		{"remove", `{"groups":["h"]}`, []string{"g"}, nil},
	}
	for _, step := range steps {
		got := rest(t, emu, "POST", "/api/hubs/chat/:"+step.operation+map[string]string{"add": "To", "remove": "From"}[step.operation]+"Groups", "application/json", step.body)
		if got.status != 200 {
			t.Fatalf("%s %s: status %d: %s", step.operation, step.body, got.status, got.body)
		}
		for c, want := range map[*client][]string{ada: step.ada, bob: step.bob} {
			for _, group := range []string{"g", "h", "x"} {
				members := listAll(t, emu, "/api/hubs/chat/groups/"+group+"/connections")[0]
				if slices.Contains(members, c.id) != slices.Contains(want, group) {
					t.Errorf("%s %s: members of %s are %v", step.operation, step.body, group, members)
				}
			}
		}
	}
	bad := []struct {
		contentType, body string
		status            int
	}{
		{"application/json", `{`, 400},
		{"application/json", `{"groups":[]}`, 400},
		{"application/json", `{"groups":[" "]}`, 400},
		{"application/json", `{"groups":["g"],"filter":"userId"}`, 400},
		{"application/json", strings.Repeat(" ", 1<<20) + `{"groups":["g"]}`, 400},
		{"text/plain", `{"groups":["g"]}`, 415},
		{"", `{"groups":["g"]}`, 415},
	}
	for _, tt := range bad {
		for _, operation := range []string{":addToGroups", ":removeFromGroups"} {
			if got := rest(t, emu, "POST", "/api/hubs/chat/"+operation, tt.contentType, tt.body); got.status != tt.status {
				t.Errorf("%s %.40s as %q: status %d", operation, tt.body, tt.contentType, got.status)
			}
		}
	}
}

// TestRESTGeneratesTokens: a client can use what it gets.
func TestRESTGeneratesTokens(t *testing.T) {
	emu := start(t, emulator.Options{})
	got := rest(t, emu, "POST", "/api/hubs/chat/:generateToken?userId=ada&role=webpubsub.sendToGroup&role=x&group=g&group=h&minutesToExpire=5", "", "")
	var answer struct{ Token string }
	if err := json.Unmarshal([]byte(got.body), &answer); err != nil || got.status != 200 {
		t.Fatalf("status %d: %s", got.status, got.body)
	}
	c, _, err := dialURL(t, strings.Replace(emu.Endpoint(), "http", "ws", 1)+"/client/hubs/chat?access_token="+answer.Token, jsonProtocol)
	if err != nil {
		t.Fatal(err)
	}
	if connected := c.read(); !strings.Contains(connected, `"userId":"ada"`) {
		t.Error(connected)
	}
	c.send(`{"type":"sendToGroup","group":"h","dataType":"text","data":"x"}`)
	c.want(`{"type":"message","from":"group","group":"h","fromUserId":"ada","dataType":"text","data":"x"}`)
	_ = c.Close(websocket.StatusNormalClosure, "")
}

func TestRESTGeneratedClaims(t *testing.T) {
	emu := start(t, emulator.Options{})
	tests := []struct {
		query  string
		status int
		aud    string // its path
		life   float64
	}{
		{"", 200, "/client/hubs/chat", 3600},
		{"clientType=DEFAULT&minutesToExpire=1", 200, "/client/hubs/chat", 60},
		{"clientType=mqtt", 200, "/clients/mqtt/hubs/chat", 3600},
		{"clientType=socketio", 400, "", 0},
		{"minutesToExpire=0", 400, "", 0},
		{"group=%20", 400, "", 0},
	}
	for _, tt := range tests {
		got := rest(t, emu, "POST", "/api/hubs/Chat/:generateToken?"+tt.query, "", "")
		if got.status != tt.status {
			t.Errorf("%s: status %d: %s", tt.query, got.status, got.body)
		}
		if got.status != 200 {
			continue
		}
		claims := claimsOf(t, got.body)
		if claims["aud"] != emu.Endpoint()+tt.aud || claims["exp"].(float64)-claims["iat"].(float64) != tt.life || claims["sub"] != nil {
			t.Errorf("%s: %v", tt.query, claims)
		}
	}
}
