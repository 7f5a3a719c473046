package binding

import (
	"slices"
	"strings"
	"testing"
)

// args reads the arguments of a directive in its simplest form: words, split at blanks.
func args(text string) []Arg {
	var out []Arg
	for _, word := range strings.Fields(text) {
		key, value, assigned := strings.Cut(word, "=")
		unquoted := strings.Trim(value, `"`)
		out = append(out, Arg{Key: key, Value: unquoted, Flag: !assigned, Quoted: unquoted != value})
	}
	return out
}

var kindNames = map[IssueKind]string{
	UnknownKey: "unknown", OldKey: "old key", MisplacedKey: "misplaced", RepeatedKey: "repeated", MissingKey: "missing",
	NoValue: "no value", BadValue: "bad", OldValue: "old value", OwnVerb: "own verb", Secret: "secret", Conflict: "conflict",
	Deprecated: "deprecated", TooNew: "too new", Caution: "caution",
	WrongShape: "shape", IgnoredKey: "ignored", Spelling: "spelling", FromFallback: "fallback",
}

// spell writes an issue as kind(part): message; hint -> fix.
func spell(directive []Arg, issue Issue) string {
	s := kindNames[issue.Kind]
	if issue.Arg >= 0 {
		s += "(" + directive[issue.Arg].Key
		if issue.Part == PartValue {
			s += "="
		}
		s += ")"
	}
	s += ": " + issue.Message
	if issue.Hint != "" {
		s += "; " + issue.Hint
	}
	if issue.Fix != "" {
		s += " -> " + issue.Fix
	}
	return s
}

