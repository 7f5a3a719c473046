package binding

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestCondition(t *testing.T) {
	get := func(key string) string { return map[string]string{"a": "One", "b": ""}[key] }
	for _, test := range []struct {
		c    Condition
		want bool
	}{
		{nil, true},
		{Condition{}, true},
		{Condition{"a": {"one"}}, true},
		{Condition{"a": {"two", "ONE"}}, true},
		{Condition{"a": {"two"}}, false},
		{Condition{"a": {"one"}, "b": {""}}, true},
		{Condition{"a": {"one"}, "b": {"x"}}, false},
		{Condition{"c": {""}}, true},
		{Condition{"a": {"*NE"}}, true},
		{Condition{"a": {"*two", "*on"}}, false},
	} {
		if got := test.c.Holds(get); got != test.want {
			t.Errorf("%v: %t", test.c, got)
		}
	}
}

func TestResolveOrigins(t *testing.T) {
	set := builtin(t)
	defaults := Env{Defaults: map[string]string{"hub": "fallen", "connection": "Fallen"}}
	for _, test := range []struct {
		directive string
		env       Env
		key       string
		want      string
		from      Origin
	}{
		{"trigger hub=chat", Env{}, "hub", "chat", FromDirective},
		{"trigger hub=chat", defaults, "hub", "chat", FromDirective},
		{"trigger", defaults, "hub", "fallen", FromDefaults},
		{"trigger", Env{}, "hub", "%WebPubSubHub%", FromSetting},
		{"trigger hubName=chat", Env{}, "hub", "chat", FromDirective},
		{"trigger hub=a hubName=b", Env{}, "hub", "a", FromDirective},
		{"trigger", Env{}, "clientProtocols", "all", FromDefault},
		{"trigger clientProtocols=WEBPUBSUB", Env{}, "clientProtocols", "webPubSub", FromDirective},
		{"trigger eventType=SYSTEM eventName=Connect", Env{}, "eventName", "connect", FromDirective},
		{"trigger eventType=system eventName=disconnect", Env{}, "eventName", "disconnected", FromDirective},
		{"trigger eventType=user eventName=Connect", Env{}, "eventName", "Connect", FromDirective},
		{"trigger", Env{}, "eventName", "", Unset},
		{"trigger", Env{}, "connections", "WebPubSubConnectionString", FromSetting},
		{"trigger", defaults, "connections", "Fallen", FromDefaults},
		{"trigger connections=A,B", defaults, "connections", "A,B", FromDirective},
		{"trigger connection=A", defaults, "connections", "", Unset},
		{"trigger unsigned", defaults, "connections", "", Unset},
		{"trigger unsigned=false", defaults, "connections", "Fallen", FromDefaults},
		{"trigger unsigned", Env{}, "unsigned", "true", FromDirective},
		{"trigger", defaults, "connection", "", Unset},
		{"connection", defaults, "connection", "Fallen", FromDefaults},
		{"connection", Env{}, "connection", "WebPubSubConnectionString", FromSetting},
		{"connection", Env{}, "name", "connection", FromDefault},
		{"http methods=POST,Get", Env{}, "methods", "post,get", FromDirective},
		{"http nothing=1", Env{}, "nothing", "", Unset},
	} {
		verb, rest, _ := strings.Cut(test.directive, " ")
		u := Resolve(set.Verb(verb), args(rest), test.env)
		v := u.Value(test.key)
		if v.String() != test.want || v.From != test.from || u.Get(test.key) != test.want {
			t.Errorf("%s: %s is %q from %d, want %q from %d", test.directive, test.key, v, v.From, test.want, test.from)
		}
	}
}

func TestUseProperty(t *testing.T) {
	def := builtin(t).Verb("trigger")
	for eventType, want := range map[string]string{"system": "3 false", "user": "0 true", "": "0 true"} {
		p := Resolve(def, []Arg{{Key: "eventType", Value: eventType}}, Env{}).Property("eventName")
		if got := fmt.Sprint(len(p.Values), p.Settings); got != want {
			t.Errorf("eventType %q: %s, want %s", eventType, got, want)
		}
	}
	if def.Property("eventName").Values != nil {
		t.Error("narrowing changed the definition")
	}
	if Resolve(def, nil, Env{}).Property("none") != nil {
		t.Error("Property invents one")
	}
}

