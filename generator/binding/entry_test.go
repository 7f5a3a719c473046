package binding

import (
	"slices"
	"strings"
	"testing"
)

// members reads an entry in its simplest form: words key=value, key=[a,b] and key={}.
func members(text string) []EntryMember {
	var out []EntryMember
	for _, word := range strings.Fields(text) {
		key, value, _ := strings.Cut(word, "=")
		m := EntryMember{Key: key, Items: []string{value}}
		switch list, isList := strings.CutPrefix(value, "["); {
		case isList:
			m.Shape, m.Items = ShapeList, strings.Split(strings.TrimSuffix(list, "]"), ",")
		case value == "{}":
			m.Shape, m.Items = ShapeObject, nil
		case value == "null":
			m.Shape, m.Items = ShapeNull, nil
		}
		out = append(out, m)
	}
	return out
}

func TestCheckEntry(t *testing.T) {
	const event = " hub=chat eventType=user eventName=message"
	for _, tt := range []struct {
		typ, entry, extension string
		want                  []string
	}{
		{"webPubSubTrigger", "type=x name=data direction=in dataType=binary HUB=%h% EventType=USER eventName=a.b", "", nil},
		{"WEBPUBSUBTRIGGER", "hub=chat eventType=system eventName=%E%", "", nil},
		{"webPubSubTrigger", "hub=chat eventType=system eventName=Connect", "", []string{"spelling(eventName=): eventName is spelled connect; the host does not mind -> connect"}},
		{"webPubSubTrigger", "", "", []string{
			"fallback: webPubSubTrigger takes its hub from the app setting WebPubSubHub; set it, or add hub",
			"missing: webPubSubTrigger needs eventType; add eventType, which is user, system or groupPresence",
			"missing: webPubSubTrigger needs eventName; add eventName"}},
		{"webPubSubTrigger", "hub= eventType=user eventName=", "", []string{
			"bad(eventName=): eventName is empty; give it a value, or leave it out",
			"fallback: webPubSubTrigger takes its hub from the app setting WebPubSubHub; set it, or add hub"}},
		{"webPubSubTrigger", "hub=null" + strings.TrimPrefix(event, " hub=chat"), "", []string{
			"fallback: webPubSubTrigger takes its hub from the app setting WebPubSubHub; set it, or add hub"}},
		{"webPubSubTrigger", "hub=chat eventType=null eventName=x eventName=null connections=null", "", []string{
			"missing: webPubSubTrigger needs eventType; add eventType, which is user, system or groupPresence",
			"missing: webPubSubTrigger needs eventName; add eventName"}},
		{"webPubSubTrigger", "unsigned=true" + event, "", []string{
			"ignored(unsigned): webPubSubTrigger has no property unsigned, and the host ignores it; a trigger whose connections and WebPubSubConnectionString are not set takes events from anybody"}},
		{"webPubSubTrigger", "connections=[]" + event, "", []string{"bad(connections=): connections is empty; give it a value, or leave it out"}},
		{"webPubSubTrigger", "connections=[A,%B%]" + event, "", []string{"bad(connections=): connections is the name of an app setting, without %; write B -> B"}},
		{"webPubSubTrigger", "hub=chat eventType=1 eventName=message clientProtocols=0 connections=[<name>,1st-Hub/x]", "", nil},
		{"httpTrigger", "authLevel=0 methods=[1]", "", []string{`bad(methods=): methods cannot be "1"; it is get, post, put, delete, head, patch, options or trace`}},
		{"webPubSubConnection", "hub=a connection={query.name}", "", []string{
			`bad(connection=): connection "{query.name}" cannot be the name of an app setting; names are letters, digits and _ - . :`}},
		{"webPubSubTrigger", "connections=A hub={} eventType=user eventName=a", "", []string{
			"shape(connections=): connections is a list; put brackets around it",
			"shape(hub=): hub is one value and cannot be a list or an object; write it as text"}},
		{"webPubSubTrigger", "clientProtocols=mqtt" + event, "1.7.0", []string{
			"too new(clientProtocols): clientProtocols is ignored by extension 1.7.0; it is new in 1.8.0; load a newer extension"}},
		{"webPubSubTrigger", "connection=" + event, "", []string{"deprecated(connection): connection is deprecated; use connections; extensions before 1.10.2 ignore connection"}},
		{"webPubSubTrigger", "hub=a hub=b eventType=user eventName=x event=y", "", []string{
			"ignored(event): the host ignores event, which is called eventName; write eventName"}},
		{"webPubSubConnection", "HubName=chat", "", []string{"old key(HubName): the host ignores HubName, which is called hub; write hub -> hub"}},
		{"webPubSubConnection", "hub=a connectionStringSetting=B", "", []string{
			"ignored(connectionStringSetting): the host ignores connectionStringSetting, which is called connection; write connection -> connection"}},
		{"webPubSubConnection", "hub=a dataType=string usrId=x", "", []string{
			"ignored(dataType): webPubSubConnection has no property dataType, and the host ignores it; the host cannot convert this binding, so it must not be set",
			`ignored(usrId): webPubSubConnection has no property usrId, and the host ignores it; did you mean "userId"?`}},
		{"webPubSubConnection", "hub=a userId={a connection=", "", []string{
			"bad(userId=): userId: Invalid template '{a'. Missing closing bracket at position 1.; write {name} or {name.member}; {{ is a brace",
			"bad(connection=): connection is empty; give it a value, or leave it out"}},
		{"webPubSub", "hub=a other=[x,AccessKey=secret]", "", []string{
			"secret(other=): other holds a connection string or a part of one; put it into an app setting, name that here, and renew the key if this was committed"}},
		{"httpTrigger", "authLevel=USER methods=[GET,option] route={*path}", "", []string{`old value(methods=): methods cannot be "option"; did you mean "options"? -> options`}},
		{"httpTrigger", "methods=[option]", "", []string{`old value(methods=): methods cannot be "option"; did you mean "options"? -> options`}},
		{"timerTrigger", "schedule=nonsense runOnStartup=maybe useMonitor=true", "", []string{`bad(runOnStartup=): runOnStartup is a flag and cannot be "maybe"; it is true or false`}},
		{"http", "methods=[get]", "", []string{"ignored(methods): http has no property methods, and the host ignores it"}},
	} {
		def, index := builtin(t).Entry(tt.typ, "")
		if def == nil {
			t.Fatalf("nothing defines %s", tt.typ)
		}
		m := members(tt.entry)
		var got []string
		for _, issue := range CheckEntry(def, index, m, Env{Extension: tt.extension}) {
			var args []Arg
			for _, x := range m {
				args = append(args, Arg{Key: x.Key})
			}
			got = append(got, spell(args, issue))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s %s:\ngot  %q\nwant %q", tt.typ, tt.entry, got, tt.want)
		}
	}
}

