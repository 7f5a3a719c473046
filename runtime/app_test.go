package wps

import (
	"errors"
	"strings"
	"testing"
)

func trigger(t WebPubSubTrigger) []Binding {
	if t.Hub == "" {
		t.Hub = "chat"
	}
	if t.EventType == "" {
		t.EventType = EventTypeUser
	}
	if t.EventName == "" {
		t.EventName = "message"
	}
	return []Binding{t}
}

// TestNoKeyNoStart goes through every way to end up without a key.
func TestNoKeyNoStart(t *testing.T) {
	for _, c := range []struct {
		name     string
		settings map[string]string
		trigger  WebPubSubTrigger
		want     string
	}{
		{"nothing set", nil, WebPubSubTrigger{}, "setting WebPubSubConnectionString is not set"},
		{"empty", map[string]string{settingConnection: ""}, WebPubSubTrigger{}, "is not set"},
		{"no key", map[string]string{settingConnection: "Endpoint=https://a"}, WebPubSubTrigger{}, "no AccessKey"},
		{"empty key", map[string]string{settingConnection: "Endpoint=https://a;AccessKey=;"}, WebPubSubTrigger{}, "AccessKey= is empty"},
		{"no endpoint", map[string]string{settingConnection: "AccessKey=k"}, WebPubSubTrigger{}, "Endpoint"},
		{"identity", map[string]string{settingConnection + "__serviceUri": "https://a"}, WebPubSubTrigger{}, "setting WebPubSubConnectionString__serviceUri: a connection by identity has no key"},
		{"named, not set", map[string]string{settingConnection: testConnection}, WebPubSubTrigger{Connection: "Mine"}, "setting Mine is not set"},
		{"named, no key", map[string]string{"Mine": "Endpoint=https://a"}, WebPubSubTrigger{Connection: "Mine"}, "setting Mine: the connection string has no AccessKey"},
		{"one of two without a key", map[string]string{"A": testConnection, "B": "Endpoint=https://b"}, WebPubSubTrigger{Connections: []string{"A", "B"}}, "setting B: the connection string has no AccessKey"},
		{"one of two by identity", map[string]string{"A": testConnection, "B:serviceUri": "https://b"}, WebPubSubTrigger{Connections: []string{"A", "B"}}, "setting B__serviceUri"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := Function{Name: "message", Source: "chat.go:9", Bindings: trigger(c.trigger), Handler: handler(nothing)}
			_, err := New([]Function{f}, WithSettings(c.settings), silent())
			wantError(t, err, "chat.go:9: function message: webPubSubTrigger: connection: ", c.want, "unsigned")
			if err != nil && strings.Contains(err.Error(), testKey) {
				t.Errorf("error %q holds the key", err)
			}
		})
	}
}

func TestConnectionIsRequired(t *testing.T) {
	for _, b := range []Binding{WebPubSub{Name: "out", Hub: "chat"}, WebPubSubConnection{Name: "in", Hub: "chat"}} {
		f := httpFunction("f", anonymous(""), nothing, b)
		_, err := New([]Function{f}, WithSettings(nil), silent())
		wantError(t, err, "chat.go:5: function f: webPubSub", "connection: setting WebPubSubConnectionString is not set")
	}
}

func TestStartProblems(t *testing.T) {
	f := func(b ...Binding) Function {
		return Function{Name: "f", Source: "a.go:1", Bindings: b, Handler: handler(nothing)}
	}
	get := anonymous("")
	for _, c := range []struct {
		name     string
		function Function
		want     string
	}{
		{"no name", Function{Bindings: []Binding{get}, Handler: handler(nothing)}, "has no name"},
		{"no handler", Function{Name: "f", Bindings: []Binding{get}}, "has no handler"},
		{"handler error", Function{Name: "f", Bindings: []Binding{get}, Handler: Handler{Err: errors.New("chan int is no payload")}}, "chan int is no payload"},
		{"no trigger", f(HTTPOutput{Name: "res"}), "has 0 triggers"},
		{"two triggers", f(get, trigger(WebPubSubTrigger{})[0]), "has 2 triggers"},
		{"other trigger", f(OtherBinding{Name: "q", Type: "queueTrigger"}), "type queueTrigger works only behind the Functions host; to run without it, as wpsgen dev does, set WPS_OTHER_BINDINGS to absent"},
		{"other binding", f(get, OtherBinding{Name: "b", Type: "blob"}), "type blob works only behind"},
		{"event type", f(trigger(WebPubSubTrigger{EventType: "sys"})...), `eventType: "sys" is none of`},
		{"client protocols", f(trigger(WebPubSubTrigger{ClientProtocols: "sip"})...), `clientProtocols: "sip" is none of`},
		{"event name", f(WebPubSubTrigger{Hub: "h", EventType: "user"}), "eventName: is missing"},
		{"setting in the hub", f(trigger(WebPubSubTrigger{Hub: "%Nope%"})...), "hub: '%Nope%' does not resolve to a value. Set Nope in the app's settings"},
		{"unclosed %", f(trigger(WebPubSubTrigger{Hub: "a%b"})...), "position 1 does not have a closing"},
		{"auth level", f(HTTPTrigger{AuthLevel: "user"}), `authLevel "user" is none of`},
		{"function key", f(HTTPTrigger{}), "needs a key in the setting WPS_FUNCTION_KEY"},
		{"admin key", f(HTTPTrigger{AuthLevel: "admin"}), "needs a key in the setting WPS_ADMIN_KEY"},
		{"route", f(anonymous("a/{")), `route "a/{", position 3`},
		{"admin route", f(anonymous("Admin/x")), "begins with Admin"},
		{"user id", f(get, WebPubSubConnection{Name: "c", UserID: "{query."}), "webPubSubConnection c: userId: "},
		{"protocol", f(get, WebPubSubConnection{Name: "c", ClientProtocol: "sip"}), `client protocol "sip"`},
		{"hub", f(get, WebPubSub{Name: "o", Hub: "a/b"}), `webPubSub o: hub: "a/b" is not a hub name`},
		{"hub template", f(get, WebPubSub{Name: "o", Hub: "{"}), "webPubSub o: hub: Invalid template"},
		{"two outputs", f(get, WebPubSub{Name: "o"}, WebPubSub{Name: "O"}), "two bindings of this name"},
		{"two inputs", f(get, WebPubSubConnection{Name: "c"}, WebPubSubConnection{Name: "c"}), "two bindings of this name"},
		{"expression", f(append(trigger(WebPubSubTrigger{}), WebPubSub{Name: "o", Hub: "{user}"})...), `hub: {user}: a webPubSubTrigger provides no "user"`},
		{"user expression", f(append(trigger(WebPubSubTrigger{}), WebPubSubConnection{Name: "c", UserID: "{user}"})...), `userId: {user}: a webPubSubTrigger`},
		{"hub expression", f(append(trigger(WebPubSubTrigger{}), WebPubSubConnection{Name: "c", Hub: "{room}"})...), `hub: {room}: a webPubSubTrigger`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := New([]Function{c.function}, defaults(), silent())
			wantError(t, err, c.want)
			if c.function.Source != "" && err != nil && !strings.HasPrefix(err.Error(), "a.go:1: function f: ") {
				t.Errorf("error %q does not begin with the place", err)
			}
		})
	}
}