func TestCheck(t *testing.T) {
	for _, test := range []struct {
		directive string
		want      []string
	}{
		{"trigger hub=chat eventType=system eventName=connect", nil},
		{"trigger hub=chat eventType=user eventName=new.chat-1 clientProtocols=mqtt connections=A,B:C__d unsigned=false", nil},
		{"trigger hub=%Hub% eventType=USER eventName=%Event%x clientProtocols=WebPubSub", nil},
		{"trigger eventType=System eventName=Connected", nil},
		{"trigger", []string{
			"missing: //wps:trigger needs eventType; add eventType=user, system or groupPresence",
			"missing: //wps:trigger needs eventName; add eventName=…",
		}},
		{"trigger eventType=system", []string{"missing: //wps:trigger needs eventName; add eventName=connect, connected or disconnected"}},
		{"trigger eventType=user", []string{"missing: //wps:trigger needs eventName; add eventName=… (a letter, then up to 127 letters, digits or _ . -)"}},
		{"trigger eventType=system eventName=conntected", []string{
			`bad(eventName=): eventName "conntected" is not a system event; did you mean "connected"?`}},
		{"trigger eventType=system eventName=message", []string{
			`bad(eventName=): eventName "message" is not a system event; it is connect, connected or disconnected`}},
		{"trigger eventType=system eventName=disconnect", []string{
			`old value(eventName=): eventName "disconnect" is not a system event; did you mean "disconnected"? -> disconnected`}},
		{"trigger eventType=system eventName=%E%", []string{
			"bad(eventName=): eventName cannot hold a %setting%; it is connect, connected or disconnected"}},
		{"trigger eventType=user eventName=a/b", []string{
			`bad(eventName=): eventName cannot be "a/b"; it is a letter, then up to 127 letters, digits or _ . -`}},
		{"trigger eventType=user eventName=a,b", []string{`bad(eventName=): eventName cannot be "a,b"; eventName takes one value`}},
		{"trigger eventType=user eventName=%a", []string{
			"bad(eventName=): eventName \"%a\": The '%' at position 0 does not have a closing '%'; write %NAME% for the app setting NAME; a % alone cannot be written"}},
		{"trigger eventType=user eventName=%A%%B%", nil},
		{"trigger eventType=user eventName=%%", []string{
			"bad(eventName=): eventName \"%%\": the %setting% at position 0 has no name; write %NAME% for the app setting NAME; a % alone cannot be written"}},
		{"trigger eventType=sytem eventName=connect", []string{
			`bad(eventType=): eventType cannot be "sytem"; did you mean "system"?`}},
		{"trigger eventType eventName=a", []string{"no value(eventType): eventType has no value; write eventType=user, system or groupPresence"}},
		{`trigger eventType=user eventName="" hub=a`, []string{"bad(eventName=): eventName is empty; give it a value, or leave it out"}},
		{"trigger hub=1chat eventType=user eventName=a", []string{
			"bad(hub=): hub cannot be \"1chat\"; it is a letter, then up to 127 letters, digits or _ ` , . [ ]"}},
		{"trigger hub={query.hub} eventType=user eventName=a", []string{
			"bad(hub=): hub cannot hold an {expression}; it may hold a %setting%, which the host reads once, at start"}},
		{"trigger hubName=chat eventType=user event=a", []string{
			"old key(hubName): hubName is called hub; write hub -> hub", "old key(event): event is called eventName; write eventName -> eventName"}},
		{"trigger hub=a hubName=b eventType=user eventName=a", []string{
			"old key(hubName): hubName is called hub; write hub -> hub", "repeated(hubName): hub is set twice, as hub and as hubName; remove one of them"}},
		{"trigger evntName=a eventType=user", []string{`unknown(evntName): //wps:trigger has no key evntName; did you mean "eventName"?`}},
		{"trigger EventName=a eventType=user", []string{`unknown(EventName): //wps:trigger has no key EventName; did you mean "eventName"? -> eventName`}},
		{"trigger chat user eventName=a", []string{
			"unknown(chat): //wps:trigger has no key chat; there are hub, eventType, eventName, clientProtocols, connections, connection and unsigned",
			"unknown(user): //wps:trigger has no key user; did you mean eventType=user?"}},
		{"trigger eventType=user eventName=a authLevel=anonymous", []string{
			"misplaced(authLevel): //wps:trigger does not take authLevel; the trigger has none; the key in the service's event handler URL protects it"}},
		{"trigger eventType=user eventName=a type=x", []string{"misplaced(type): //wps:trigger does not take type; the verb decides it"}},
		{"trigger eventType=user eventName=a connection=A", []string{
			"deprecated(connection): connection is deprecated; use connections; extensions before 1.10.2 ignore connection"}},
		{"trigger eventType=user eventName=a unsigned connections=A", []string{
			"caution(unsigned): unsigned: anybody who finds the address can send this event",
			"conflict(connections): unsigned and connections exclude each other; remove one of them"}},
		{"trigger eventType=user eventName=a unsigned=yes", []string{
			`caution(unsigned): unsigned: anybody who finds the address can send this event`,
			`bad(unsigned=): unsigned is a flag and cannot be "yes"; write unsigned alone`}},
		{"trigger eventType=user eventName=a connections=A,A,,%B%", []string{
			`bad(connections=): connections has "A" twice; name it once`,
			"bad(connections=): connections is empty; give it a value, or leave it out",
			"bad(connections=): connections is the name of an app setting, without %; write connections=B"}},
		{"trigger eventType=user eventName=a connections=%B%", []string{
			"bad(connections=): connections is the name of an app setting, without %; write connections=B -> B"}},
		{"http methods=get,POST authLevel=Anonymous route=rooms/{room}", nil},
		{"http methods=get,GET", []string{`bad(methods=): methods has "GET" twice; name it once`}},
		{"http methods=option,fetch", []string{
			`old value(methods=): methods cannot be "option"; did you mean "options"?`,
			`bad(methods=): methods cannot be "fetch"; it is get, post, put, delete, head, patch, options or trace`}},
		{"http methods=option", []string{`old value(methods=): methods cannot be "option"; did you mean "options"? -> options`}},
		{`http methods="get,post"`, []string{`bad(methods=): methods cannot be "get,post"; a quoted value is never split; remove the quotes`}},
		{"http methods=", []string{"bad(methods=): methods is empty; give it a value, or leave it out"}},
		{"http authLevel=anon", []string{
			`bad(authLevel=): authLevel cannot be "anon"; did you mean "anonymous"?`}},
		{"http name=x", []string{
			"misplaced(name): //wps:http does not take name; the names req and res are what the host and the glue agree on; //wps:function name= names the function"}},
		{"http route=admin/x", []string{`bad(route=): route "admin/x" begins with admin, which the host keeps for itself; begin it with another word`}},
		{"timer schedule=00:05:00", nil},
		{"timer schedule=%Tick% useMonitor=false", nil},
		{"timer schedule=5m", []string{
			`bad(schedule=): schedule "5m", position 1: "5m" is neither NCRONTAB nor a time span; write second minute hour day month weekday, as in "0 */5 * * * *", or a time span, as in 00:05:00; a value with blanks needs quotes`}},
		{"timer schedule=%Tick", []string{
			"bad(schedule=): schedule \"%Tick\": The '%' at position 0 does not have a closing '%'; write %NAME% for the app setting NAME; a % alone cannot be written"}},
		{"timer schedule={sys.utcnow}", []string{
			"bad(schedule=): schedule cannot hold an {expression}; it may hold a %setting%, which the host reads once, at start"}},
		{"timer cron=00:05:00 interval=5", []string{
			"old key(cron): cron is called schedule; write schedule -> schedule",
			"misplaced(interval): //wps:timer does not take interval; it is schedule, as in schedule=00:05:00"}},
		{"timer", []string{"missing: //wps:timer needs schedule; add schedule=…"}},
		{"timer schedule=00:05:00 runOnStartup", []string{
			"caution(runOnStartup): runOnStartup: the function runs at every start, which is at every deployment and for every instance that is added"}},
		{"timer schedule=00:05:00 runOnStartup=false name=x", []string{
			"misplaced(name): //wps:timer does not take name; the binding's name is timer; //wps:function name= names the function"}},
		{"context connections=A,B", nil},
		{"context unsigned", []string{"caution(unsigned): unsigned: anybody who finds the address can send events"}},
		{"context connection=A hub=chat", []string{
			"deprecated(connection): connection is deprecated; use connections; extensions before 1.10.2 ignore connection",
			"misplaced(hub): //wps:context does not take hub; the events name their hub; the function finds it in the request"}},
		{"connection hub={query.hub} userId={headers.x-ms-client-principal-name} name=second connection=A", nil},
		{"connection userId=%A%-{rand-guid}", nil},
		{"connection userId={query.", []string{
			"bad(userId=): userId: Invalid template '{query.'. Missing closing bracket at position 1.; write {name} or {name.member}; {{ is a brace"}},
		{"connection roles=a", []string{"misplaced(roles): //wps:connection does not take roles; the binding's token has no roles; make one with wps.ServiceClient"}},
		{"connection name=a_b", []string{`bad(name=): name cannot be "a_b"; it is a letter, then up to 127 letters or digits`}},
		{"connection clientProtocol=socketio", nil},
		{"connection connection=a/b", []string{
			`bad(connection=): connection "a/b" cannot be the name of an app setting; names are letters, digits and _ - . :`}},
		{"output group=a", []string{
			"misplaced(group): //wps:output does not take group; it is a field of the actions for groups, such as wps.SendToGroup"}},
		{"function name=host", []string{"bad(name=): name cannot be host: the host keeps that name for itself; choose another"}},
		{"function name=HOST", []string{"bad(name=): name cannot be HOST: the host keeps that name for itself; choose another"}},
		{"function nme=x", []string{`unknown(nme): //wps:function has no key nme; did you mean "name"?`}},
		{"function foo=x", []string{
			"missing: //wps:function needs name; add name=… (a letter, then up to 127 letters, digits or _ -)",
			"unknown(foo): //wps:function has no key foo; there is name"}},
		{"function", []string{"missing: //wps:function needs name; add name=… (a letter, then up to 127 letters, digits or _ -)"}},
		{"defaults hub=chat connection=A", nil},
		{"defaults", nil},
	} {
		verb, rest, _ := strings.Cut(test.directive, " ")
		given := args(rest)
		var got []string
		for _, issue := range Check(builtin(t).Verb(verb), given, Env{}) {
			got = append(got, spell(given, issue))
		}
		if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
			t.Errorf("%s\n got %s\nwant %s", test.directive, strings.Join(got, "\n     "), strings.Join(test.want, "\n     "))
		}
	}
}