// TestEntries compares the function.json entries of each directive, in one line each.
func TestEntries(t *testing.T) {
	set := project(t)
	defaults := Env{Defaults: map[string]string{"hub": "chat", "connection": "Chat"}}
	for _, test := range []struct {
		directive string
		env       Env
		want      []string
	}{
		{"trigger hub=chat eventType=system eventName=connect", Env{}, []string{
			`{"type":"webPubSubTrigger","direction":"in","name":"request","hub":"chat","eventType":"system","eventName":"connect"}`}},
		{"trigger eventType=User eventName=message clientProtocols=MQTT unsigned", defaults, []string{
			`{"type":"webPubSubTrigger","direction":"in","name":"data","dataType":"binary","hub":"chat","eventType":"user","eventName":"message","clientProtocols":"mqtt"}`}},
		{"trigger eventType=user eventName=a", defaults, []string{
			`{"type":"webPubSubTrigger","direction":"in","name":"data","dataType":"binary","hub":"chat","eventType":"user","eventName":"a","connections":["Chat"]}`}},
		{"trigger eventType=user eventName=a connections=A,B", Env{}, []string{
			`{"type":"webPubSubTrigger","direction":"in","name":"data","dataType":"binary","eventType":"user","eventName":"a","connections":["A","B"]}`}},
		{"http methods=GET,post authLevel=anonymous route=<x>", Env{}, []string{
			`{"type":"httpTrigger","direction":"in","name":"req","authLevel":"anonymous","methods":["get","post"],"route":"<x>"}`,
			`{"type":"http","direction":"out","name":"res"}`}},
		{"http", Env{}, []string{
			`{"type":"httpTrigger","direction":"in","name":"req"}`, `{"type":"http","direction":"out","name":"res"}`}},
		{"connection userId={query.userid} name=second", defaults, []string{
			`{"type":"webPubSubConnection","direction":"in","name":"second","hub":"chat","userId":"{query.userid}","connection":"Chat"}`}},
		{"output hub=chat", Env{}, []string{`{"type":"webPubSub","direction":"out","name":"actions","hub":"chat"}`}},
		{"timer schedule=00:05:00", Env{}, []string{`{"type":"timerTrigger","direction":"in","name":"timer","schedule":"00:05:00"}`}},
		{"timer schedule=%Tick% runOnStartup useMonitor=false", Env{}, []string{
			`{"type":"timerTrigger","direction":"in","name":"timer","schedule":"%Tick%","runOnStartup":true,"useMonitor":false}`}},
		{"context", Env{}, []string{`{"type":"webPubSubContext","direction":"in","name":"wpsContext"}`}},
		{"context", defaults, []string{`{"type":"webPubSubContext","direction":"in","name":"wpsContext","connections":["Chat"]}`}},
		{"context unsigned", defaults, []string{`{"type":"webPubSubContext","direction":"in","name":"wpsContext"}`}},
		{"function name=x", Env{}, nil},
		{"defaults hub=x", Env{}, nil},
		{"blob path=a/{b} raw", Env{}, []string{`{"type":"blob","direction":"in","name":"blob","dataType":"binary","path":"a/{b}"}`}},
		{"queue queueName=orders batchSize=4 replyTo=answers", Env{}, []string{
			`{"type":"queueTrigger","direction":"in","name":"message","cardinality":"many","tags":["a","b"],"retry":true,"limit":3,"queueName":"orders","batchSize":4}`,
			`{"type":"queue","direction":"out","name":"reply","replyTo":"answers"}`}},
		{"queue queue=orders order=FIFO name=answer", Env{}, []string{
			`{"type":"queueTrigger","direction":"in","name":"ordered","cardinality":"one","tags":["a","b"],"retry":true,"limit":3,"queueName":"orders","order":"FIFO"}`,
			`{"type":"queue","direction":"out","name":"answer"}`}},
	} {
		verb, rest, _ := strings.Cut(test.directive, " ")
		var got []string
		for _, e := range Resolve(set.Verb(verb), args(rest), test.env).Entries() {
			src, err := e.MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, string(src))
		}
		if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
			t.Errorf("%s\n got %s\nwant %s", test.directive, strings.Join(got, "\n     "), strings.Join(test.want, "\n     "))
		}
	}
}

func TestEntryIsJSON(t *testing.T) {
	e := Resolve(builtin(t).Verb("output"), []Arg{{Key: "hub", Value: "a\"<\\\n"}}, Env{}).Entries()[0]
	src, err := json.Marshal(e)
	if err != nil || bytes.ContainsAny(src, "\n") {
		t.Fatalf("%s, %v", src, err)
	}
	var back map[string]string
	if err := json.Unmarshal(src, &back); err != nil || back["hub"] != "a\"<\\\n" {
		t.Errorf("%v, %v", back, err)
	}
	broken := Entry{Members: []Member{{"x", func() {}}}}
	if _, err := json.Marshal(broken); err == nil {
		t.Error("a function is JSON")
	}
}

