package hub

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator"
)

const source = `//wps:defaults hub=chat
package app

//wps:trigger eventType=user eventName=message
func Message() {}

//wps:trigger eventType=user eventName=message clientProtocols=mqtt
func MQTTMessage() {}

//wps:trigger hub=Chat eventType=system eventName=disconnected
func Gone() {}

//wps:trigger hub=CHAT eventType=System eventName=connect
func Connect() {}

//wps:trigger hub=%AUDIT_HUB% eventType=user eventName=%EVENT%
func Audit() {}

//wps:http
//wps:output hub=never
func Page() {}
`

const webhook = "/runtime/webhooks/webpubsub"

// TestFromAppContexts sends events to context functions by their routes, for every hub the app names.
func TestFromAppContexts(t *testing.T) {
	app := newApp(t, `package app

//wps:trigger hub=chat eventType=user eventName=message
func Message() {}

//wps:http methods=post,options authLevel=anonymous route=connect
//wps:context
func Admit() {}

//wps:http methods=post,options authLevel=anonymous
//wps:context
//wps:output hub=%NEWS%
func Vote() {}

//wps:http methods=post,options authLevel=anonymous
//wps:context
func Validate() {}

//wps:http methods=post,options authLevel=anonymous route=rooms/{room}
//wps:context
//wps:output name=other hub={room}
func Room() {}
`)
	got, err := FromApp(app, func(name string) (string, bool) { return "news", name == "NEWS" })
	if err != nil {
		t.Fatal(err)
	}
	want := []Settings{
		{Hub: "chat", Path: webhook, UserEvents: []string{"message"}},
		{Hub: "chat", Path: "/api/{event}", SystemEvents: []string{"connect"}, UserEvents: []string{"vote"}},
		{Hub: "news", Path: "/api/{event}", SystemEvents: []string{"connect"}, UserEvents: []string{"vote"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if _, err := FromApp(app, func(string) (string, bool) { return "", false }); err == nil || !strings.Contains(err.Error(), "NEWS") {
		t.Errorf("error %v", err)
	}
}

func TestFromApp(t *testing.T) {
	app := newApp(t, source)
	settings := map[string]string{"AUDIT_HUB": "audit", "EVENT": "note"}
	got, err := FromApp(app, func(name string) (string, bool) { v, ok := settings[name]; return v, ok })
	if err != nil {
		t.Fatal(err)
	}
	want := []Settings{
		{Hub: "audit", Path: webhook, UserEvents: []string{"note"}},
		{Hub: "chat", Path: webhook, SystemEvents: []string{"disconnected", "connect"}, UserEvents: []string{"message"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestFromAppMissingSetting names the function, its place, the key and the setting.
func TestFromAppMissingSetting(t *testing.T) {
	app := newApp(t, source)
	for _, tt := range []struct{ has, key, missing string }{
		{"EVENT", "hub", "AUDIT_HUB"},
		{"AUDIT_HUB", "eventName", "EVENT"},
	} {
		_, err := FromApp(app, func(name string) (string, bool) { return "value", name == tt.has })
		if err == nil {
			t.Errorf("without %s there is no error", tt.missing)
			continue
		}
		for _, want := range []string{"app.go:16:1: function audit: " + tt.key + ": ", tt.missing} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("the error lacks %q: %v", want, err)
			}
		}
	}
}

// TestFromAppWithoutHub takes the hub from the setting that is the host's default.
func TestFromAppWithoutHub(t *testing.T) {
	app := newApp(t, "package app\n\n//wps:trigger eventType=user eventName=message\nfunc Message() {}\n")
	got, err := FromApp(app, func(name string) (string, bool) { return "lobby", name == "WebPubSubHub" })
	if want := []Settings{{Hub: "lobby", Path: webhook, UserEvents: []string{"message"}}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

// TestFromAppHTTP sends events to the app's own address where the app takes requests as they are sent.
func TestFromAppHTTP(t *testing.T) {
	const src = `package app

//wps:trigger hub=chat eventType=user eventName=message
func Message() {}

//wps:trigger hub=chat eventType=groupPresence eventName=left
func Left() {}

//wps:http methods=post,options authLevel=anonymous route=vote
//wps:context
func Vote() {}
`
	for _, tt := range []struct{ host, path, contexts string }{
		{"", "/api/webpubsub", "/api/{event}"},
		{`{"extensions": {"http": {"routePrefix": "v1/x"}}, "customHandler": {"enableProxyingHttpRequest": true}}`, "/v1/x/webpubsub", "/v1/x/{event}"},
		{`{"extensions": {"http": {"routePrefix": ""}}, "customHandler": {"enableProxyingHttpRequest": true}}`, "/webpubsub", "/{event}"},
	} {
		files := map[string]string{"wpsgen.yaml": "upstream: http\n", "app.go": src}
		if tt.host != "" {
			files["host.json"] = tt.host
		}
		app := newAppOf(t, files)
		got, err := FromApp(app, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := []Settings{
			{Hub: "chat", Path: tt.path, UserEvents: []string{"message"}, GroupPresenceEvents: []string{"left"}},
			{Hub: "chat", Path: tt.contexts, UserEvents: []string{"vote"}},
		}
		if !reflect.DeepEqual(got, want) || WebhookPath(app) != tt.path {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

// TestFromAppPrefix finds context functions behind another prefix; the extension's address has none.
func TestFromAppPrefix(t *testing.T) {
	app := newAppOf(t, map[string]string{
		"host.json": `{"extensions": {"http": {"routePrefix": "x"}}}`,
		"app.go":    "package app\n\n//wps:trigger hub=chat eventType=user eventName=message\nfunc Message() {}\n\n//wps:http\n//wps:context\nfunc Vote() {}\n",
	})
	got, err := FromApp(app, nil)
	want := []Settings{
		{Hub: "chat", Path: webhook, UserEvents: []string{"message"}},
		{Hub: "chat", Path: "/x/{event}", UserEvents: []string{"vote"}},
	}
	if err != nil || !reflect.DeepEqual(got, want) || WebhookPath(app) != webhook {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

func newApp(t *testing.T, src string) *generator.App {
	t.Helper()
	return newAppOf(t, map[string]string{"app.go": src})
}

func newAppOf(t *testing.T, files map[string]string) *generator.App {
	t.Helper()
	t.Setenv("GOFLAGS", "-mod=mod")
	t.Setenv("GOWORK", "off")
	dir := t.TempDir()
	files["go.mod"] = "module example.com/app\n\ngo 1.26\n"
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := generator.Run(generator.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Findings) > 0 || len(r.Apps) != 1 {
		t.Fatalf("findings %v, %d apps", r.Findings, len(r.Apps))
	}
	return r.Apps[0]
}
