package wps

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/vectors"
	"github.com/wpsgen/wpsgen/internal/wire"
)

type actionVector struct {
	ID, Hub          string
	Action, Expected json.RawMessage
}

func TestActionVectors(t *testing.T) {
	for _, v := range vectors.Load[*actionVector](t, "extension/actions.json") {
		t.Run(v.ID, func(t *testing.T) {
			actions, err := ParseActions(v.Action)
			var got []restRequest
			for _, a := range actions {
				r, e := a.restRequest()
				got, err = append(got, r), errors.Join(err, e)
			}
			if _, fails := vectors.Decode[map[string]json.RawMessage](t, v.Expected)["error"]; !fails && err != nil {
				t.Fatal(err)
			}
			vectors.Check(t, v.Expected, v.checks(got, err))
		})
	}
}

func (v *actionVector) checks(got []restRequest, err error) map[string]func(testing.TB, json.RawMessage) {
	requests := func(t testing.TB, want []json.RawMessage) {
		if len(got) != len(want) {
			t.Fatalf("%d requests, want %d", len(got), len(want))
		}
		for i := range want {
			vectors.Check(t, want[i], requestChecks(t, v.Hub, got[i]))
		}
	}
	return map[string]func(testing.TB, json.RawMessage){
		"error": func(t testing.TB, want json.RawMessage) {
			message := vectors.Text(t, want)
			if !strings.HasSuffix(message, ".") {
				message = "" // .NET's own, or not known
			}
			if err == nil || !strings.Contains(err.Error(), message) {
				t.Errorf("error %v, want %s", err, want)
			}
		},
		"request":  func(t testing.TB, want json.RawMessage) { requests(t, []json.RawMessage{want}) },
		"requests": func(t testing.TB, want json.RawMessage) { requests(t, vectors.Decode[[]json.RawMessage](t, want)) },
	}
}

func requestChecks(t testing.TB, hub string, got restRequest) map[string]func(testing.TB, json.RawMessage) {
	client := newServiceClient(connection{ConnectionString: wire.ConnectionString{Endpoint: "https://svc.example", AccessKey: testKey}}, hub)
	u, err := url.Parse(client.url(&got))
	if err != nil {
		t.Fatal(err)
	}
	is := func(what, got string) func(testing.TB, json.RawMessage) {
		return func(t testing.TB, want json.RawMessage) {
			if text := vectors.Text(t, want); got != text {
				t.Errorf("%s %q, want %q", what, got, text)
			}
		}
	}
	return map[string]func(testing.TB, json.RawMessage){
		"method": is("method", got.method), "path": is("path", u.EscapedPath()), "contentType": is("content type", got.contentType),
		"bodyText": is("body", string(got.body)), "bodyBase64": is("body", base64.StdEncoding.EncodeToString(got.body)),
		"query": func(t testing.TB, want json.RawMessage) {
			query := url.Values{"api-version": {"2024-12-01"}}
			for _, q := range vectors.Decode[[][2]string](t, want) {
				query.Add(q[0], q[1])
			}
			if u.Query().Encode() != query.Encode() {
				t.Errorf("query %s, want %s", u.RawQuery, query.Encode())
			}
		},
		"successStatuses": func(t testing.TB, want json.RawMessage) {
			if list := vectors.Decode[[]int](t, want); len(list) != 1 || got.success != list[0] {
				t.Errorf("success is %d, want %v", got.success, list)
			}
		},
	}
}

