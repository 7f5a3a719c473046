package e2e_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
	wps "github.com/wpsgen/wpsgen/runtime"
)

// guest is a client of hub chat.
type guest struct {
	*websocket.Conn
	id string
}

type guestFrame struct {
	Type, Event, ConnectionID, Group, DataType, Message string
	Data                                                json.RawMessage
}

func connectGuest(t *testing.T, url string) *guest {
	t.Helper()
	conn, _, err := websocket.Dial(t.Context(), url, &websocket.DialOptions{Subprotocols: []string{"json.webpubsub.azure.v1"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.CloseNow() })
	g := &guest{Conn: conn}
	g.id = g.next(t).ConnectionID
	return g
}

func (g *guest) next(t *testing.T) guestFrame {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), scriptLimit)
	defer cancel()
	_, data, err := g.Read(ctx)
	var f guestFrame
	if err == nil {
		err = json.Unmarshal(data, &f)
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// wants checks that the next message has this data.
func (g *guest) wants(t *testing.T, data string) {
	t.Helper()
	if f := g.next(t); f.Type != "message" || string(f.Data) != data {
		t.Errorf("%s %s %s, want a message with %s", f.Type, f.DataType, f.Data, data)
	}
}

// wantsEnd checks that the client is told why it is closed, and is.
func (g *guest) wantsEnd(t *testing.T, reason string) {
	t.Helper()
	if f := g.next(t); f.Event != "disconnected" || !strings.HasSuffix(f.Message, "Reason: "+reason) {
		t.Errorf("%+v, want disconnected for %q", f, reason)
	}
	ctx, cancel := context.WithTimeout(t.Context(), scriptLimit)
	defer cancel()
	if _, _, err := g.Read(ctx); err == nil || ctx.Err() != nil {
		t.Error("the connection is still open")
	}
}

// room is a hub with ada and bob in it.
type room struct {
	*wps.ServiceClient
	em       *emulator.Emulator
	ada, bob *guest
}

func newRoom(t *testing.T) *room {
	t.Helper()
	em := startEmulator(t, emulator.Options{})
	client, err := wps.NewServiceClient(em.ConnectionString(), "chat")
	if err != nil {
		t.Fatal(err)
	}
	return &room{client, em, connectGuest(t, clientURL(t, em, emulator.ClientOptions{UserID: "ada"})),
		connectGuest(t, clientURL(t, em, emulator.ClientOptions{UserID: "bob"}))}
}

func (h *room) do(t *testing.T, actions ...wps.Action) {
	t.Helper()
	if err := h.Do(t.Context(), actions...); err != nil {
		t.Error(err)
	}
}

// TestServiceClientSends sends in every way there is.
func TestServiceClientSends(t *testing.T) {
	h := newRoom(t)
	h.do(t, wps.AddUserToGroup{UserID: "ada", Group: "a/b c"},
		wps.SendToAll{Data: wps.Text("all"), TTL: time.Minute},
		wps.SendToAll{Data: wps.JSON(1), Excluded: []string{h.bob.id}},
		wps.SendToAll{Data: wps.Text("filtered"), Filter: "userId eq " + wps.FilterString("ada") + " and 'a/b c' in groups"},
		wps.SendToGroup{Group: "a/b c", Data: wps.Binary([]byte{0xff}), TTL: time.Second, Filter: "connectionId ne null"},
		wps.SendToUser{UserID: "ada", Data: wps.Text("user"), Filter: "userId ne 'bob'"},
		wps.SendToConnection{ConnectionID: h.ada.id, Data: wps.Text("connection"), TTL: 300 * time.Second},
		wps.SendToConnection{ConnectionID: "none", Data: wps.Text("lost")},
		wps.SendToUser{UserID: "bob", Data: wps.Text("end")})
	for _, want := range []string{`"all"`, `1`, `"filtered"`, `"/w=="`, `"user"`, `"connection"`} {
		h.ada.wants(t, want)
	}
	h.bob.wants(t, `"all"`)
	h.bob.wants(t, `"end"`)
	var refused *wps.ServiceError
	err := h.Do(t.Context(), wps.SendToAll{Data: wps.Text("x"), Filter: "userId eq"})
	if !errors.As(err, &refused) || refused.StatusCode != http.StatusBadRequest || refused.Code != "Error.BadRequest" || refused.Retryable() || refused.Tries != 1 {
		t.Errorf("a bad filter: %+v", err)
	}
}

// TestServiceClientGroups changes groups in every way there is, and asks who is in them.
func TestServiceClientGroups(t *testing.T) {
	h := newRoom(t)
	both := []string{"ada", "bob"}
	for _, c := range []struct {
		action wps.Action
		want   []string // users in group g afterwards
	}{
		{wps.AddConnectionToGroup{ConnectionID: h.ada.id, Group: "g"}, both[:1]},
		{wps.AddUserToGroup{UserID: "bob", Group: "g"}, both},
		{wps.RemoveUserFromGroup{UserID: "ada", Group: "g"}, both[1:]},
		{wps.RemoveConnectionFromGroup{ConnectionID: h.bob.id, Group: "g"}, nil},
		{wps.AddConnectionsToGroups{Groups: []string{"g", "h"}}, both},
		{wps.RemoveConnectionsFromGroups{Groups: []string{"h", "g"}, Filter: "userId eq 'bob'"}, both[:1]},
		{wps.RemoveUserFromAllGroups{UserID: "ada"}, nil},
		{wps.AddConnectionsToGroups{Groups: []string{"g"}, Filter: "userId eq 'bob'"}, both[1:]},
		{wps.RemoveConnectionFromAllGroups{ConnectionID: h.bob.id}, nil},
		{wps.RemoveConnectionFromAllGroups{ConnectionID: "none"}, nil},
	} {
		h.do(t, c.action)
		if got := h.members(t, "g", wps.ListOptions{}); !slices.Equal(got, c.want) {
			t.Errorf("%#v leaves %q, want %q", c.action, got, c.want)
		}
		exists, err := h.GroupExists(t.Context(), "g")
		if err != nil || exists != (len(c.want) > 0) {
			t.Errorf("%#v: the group exists %v, %v", c.action, exists, err)
		}
	}
	for _, missing := range []wps.Action{wps.AddConnectionToGroup{ConnectionID: "none", Group: "g"}, wps.AddUserToGroup{UserID: "none", Group: "g"}} {
		var refused *wps.ServiceError
		if err := h.Do(t.Context(), missing); !errors.As(err, &refused) || !refused.NotFound() {
			t.Errorf("%#v: %v", missing, err)
		}
	}
}

// members are the users in a group, sorted.
func (h *room) members(t *testing.T, group string, o wps.ListOptions) []string {
	t.Helper()
	var users []string
	for one, err := range h.ConnectionsInGroup(t.Context(), group, o) {
		if err != nil {
			t.Fatal(err)
		}
		users = append(users, one.UserID)
	}
	slices.Sort(users)
	return users
}

// TestServiceClientPages lists more connections than a page has.
func TestServiceClientPages(t *testing.T) {
	h := newRoom(t)
	connectGuest(t, clientURL(t, h.em, emulator.ClientOptions{}))
	h.do(t, wps.AddConnectionsToGroups{Groups: []string{"a/b c"}})
	for _, c := range []struct {
		options wps.ListOptions
		want    int
	}{{wps.ListOptions{}, 3}, {wps.ListOptions{PageSize: 1}, 3}, {wps.ListOptions{PageSize: 2}, 3}, {wps.ListOptions{PageSize: 1, Top: 2}, 2}, {wps.ListOptions{Top: 9}, 3}} {
		if got := h.members(t, "a/b c", c.options); len(got) != c.want {
			t.Errorf("%+v: %q, want %d", c.options, got, c.want)
		}
	}
}

// TestServiceClientQuestions asks all there is to ask.
func TestServiceClientQuestions(t *testing.T) {
	h := newRoom(t)
	ctx := t.Context()
	if err := h.Health(ctx); err != nil {
		t.Error(err)
	}
	want := func(what string, want bool) func(bool, error) {
		return func(got bool, err error) {
			t.Helper()
			if err != nil || got != want {
				t.Errorf("%s: %v, %v", what, got, err)
			}
		}
	}
	want("connection", true)(h.ConnectionExists(ctx, h.ada.id))
	want("no connection", false)(h.ConnectionExists(ctx, "none"))
	want("user", true)(h.UserExists(ctx, "ada"))
	want("no user", false)(h.UserExists(ctx, "eve"))
	want("no group", false)(h.GroupExists(ctx, "g"))
	permission := func() (bool, error) { return h.HasPermission(ctx, h.ada.id, wps.PermissionSendToGroup, "g") }
	want("not granted", false)(permission())
	h.do(t, wps.GrantPermission{ConnectionID: h.ada.id, Permission: wps.PermissionSendToGroup, TargetName: "g"})
	want("granted", true)(permission())
	h.do(t, wps.RevokePermission{ConnectionID: h.ada.id, Permission: wps.PermissionSendToGroup, TargetName: "g"})
	want("revoked", false)(permission())
	if _, err := h.HasPermission(ctx, h.ada.id, wps.PermissionSendToGroup, ""); err == nil {
		t.Error("a permission for no group")
	}
}

// TestServiceClientCloses closes in every way there is.
func TestServiceClientCloses(t *testing.T) {
	for _, c := range []struct {
		name   string
		action func(*room) wps.Action // leaves bob
	}{
		{"one", func(h *room) wps.Action { return wps.CloseClientConnection{ConnectionID: h.ada.id, Reason: "so long"} }},
		{"user", func(*room) wps.Action { return wps.CloseUserConnections{UserID: "ada", Reason: "so long"} }},
		{"all but one", func(h *room) wps.Action {
			return wps.CloseAllConnections{Excluded: []string{h.bob.id}, Reason: "so long"}
		}},
		{"group but one", func(h *room) wps.Action {
			return wps.CloseGroupConnections{Group: "g", Excluded: []string{h.bob.id}, Reason: "so long"}
		}},
		{"user but none", func(h *room) wps.Action {
			return wps.CloseUserConnections{UserID: "ada", Excluded: []string{h.bob.id}, Reason: "so long"}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newRoom(t)
			h.do(t, wps.AddConnectionsToGroups{Groups: []string{"g"}}, c.action(h), wps.SendToAll{Data: wps.Text("still here")})
			h.ada.wantsEnd(t, "so long")
			h.bob.wants(t, `"still here"`)
		})
	}
}

// bearer is a credential with one token.
type bearer string

func (b bearer) Token(context.Context, string) (wps.AccessToken, error) {
	return wps.AccessToken{Token: string(b), ExpiresOn: time.Now().Add(time.Hour)}, nil
}

// TestServiceClientByIdentity sends with a token in place of a key, and connects with what the service made.
func TestServiceClientByIdentity(t *testing.T) {
	em := startEmulator(t, emulator.Options{AllowUnvalidatedEntra: true})
	client, err := wps.NewServiceClientWithCredential(em.Endpoint(), "chat", bearer(entraToken(t)))
	if err != nil {
		t.Fatal(err)
	}
	access, err := client.ClientAccess(t.Context(), wps.ClientAccessOptions{UserID: "eve", Groups: []string{"g"}, Roles: []string{"webpubsub.sendToGroup"}})
	if err != nil {
		t.Fatal(err)
	}
	eve := connectGuest(t, access.URL)
	if err := client.Do(t.Context(), wps.SendToGroup{Group: "g", Data: wps.Text("hi")}); err != nil {
		t.Fatal(err)
	}
	eve.wants(t, `"hi"`)
	stranger, err := wps.NewServiceClientWithCredential(em.Endpoint(), "chat", bearer("nonsense"))
	if err != nil {
		t.Fatal(err)
	}
	if err := stranger.Do(t.Context(), wps.SendToAll{Data: wps.Text("x")}); err == nil || !strings.Contains(err.Error(), "401") || strings.Contains(err.Error(), "nonsense") {
		t.Errorf("a stranger: %v", err)
	}
}
