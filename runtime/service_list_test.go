package wps

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// pages answers a group's pages, each with a link to the next.
func pages(stub *restStub, list ...string) {
	stub.answer = func(w http.ResponseWriter, r *http.Request) bool {
		n, _ := strconv.Atoi(r.URL.Query().Get("continuationToken"))
		link := "null"
		if n+1 < len(list) {
			link = fmt.Sprintf(`"%s/api/hubs/chat/groups/g/connections?continuationToken=%d&api-version=2024-12-01"`, stub.URL, n+1)
		}
		fmt.Fprintf(w, `{"value":[%s],"nextLink":%s}`, list[n], link)
		return true
	}
}

func TestConnectionsInGroup(t *testing.T) {
	stub := newRESTStub(t)
	pages(stub, `{"connectionId":"a","userId":"ann"},{"connectionId":"b","userId":null}`, ``, `{"connectionId":"c"}`)
	client, err := NewServiceClient(stub.connection(), "chat", WithHTTPClient(stub.Client()))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		options ListOptions
		stop    int // the loop ends after so many; 0 for never
		want    string
		calls   int
	}{
		{ListOptions{}, 0, "a:ann b: c: ", 3},
		{ListOptions{PageSize: 2}, 1, "a:ann ", 1},
		{ListOptions{Top: 2}, 0, "a:ann b: ", 1},
		{ListOptions{Top: 3, PageSize: 200}, 0, "a:ann b: c: ", 3},
	} {
		before := len(stub.recorded())
		got, n := "", 0
		for one, err := range client.ConnectionsInGroup(t.Context(), "g", c.options) {
			if err != nil {
				t.Fatal(err)
			}
			got += one.ConnectionID + ":" + one.UserID + " "
			if n++; n == c.stop {
				break
			}
		}
		if calls := len(stub.recorded()) - before; got != c.want || calls != c.calls {
			t.Errorf("%+v: %s in %d calls, want %s in %d", c.options, got, calls, c.want, c.calls)
		}
	}
}

func TestListOptions(t *testing.T) {
	r, err := ListOptions{PageSize: 50, Top: 7}.request("a/b")
	if err != nil || r.path != "/groups/a%2Fb/connections" || r.query != "maxpagesize=50&top=7" {
		t.Errorf("%+v, %v", r, err)
	}
	for want, o := range map[string]ListOptions{
		"PageSize 201": {PageSize: 201}, "PageSize -1": {PageSize: -1}, "Top -1": {Top: -1},
	} {
		_, err := o.request("g")
		wantError(t, err, listMethod, want)
	}
	_, err = ListOptions{}.request("")
	wantError(t, err, "group is missing")
}

// TestListFailures: the loop is told once, after what came before.
func TestListFailures(t *testing.T) {
	const first = `{"connectionId":"a"}`
	const same = "https://svc.example/api/hubs/chat/groups/g/connections?continuationToken=1"
	page := func(link string) answered {
		return answered{status: 200, body: `{"value":[` + first + `],"nextLink":"` + link + `"}`}
	}
	for _, c := range []struct {
		name    string
		replies []answered
		seen    int
		want    string
	}{
		{"refused", []answered{{status: 400}}, 0, "400"},
		{"refused later", []answered{page(same), {status: 400}}, 1, "400"},
		{"no JSON", []answered{{status: 200, body: "<html>"}}, 0, "cannot be read"},
		{"too long", []answered{{status: 200, body: `{"value":[]` + strings.Repeat(" ", maxAnswer) + "}"}}, 0, "longer than"},
		{"another host", []answered{page("https://evil.example/api/hubs/chat/groups/g/connections")}, 1, `nextLink leads to "evil.example"`},
		{"a host that begins alike", []answered{page("https://svc.example.evil/api")}, 1, "nextLink leads to"},
		{"another port", []answered{page("https://svc.example:8443/api")}, 1, "nextLink leads to"},
		{"without TLS", []answered{page("http://svc.example/api")}, 1, "nextLink leads to"},
		{"with a user", []answered{page("https://svc.example@evil.example/api")}, 1, "nextLink leads to"},
		{"user of the same host", []answered{page("https://u:p@svc.example/api")}, 1, "nextLink leads to"},
		{"no host", []answered{page("/api/hubs/chat")}, 1, "nextLink leads to"},
		{"no URL", []answered{page("https://%zz")}, 1, "nextLink is not a URL"},
		{"in a circle", []answered{page(same), page(same)}, 2, "the same page"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &script{replies: c.replies}
			seen := 0
			var failures []error
			for one, err := range s.client(t).ConnectionsInGroup(t.Context(), "g", ListOptions{}) {
				if err == nil {
					seen++
				} else if failures = append(failures, err); one != (GroupConnection{}) {
					t.Errorf("%v with %v", one, err)
				}
			}
			if seen != c.seen || len(failures) != 1 {
				t.Fatalf("%d connections, errors %v", seen, failures)
			}
			wantError(t, failures[0], listMethod, c.want)
		})
	}
}

// TestPagesCutOff: a page that does not come whole is asked for again, since asking changes nothing.
func TestPagesCutOff(t *testing.T) {
	stub := newRESTStub(t)
	pages(stub, `{"connectionId":"a"}`)
	whole, cut := stub.answer, true
	stub.answer = func(w http.ResponseWriter, r *http.Request) bool {
		if !cut {
			return whole(w, r)
		}
		cut = false
		w.Header().Set("Content-Length", "1000")
		io.WriteString(w, `{"value":[`)
		return true
	}
	client, err := NewServiceClient(stub.connection(), "chat", WithHTTPClient(stub.Client()), WithRetry(RetryOptions{BaseDelay: 1}))
	if err != nil {
		t.Fatal(err)
	}
	for one, err := range client.ConnectionsInGroup(t.Context(), "g", ListOptions{}) {
		if err != nil || one.ConnectionID != "a" {
			t.Errorf("%v, %v", one, err)
		}
	}
	if n := len(stub.recorded()); n != 2 {
		t.Errorf("%d calls, want 2", n)
	}
}

// endless is an answer that never ends.
type endless struct {
	status int
	read   int
}

func (e *endless) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: e.status, Header: make(http.Header), Body: e, ContentLength: -1, Request: r}, nil
}

func (e *endless) Read(p []byte) (int, error) {
	e.read += len(p)
	return len(p), nil
}

func (e *endless) Close() error { return nil }

// TestAnswersAreBounded: no answer is read for ever.
func TestAnswersAreBounded(t *testing.T) {
	for status, most := range map[int]int{200: maxAnswer + 1, 400: maxErrorBody} {
		e := &endless{status: status}
		client, err := NewServiceClient(testConnection, "chat", WithHTTPClient(&http.Client{Transport: e}))
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range client.ConnectionsInGroup(t.Context(), "g", ListOptions{}) {
			wantError(t, err, listMethod)
		}
		if e.read != most {
			t.Errorf("%d: read %d bytes, want %d", status, e.read, most)
		}
	}
}