// TestEveryAction holds all of them against service-spec 4.
func TestEveryAction(t *testing.T) {
	text := Text("hi")
	excluded := []string{"a b", "c&d"}
	for _, c := range []struct {
		action  Action
		want    string
		success int
	}{
		{SendToAll{Data: text, Excluded: excluded}, "POST /:send?excluded=a%20b&excluded=c%26d", 202},
		{SendToGroup{Group: "g/1 x", Data: text}, "POST /groups/g%2F1%20x/:send", 202},
		{SendToUser{UserID: "ü", Data: text}, "POST /users/%C3%BC/:send", 202},
		{SendToUser{UserID: "ann+1@example.com", Data: text}, "POST /users/ann%2B1%40example.com/:send", 202},
		{SendToGroup{Group: ":send", Data: text}, "POST /groups/%3Asend/:send", 202},
		{SendToConnection{ConnectionID: "-a_b.c~$&=,;'()*!%?#", Data: text}, "POST /connections/-a_b.c~%24%26%3D%2C%3B%27%28%29%2A%21%25%3F%23/:send", 202},
		{SendToConnection{ConnectionID: "c", Data: text}, "POST /connections/c/:send", 202},
		{AddUserToGroup{UserID: "u", Group: "g"}, "PUT /users/u/groups/g", 200},
		{RemoveUserFromGroup{UserID: "u", Group: "g"}, "DELETE /users/u/groups/g", 204},
		{RemoveUserFromAllGroups{UserID: "u"}, "DELETE /users/u/groups", 204},
		{AddConnectionToGroup{ConnectionID: "c", Group: "g"}, "PUT /groups/g/connections/c", 200},
		{RemoveConnectionFromGroup{ConnectionID: "c", Group: "g"}, "DELETE /groups/g/connections/c", 204},
		{CloseAllConnections{Excluded: excluded, Reason: "so long"}, "POST /:closeConnections?excluded=a%20b&excluded=c%26d&reason=so%20long", 204},
		{CloseClientConnection{ConnectionID: "c", Reason: "r"}, "DELETE /connections/c?reason=r", 204},
		{CloseGroupConnections{Group: "g", Reason: "r"}, "POST /groups/g/:closeConnections?reason=r", 204},
		{GrantPermission{ConnectionID: "c", Permission: "SENDTOGROUP", TargetName: "g"}, "PUT /permissions/sendToGroup/connections/c?targetName=g", 200},
		{RevokePermission{ConnectionID: "c", Permission: PermissionJoinLeaveGroup}, "DELETE /permissions/joinLeaveGroup/connections/c", 204},
		{SendToAll{Data: text, Excluded: []string{"a"}, Filter: "userId eq " + FilterString("it's"), TTL: 30 * time.Second},
			"POST /:send?excluded=a&filter=userId%20eq%20%27it%27%27s%27&messageTtlSeconds=30", 202},
		{SendToGroup{Group: "g", Data: text, Filter: "f", TTL: 300 * time.Second}, "POST /groups/g/:send?filter=f&messageTtlSeconds=300", 202},
		{SendToUser{UserID: "u", Data: text, Filter: "f", TTL: time.Second}, "POST /users/u/:send?filter=f&messageTtlSeconds=1", 202},
		{SendToConnection{ConnectionID: "c", Data: text, TTL: time.Second}, "POST /connections/c/:send?messageTtlSeconds=1", 202},
		{CloseUserConnections{UserID: "u", Excluded: excluded[:1], Reason: "r"}, "POST /users/u/:closeConnections?excluded=a%20b&reason=r", 204},
		{RemoveConnectionFromAllGroups{ConnectionID: "c"}, "DELETE /connections/c/groups", 204},
		{AddConnectionsToGroups{Groups: []string{"g"}}, `POST /:addToGroups {"groups":["g"]}`, 200},
		{RemoveConnectionsFromGroups{Groups: []string{"g", "h"}, Filter: "f"}, `POST /:removeFromGroups {"groups":["g","h"],"filter":"f"}`, 200},
	} {
		r, err := c.action.restRequest()
		if err != nil {
			t.Errorf("%s: %v", c.action.actionName(), err)
			continue
		}
		got := r.method + " " + r.path
		if r.query != "" {
			got += "?" + r.query
		}
		if r.contentType == "application/json" {
			got += " " + string(r.body)
		}
		if got != c.want || r.success != c.success {
			t.Errorf("%s: %s -> %d, want %s -> %d", c.action.actionName(), got, r.success, c.want, c.success)
		}
	}
}