func TestEntryTypes(t *testing.T) {
	set := builtin(t)
	if def, _ := set.Entry("queueTrigger", "in"); def != nil {
		t.Errorf("queueTrigger is //wps:%s", def.Verb)
	}
	if def, index := set.Entry("HTTP", "OUT"); def == nil || def.Verb != "http" || index != 1 {
		t.Errorf("http is %v, %d", def, index)
	}
	if now, _ := set.Renamed("webpubsubrequest"); now != "webPubSubContext" {
		t.Errorf("webPubSubRequest is %q now", now)
	}
	if _, instead := set.Renamed("ConnectResponse"); instead == "" {
		t.Error("nothing takes the place of connectResponse")
	}
	if now, instead := set.Renamed("webPubSub"); now+instead != "" {
		t.Errorf("webPubSub is %q, %q", now, instead)
	}
	if !slices.Contains(set.Types(), "webPubSubContext") || slices.Contains(set.Types(), openType) {
		t.Errorf("types are %q", set.Types())
	}
}

func TestReadNames(t *testing.T) {
	def, index := builtin(t).Entry("webPubSubTrigger", "in")
	for _, tt := range []struct{ entry, want, best string }{
		{"eventType=user eventName=x", "request connectionContext dataType data", "data"},
		{"eventType=System eventName=CONNECT", "request connectionContext dataType claims query subprotocols clientCertificates", "request"},
		{"eventType=system eventName=disconnected", "request connectionContext dataType reason", "request"},
		{"", "request connectionContext dataType", "request"},
	} {
		names, best := def.ReadNames(index, members(tt.entry))
		if got := strings.Join(names, " "); got != tt.want || best != tt.best {
			t.Errorf("%s: got %s, %s", tt.entry, got, best)
		}
	}
	if def, index = builtin(t).Entry("webPubSub", "in"); def != nil {
		if names, _ := def.ReadNames(index, nil); names != nil {
			t.Errorf("an output has the names %q", names)
		}
	}
}