func TestEntryFields(t *testing.T) {
	set := project(t)
	for _, test := range []struct{ directive, want string }{
		{"trigger hub=chat eventType=user eventName=message connections=A unsigned",
			`WebPubSubTrigger Name=data Hub=chat EventType=user EventName=message Connections=[A] Unsigned=true`},
		{"connection hub=chat userId=x name=y", "WebPubSubConnection Name=y Hub=chat UserID=x"},
		{"output", "WebPubSub Name=actions"},
		{"http methods=get", "HTTPTrigger Name=req Methods=[get]; HTTPOutput Name=res"},
		{"timer schedule=00:05:00", "TimerTrigger Name=timer Schedule=00:05:00 UseMonitor=true"},
		{"timer schedule=00:05:00 useMonitor=false runOnStartup", "TimerTrigger Name=timer Schedule=00:05:00 RunOnStartup=true UseMonitor=false"},
		{"context connections=A,B", "WebPubSubContext Name=wpsContext Connections=[A B]"},
		{"context unsigned", "WebPubSubContext Name=wpsContext Unsigned=true"},
		{"queue queueName=orders batchSize=4", "QueueTrigger Name=message QueueName=orders Batch=4; OtherBinding Name=reply Type=queue Direction=out"},
	} {
		verb, rest, _ := strings.Cut(test.directive, " ")
		var entries []string
		for _, e := range Resolve(set.Verb(verb), args(rest), Env{}).Entries() {
			text := e.Go
			for _, f := range e.Fields {
				text += fmt.Sprintf(" %s=%v", f.Key, f.Value)
			}
			entries = append(entries, text)
		}
		if got := strings.Join(entries, "; "); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.directive, got, test.want)
		}
	}
}

func TestGives(t *testing.T) {
	set := project(t)
	for _, test := range []struct{ directive, params, results string }{
		{"timer schedule=00:05:00", "TimerInfo", ""},
		{"context", "RequestContext", "ConnectReply UserEventReply EventReply"},
		{"trigger eventType=system eventName=connect",
			"ConnectionContext DataType ServiceClient ConnectEventRequest Claims Claims Query Subprotocols ClientCertificates", "ConnectReply EventReply"},
		{"trigger eventType=SYSTEM eventName=Connected", "ConnectionContext DataType ServiceClient ConnectedEventRequest", ""},
		{"trigger eventType=system eventName=disconnected", "ConnectionContext DataType ServiceClient DisconnectedEventRequest Reason", ""},
		{"trigger eventType=user eventName=connect", "ConnectionContext DataType ServiceClient UserEventRequest Data", "UserEventReply EventReply UserReply UserReply UserReply"},
		{"http", "Request ResponseWriter", "HTTPReply HTTPReply HTTPReply HTTPReply HTTPReply"},
		{"connection", "Connection(name) ServiceClient", ""},
		{"output", "Actions(name) ServiceClient", "ActionReply(name) ActionListReply(name)"},
		{"function name=x", "", ""},
		{"queue queueName=abc", "Message", "QueueReply(name)"},
	} {
		verb, rest, _ := strings.Cut(test.directive, " ")
		params, results := Resolve(set.Verb(verb), args(rest), Env{}).Gives([]string{"output", verb})
		var sources, sinks []string
		for _, p := range params {
			sources = append(sources, p.Source)
		}
		for _, r := range results {
			sinks = append(sinks, r.Sink)
		}
		if got := strings.Join(sources, " "); got != test.params {
			t.Errorf("%s takes %s, want %s", test.directive, got, test.params)
		}
		if got := strings.Join(sinks, " "); got != test.results {
			t.Errorf("%s returns %s, want %s", test.directive, got, test.results)
		}
	}
}

// TestGivesWithout leaves out what another verb of the function rules out.
func TestGivesWithout(t *testing.T) {
	params, results := Resolve(builtin(t).Verb("http"), nil, Env{}).Gives([]string{"http", "context"})
	if len(params) != 1 || params[0].Source != "Request" || len(results) != 0 {
		t.Errorf("beside //wps:context, //wps:http gives %v and %v", params, results)
	}
}

func TestUseName(t *testing.T) {
	set := project(t)
	for directive, want := range map[string]string{
		"trigger eventType=user": "data", "trigger eventType=system": "request", "http": "req", "timer": "timer", "context": "wpsContext", "output": "actions",
		"output name=second": "second", "function name=x": "", "queue": "reply", "queue name=x": "x",
	} {
		verb, rest, _ := strings.Cut(directive, " ")
		if got := Resolve(set.Verb(verb), args(rest), Env{}).Name(); got != want {
			t.Errorf("%s is called %q, want %q", directive, got, want)
		}
	}
}