// TestCheckSchedule checks schedules with blanks in them.
func TestCheckSchedule(t *testing.T) {
	for value, want := range map[string]string{
		"0 */5 * * * *":    "",
		"*/5 * * * *":      "",
		"0 0 %Hour% * * *": "",
		"0 0 0 29 2 MON":   "",
		"0 0 25 * * *":     `bad(schedule=): schedule "0 0 25 * * *", position 5: 25 is no hour; the hour field holds numbers from 0 to 23, lists, ranges and steps of them, or * for every one`,
		"0 0 0 31 2 *":     `bad(schedule=): schedule "0 0 0 31 2 *" never comes: none of its months has such a day; change the day or the month`,
	} {
		given := []Arg{{Key: "schedule", Value: value, Quoted: true}}
		got := ""
		for _, issue := range Check(builtin(t).Verb("timer"), given, Env{}) {
			got += spell(given, issue)
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", value, got, want)
		}
	}
}

func TestCheckKeepsSecrets(t *testing.T) {
	set := builtin(t)
	for _, value := range []string{
		"Endpoint=https://a;AccessKey=s3cr3tVALUE;Version=1.0;", "accesskey=s3cr3tVALUE", "s3cr3tVALUE=", "a;s3cr3tVALUE",
		"Endpoint=https://a;AccessKey=s3cr3tVALUE,b",
	} {
		keys := map[string]string{"trigger": "connections", "connection": "connection", "output": "connection", "defaults": "connection"}
		if strings.Contains(strings.ToLower(value), "accesskey=") {
			keys["connection"], keys["http"], keys["function"] = "userId", "route", "name"
		}
		for verb, key := range keys {
			given := append(args("eventType=user eventName=a"), Arg{Key: key, Value: value})
			if verb != "trigger" {
				given = given[2:]
			}
			issues := Check(set.Verb(verb), given, Env{})
			if len(issues) != 1 || issues[0].Kind != Secret || issues[0].Arg != len(given)-1 {
				t.Errorf("%s %s=%s: %v", verb, key, value, issues)
				continue
			}
			text := spell(given, issues[0])
			if strings.Contains(text, "s3cr3tVALUE") {
				t.Errorf("the secret is told: %s", text)
			}
			if !strings.Contains(text, "put the connection string into an app setting") && verb != "trigger" {
				t.Errorf("no way out: %s", text)
			}
		}
	}
}

