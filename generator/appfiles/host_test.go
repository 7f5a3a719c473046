package appfiles_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/appfiles"
)

func TestReadHost(t *testing.T) {
	for _, tt := range []struct {
		name, src, prefix    string
		forwarding, proxying bool
		place                string
	}{
		{"empty object", "{}", "api", false, false, "h:1:1"},
		{"no handler", "\n  {\"version\": \"2.0\"}", "api", false, false, "h:2:3"},
		{"not set", "{\n  \"customHandler\": {\"description\": {}}\n}", "api", false, false, "h:2:20"},
		{"false", "{\"customHandler\": {\n\"enableProxyingHttpRequest\": false}}", "api", false, false, "h:2:30"},
		{"true", "{\"customHandler\": {\"enableProxyingHttpRequest\" : true }}", "api", false, true, "h:1:50"},
		{"text", `{"customHandler": {"enableProxyingHttpRequest": "True"}}`, "api", false, true, "h:1:49"},
		{"other case", `{"CUSTOMHANDLER": {"enableproxyinghttprequest": true, "EnableForwardingHttpRequest": true}}`, "api", true, true, "h:1:49"},
		{"the last counts", `{"customHandler": {"enableForwardingHttpRequest": true, "enableforwardinghttprequest": false}}`, "api", false, false, "h:1:19"},
		{"number", `{"customHandler": {"enableProxyingHttpRequest": 1}}`, "api", false, false, "h:1:49"},
		{"list", `{"customHandler": {"enableProxyingHttpRequest": [true]}}`, "api", false, false, "h:1:49"},
		{"prefix", "// ours\n{\"extensions\": {\"http\": {\"routePrefix\": \"/v1/x/\",},},}", "v1/x", false, false, "h:2:1"},
		{"no prefix", `{"extensions": {"Http": {"routeprefix": ""}}}`, "", false, false, "h:1:1"},
		{"prefix null", `{"extensions": {"http": {"routePrefix": null}}}`, "api", false, false, "h:1:1"},
		{"no object", `["customHandler"]`, "api", false, false, "h:1:1"},
		{"handler text", `{"customHandler": "x"}`, "api", false, false, "h:1:19"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := appfiles.ReadHost("h", []byte(tt.src))
			if err != nil {
				t.Fatal(err)
			}
			if got.RoutePrefix != tt.prefix || got.Forwarding != tt.forwarding || got.Proxying != tt.proxying || got.ProxyingPlace.String() != tt.place {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestReadHostErrors(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{"", "h:1:1: unexpected end of the file"},
		{"{\n  \"a\": 1\n  \"b\": 2}", "h:3:3: a comma is missing before this"},
		{"{\"a\": ", "h:1:6: unexpected end"},
		{"{} {}", "h:1:4: '{' after the end of the JSON value"},
		{"{x}", "h:1:3: '}' where the colon behind a name belongs"},
		{"[1", "h:1:2: unexpected end"},
	} {
		_, err := appfiles.ReadHost("h", []byte(tt.src))
		var located *appfiles.Error
		if !errors.As(err, &located) || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%q: got %v, want %s", tt.src, err, tt.want)
		}
	}
}

func FuzzReadHost(f *testing.F) {
	f.Add([]byte(`{"customHandler": {"enableProxyingHttpRequest": [1, {}], }, } // x`))
	f.Fuzz(func(t *testing.T, src []byte) {
		h, err := appfiles.ReadHost("h", src)
		if err == nil && (h.ProxyingPlace.Line < 1 || h.ProxyingPlace.Column < 1) {
			t.Errorf("%q: %+v", src, h)
		}
	})
}