func TestNoHub(t *testing.T) {
	settings := WithSettings(map[string]string{settingConnection: testConnection, "Blank": ""})
	for _, b := range []Binding{WebPubSubTrigger{Hub: "%Blank%", EventType: "user", EventName: "e"}, WebPubSub{Name: "o"}} {
		_, err := New([]Function{{Name: "f", Bindings: []Binding{b}, Handler: handler(nothing)}}, settings, silent())
		wantError(t, err, "hub: is not given; name it in the directive or in the setting WebPubSubHub")
	}
}

func TestDuplicatesNameBoth(t *testing.T) {
	message := func(name, source string, t WebPubSubTrigger) Function {
		return Function{Name: name, Source: source, Bindings: trigger(t), Handler: handler(nothing)}
	}
	web := func(name, source, route string, methods ...string) Function {
		return Function{Name: name, Source: source, Bindings: []Binding{anonymous(route, methods...)}, Handler: handler(nothing)}
	}
	for _, c := range []struct {
		name      string
		functions []Function
		want      []string
	}{
		{"event", []Function{message("a", "a.go:1", WebPubSubTrigger{}), message("b", "b.go:2", WebPubSubTrigger{Hub: "CHAT", EventName: "Message"})},
			[]string{"b.go:2: function b: hub CHAT, user event Message is taken by a.go:1: function a"}},
		{"event of one protocol", []Function{message("a", "a.go:1", WebPubSubTrigger{ClientProtocols: "mqtt"}), message("b", "b.go:2", WebPubSubTrigger{ClientProtocols: "MQTT"})},
			[]string{"is taken by a.go:1: function a"}},
		{"name", []Function{web("a", "a.go:1", "x"), web("A", "b.go:2", "y")}, []string{"b.go:2: function A: another function has this name: a.go:1: function a"}},
		{"route", []Function{web("a", "a.go:1", "r/{x}", "get"), web("b", "b.go:2", "R/{y}", "GET", "POST")},
			[]string{`b.go:2: function b: httpTrigger: route "R/{y}" serves the same requests as "r/{x}" of a.go:1: function a`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := New(c.functions, defaults(), silent())
			wantError(t, err, c.want...)
		})
	}
	// Two hubs that do not resolve need not be the same.
	_, err := New([]Function{message("a", "a.go:1", WebPubSubTrigger{Hub: "%A%"}), message("b", "b.go:2", WebPubSubTrigger{Hub: "%B%"})}, defaults(), silent())
	if problems := split(err); len(problems) != 2 {
		t.Errorf("problems %v, want one for each function", problems)
	}
	mustNew(t, []Function{
		message("a", "", WebPubSubTrigger{ClientProtocols: "mqtt"}), message("b", "", WebPubSubTrigger{ClientProtocols: "webPubSub"}),
		message("c", "", WebPubSubTrigger{}), message("d", "", WebPubSubTrigger{EventType: "system"}),
		web("e", "", "r/{x}", "get"), web("f", "", "r/{y}", "post"), web("g", "", "r/{y:int}"),
	})
}

func TestAllProblemsAtOnce(t *testing.T) {
	_, err := New([]Function{
		{Name: "a", Source: "a.go:1", Bindings: trigger(WebPubSubTrigger{Hub: "%No%", EventName: "%Nope%"}), Handler: handler(nothing)},
		{Name: "b", Source: "b.go:2", Bindings: []Binding{HTTPTrigger{Route: "{"}}},
	}, WithSettings(nil), silent())
	var text strings.Builder
	report(&text, err)
	lines := strings.Split(strings.TrimSpace(text.String()), "\n")
	if len(lines) != 6 {
		t.Errorf("%d problems, want 6:\n%s", len(lines), &text)
	}
	for _, line := range lines {
		if !strings.HasPrefix(line, "a.go:1: function a: ") && !strings.HasPrefix(line, "b.go:2: function b: ") {
			t.Errorf("%q does not begin with a place", line)
		}
	}
}