func TestCheckExtensionVersion(t *testing.T) {
	def := builtin(t).Verb("trigger")
	given := args("eventType=user eventName=a clientProtocols=mqtt")
	for version, want := range map[string]int{"": 0, "1.7.9": 1, "1.8.0": 0, "1.10.2": 0, "1.*": 0} {
		issues := Check(def, given, Env{Extension: version})
		if len(issues) != want {
			t.Errorf("extension %q: %v", version, issues)
			continue
		}
		if want == 1 && spell(given, issues[0]) != "too new(clientProtocols): clientProtocols is ignored by extension 1.7.9; it is new in 1.8.0; load a newer extension bundle" {
			t.Error(spell(given, issues[0]))
		}
	}
}

func TestCheckNamesTheOther(t *testing.T) {
	def := builtin(t).Verb("trigger")
	for text, want := range map[string]int{
		"unsigned eventType=user eventName=a connections=A": 0,
		"connections=A eventType=user eventName=a unsigned": 0,
		"eventType=user hub=a eventName=a hubName=b":        1,
	} {
		given := args(text)
		found := false
		for _, issue := range Check(def, given, Env{}) {
			if issue.Kind == Conflict || issue.Kind == RepeatedKey {
				found = true
				if issue.Other != want || issue.Arg != 3 {
					t.Errorf("%s: argument %d and %d, want 3 and %d", text, issue.Arg, issue.Other, want)
				}
			} else if issue.Other != -1 {
				t.Errorf("%s: %+v names another", text, issue)
			}
		}
		if !found {
			t.Errorf("%s: no conflict", text)
		}
	}
}

func TestMissingNamesFallback(t *testing.T) {
	def := &Definition{Verb: "x", Properties: []*Property{{Name: "hub", Kind: KindString, Required: true, Fallback: Fallback{Defaults: "hub"}}}}
	issues := Check(def, nil, Env{})
	if len(issues) != 1 || issues[0].Hint != "add hub=…, or //wps:defaults hub= for the whole package" {
		t.Errorf("%+v", issues)
	}
	if issues := Check(def, nil, Env{Defaults: map[string]string{"hub": "chat"}}); len(issues) != 0 {
		t.Errorf("%+v", issues)
	}
}

func TestIsAdvice(t *testing.T) {
	advice := []IssueKind{Deprecated, TooNew, Caution, IgnoredKey, Spelling, FromFallback}
	for kind, name := range kindNames {
		if got, want := kind.IsAdvice(), slices.Contains(advice, kind); got != want {
			t.Errorf("%s: IsAdvice is %t", name, got)
		}
	}
}
