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

// TestFromAppEveryEvent puts a function that takes every event behind those that take one, since the
// service stops at the first handler that fits.
func TestFromAppEveryEvent(t *testing.T) {
	app := newApp(t, contexts)
	got, err := FromApp(app, nil)
	want := []Settings{
		{Hub: "chat", Path: "/api/{event}", UserEvents: []string{"vote"}},
		{Hub: "chat", Path: "/api/hooks/{event}", SystemEvents: []string{"connect", "connected", "disconnected"}, UserEvents: []string{"*"}},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

const contexts = `package app

//wps:http authLevel=anonymous route=hooks/{event}
//wps:context
//wps:output hub=chat
func Every() {}

//wps:http
//wps:context
func Vote() {}

//wps:http authLevel=anonymous route=rooms/{room}
//wps:context
func Room() {}

//wps:http authLevel=anonymous route=hooks/last
//wps:context
func Last() {}
`

// TestNotes tells what directives of context functions leave open.
func TestNotes(t *testing.T) {
	want := []string{
		"every: its event handler gets every event, connect among them: a client whose connect it refuses does not get in",
		"vote: before the first event the service asks OPTIONS /api/validate, where no function is; add one with //wps:http route=validate and //wps:context",
		"vote: it asks for a key, which the event handler's URL does not carry; write authLevel=anonymous, since the service's signature is checked, or add ?code= by hand",
		`room: its route "rooms/{room}" says no event, so there is no event handler for it; give it a route that is the event's name or ends in {event}, or add a handler by hand`,
		`last: its route "hooks/last" says no event, so there is no event handler for it; give it a route that is the event's name or ends in {event}, or add a handler by hand`,
	}
	if got := noteTexts(newApp(t, contexts)); !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestNotesNothing has nothing to say where permission is asked of a function of its own.
func TestNotesNothing(t *testing.T) {
	for _, src := range []string{
		source,
		"package app\n\n//wps:http authLevel=anonymous\n//wps:context\n//wps:output hub=chat\nfunc Vote() {}\n\n//wps:http authLevel=anonymous\n//wps:context\nfunc Validate() {}\n",
	} {
		if got := noteTexts(newApp(t, src)); len(got) > 0 {
			t.Errorf("got %q for\n%s", got, src)
		}
	}
}

func noteTexts(app *generator.App) []string {
	var texts []string
	for _, n := range Notes(app) {
		texts = append(texts, n.Function.Name+": "+n.Text)
	}
	return texts
}

// TestCheck refuses names that app settings gave and the service would not take, or would take for others.
func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		settings Settings
		want     string
	}{
		{Settings{Hub: "chat_`,.[1]", UserEvents: []string{"a.b-c_1"}}, ""},
		{Settings{Hub: "chat", Path: "/api/{event}", UserEvents: []string{"*"}}, ""},
		{Settings{Hub: "1chat"}, "an app setting gives a hub a name that is none"},
		{Settings{Hub: "chat\n"}, "an app setting gives a hub a name that is none"},
		{Settings{Hub: ""}, "an app setting gives a hub a name that is none"},
		{Settings{Hub: "chat", Path: webhook, UserEvents: []string{"a,b"}}, "hub chat: a user event for " + webhook + " has a name that is none"},
		{Settings{Hub: "chat", Path: webhook, UserEvents: []string{"*"}}, "hub chat: a user event for " + webhook + " has a name that is none"},
	} {
		err := Check([]Settings{tt.settings})
		if (err == nil) != (tt.want == "") || err != nil && !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%+v: got %v, want %s", tt.settings, err, tt.want)
		}
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