func TestActionErrors(t *testing.T) {
	client, err := NewServiceClient(testConnection, "chat", WithHTTPClient(&http.Client{Transport: noNetwork{t}}))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		action Action
		want   []string
	}{
		{nil, []string{"action 2 of 2 is nil"}},
		{SendToAll{}, []string{"SendToAll", "Data is missing"}},
		{SendToAll{Data: JSON(make(chan int))}, []string{"SendToAll", "Data: json: unsupported type"}},
		{SendToGroup{Data: Text("x")}, []string{"SendToGroup", "Group is missing"}},
		{SendToGroup{Group: "..", Data: Text("x")}, []string{"SendToGroup", `Group ".."`}},
		{SendToUser{Data: Text("x")}, []string{"SendToUser", "UserID is missing"}},
		{SendToUser{UserID: ".", Data: Text("x")}, []string{"SendToUser", `UserID "."`}},
		{SendToConnection{Data: Text("x")}, []string{"SendToConnection", "ConnectionID is missing"}},
		{AddUserToGroup{Group: "g"}, []string{"AddUserToGroup", "UserID is missing"}},
		{AddUserToGroup{UserID: "u"}, []string{"AddUserToGroup", "Group is missing"}},
		{RemoveConnectionFromGroup{Group: "g"}, []string{"RemoveConnectionFromGroup", "ConnectionID is missing"}},
		{CloseClientConnection{}, []string{"CloseClientConnection", "ConnectionID is missing"}},
		{CloseGroupConnections{}, []string{"CloseGroupConnections", "Group is missing"}},
		{GrantPermission{ConnectionID: "c"}, []string{"GrantPermission", "Permission is missing"}},
		{CloseUserConnections{}, []string{"CloseUserConnections", "UserID is missing"}},
		{RemoveConnectionFromAllGroups{}, []string{"ConnectionID is missing"}},
		{AddConnectionsToGroups{}, []string{"AddConnectionsToGroups", "Groups is missing"}},
		{RemoveConnectionsFromGroups{Groups: []string{"g", ""}}, []string{"Groups: item 2 is empty"}},
		{SendToAll{Data: Text("x"), TTL: 1500 * time.Millisecond}, []string{"SendToAll", "TTL 1.5s is not in whole seconds up to 5m0s"}},
		{SendToUser{UserID: "u", Data: Text("x"), TTL: -time.Second}, []string{"TTL -1s"}},
		{SendToConnection{ConnectionID: "c", Data: Text("x"), TTL: 301 * time.Second}, []string{"TTL 5m1s"}},
		{RevokePermission{ConnectionID: "c", Permission: "fly"}, []string{"RevokePermission", `"fly" is neither`}},
	} {
		// The good action before it must not go out: all are checked first.
		wantError(t, client.Do(t.Context(), SendToAll{Data: Text("first")}, c.action), c.want...)
	}
}

type noNetwork struct{ t *testing.T }

func (n noNetwork) RoundTrip(r *http.Request) (*http.Response, error) {
	n.t.Errorf("%s %s was sent", r.Method, r.URL)
	return nil, errors.New("no network")
}

func TestActionsFromSeveralGoroutines(t *testing.T) {
	var a Actions
	done := make(chan struct{})
	for range 4 {
		go func() {
			for range 100 {
				a.Add(RemoveUserFromAllGroups{UserID: "u"}, CloseAllConnections{})
			}
			done <- struct{}{}
		}()
	}
	for range 4 {
		<-done
	}
	list := a.taken()
	if len(list) != 800 {
		t.Fatalf("%d actions, want 800", len(list))
	}
	for i := 0; i < len(list); i += 2 {
		if list[i].actionName() != "RemoveUserFromAllGroups" || list[i+1].actionName() != "CloseAllConnections" {
			t.Fatalf("the actions of one Add are torn apart at %d", i)
		}
	}
}
