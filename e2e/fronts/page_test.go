package fronts_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	wps "github.com/wpsgen/wpsgen/runtime"
)

// answerPage tells what it was asked; the page none is not there.
func answerPage(inv *wps.Invocation) error {
	r := inv.Request()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	name := r.PathValue("name")
	switch name {
	case "none":
		inv.RespondHTTP(&wps.HTTPResponse{Status: http.StatusNotFound, Header: http.Header{"Content-Type": {"text/plain"}, "X-Page": {name}}, Body: []byte("no such page")})
		return nil
	case "date":
		inv.RespondHTTP(&wps.HTTPResponse{Header: http.Header{"Content-Type": {"text/plain"}}, Body: []byte("at 2026-08-22T10:00:00Z")})
		return nil
	case "broken":
		return fmt.Errorf("secret")
	}
	inv.RespondHTTP(&wps.HTTPResponse{Header: http.Header{"Content-Type": {"application/json"}, "X-Page": {name}},
		Body: fmt.Appendf(nil, `{"method":%q,"name":%q,"query":%q,"type":%q,"asked":%q,"body":%q}`, r.Method, name, r.URL.Query().Get("q"), r.Header.Get("Content-Type"), r.Header.Get("X-Asked"), body)})
	return nil
}

// TestHTTPFunctions asks http functions through every front.
func TestHTTPFunctions(t *testing.T) {
	for _, f := range fronts {
		t.Run(f.name, func(t *testing.T) {
			app := f.start(t)
			for _, c := range []struct {
				method, path, contentType, body string
				status                          int
				answer                          string
			}{
				{"GET", "home?q=a%20b%26c", "", "", 200, `{"method":"GET","name":"home","query":"a b&c","type":"","asked":"x","body":""}`},
				{"POST", "home", "text/plain", "dGVzdA==", 200, `{"method":"POST","name":"home","query":"","type":"text/plain","asked":"x","body":"dGVzdA=="}`},
				{"PUT", "a%2Fb", "application/json", `{"headers":{"x-asked":"y"}}`, 200, `{"method":"PUT","name":"a/b","query":"","type":"application/json","asked":"x","body":"{\"headers\":{\"x-asked\":\"y\"}}"}`},
				{"POST", "octets", "application/octet-stream", "\x00\x01", 200, `{"method":"POST","name":"octets","query":"","type":"application/octet-stream","asked":"x","body":"\x00\x01"}`},
				{"GET", "none", "", "", 404, "no such page"},
				{"GET", "date", "", "", 200, "at 2026-08-22T10:00:00Z"},
				{"GET", "broken", "", "", 500, "The function failed."},
			} {
				r, err := http.NewRequestWithContext(t.Context(), c.method, app.url+"/api/pages/"+c.path, strings.NewReader(c.body))
				if err != nil {
					t.Fatal(err)
				}
				r.Header.Set("X-Asked", "x")
				if c.contentType != "" {
					r.Header.Set("Content-Type", c.contentType)
				}
				got := exchange(t, r)
				if got == nil || got.Status != c.status || string(got.Body) != c.answer {
					t.Errorf("%s %s: %+v, want %d %s", c.method, c.path, got, c.status, c.answer)
				}
			}
		})
	}
}
