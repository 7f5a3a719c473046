package wps

import (
	"context"
	"net/http"
	"strings"
	"testing"
)

func TestQuestions(t *testing.T) {
	questions := []struct {
		want string // the request
		ask  func(context.Context, *ServiceClient) (bool, error)
	}{
		{"/api/hubs/chat/connections/a%2Fb", func(ctx context.Context, c *ServiceClient) (bool, error) {
			return c.ConnectionExists(ctx, "a/b")
		}},
		{"/api/hubs/chat/users/ann", func(ctx context.Context, c *ServiceClient) (bool, error) { return c.UserExists(ctx, "ann") }},
		{"/api/hubs/chat/groups/g", func(ctx context.Context, c *ServiceClient) (bool, error) { return c.GroupExists(ctx, "g") }},
		{"/api/hubs/chat/permissions/sendToGroup/connections/c?targetName=g%20h", func(ctx context.Context, c *ServiceClient) (bool, error) {
			return c.HasPermission(ctx, "c", "SENDTOGROUP", "g h")
		}},
	}
	for _, q := range questions {
		for _, c := range []struct {
			status  int
			yes, ok bool
		}{{200, true, true}, {404, false, true}, {400, false, false}, {204, false, false}} {
			s := &script{replies: []answered{{status: c.status}}}
			yes, err := q.ask(t.Context(), s.client(t))
			if yes != c.yes || c.ok != (err == nil) {
				t.Errorf("%s %d: %v, %v", q.want, c.status, yes, err)
			}
			r := s.requests[0]
			got := strings.Replace(r.URL.RequestURI(), "?api-version=2024-12-01", "", 1)
			if got = strings.Replace(got, "&api-version=2024-12-01", "", 1); r.Method != http.MethodHead || got != q.want || r.Header.Get("Authorization") == "" {
				t.Errorf("%s %s, want HEAD %s", r.Method, got, q.want)
			}
		}
	}
}

func TestQuestionErrors(t *testing.T) {
	client, err := NewServiceClient(testConnection, "chat", WithHTTPClient(&http.Client{Transport: noNetwork{t}}))
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.ConnectionExists(t.Context(), "")
	wantError(t, err, "ConnectionExists: connectionID is missing")
	_, err = client.UserExists(t.Context(), "..")
	wantError(t, err, `UserExists: userID ".."`)
	_, err = client.HasPermission(t.Context(), "c", "fly", "g")
	wantError(t, err, "HasPermission", `"fly" is neither`)
	_, err = brokenServiceClient(context.Canceled).GroupExists(t.Context(), "g")
	wantError(t, err, context.Canceled.Error())
}

func TestHealth(t *testing.T) {
	s := &script{replies: []answered{{status: 200}, {status: 404}}}
	client := s.client(t)
	if err := client.Health(t.Context()); err != nil {
		t.Error(err)
	}
	if r := s.requests[0]; r.Method != http.MethodHead || r.URL.String() != "https://svc.example/api/health?api-version=2024-12-01" || r.Header.Get("Authorization") != "" {
		t.Errorf("%s %s, %v", r.Method, r.URL, r.Header)
	}
	wantError(t, client.Health(t.Context()), "Health: the service answered 404")
}
