package hub

import (
	"encoding/json"
	"os/exec"
	"reflect"
	"strings"
	"testing"
)

// nasty are names that end strings, begin expressions or run commands where they are not quoted.
var nasty = []string{
	`'; touch /tmp/x; '`, `"`, `\`, `\'`, `$(id)`, "`id`", `${x}`, `%{x}`, `$${x}`, `$`, `a${`, "a\nb", "\x7f", "]", "[concat('a')]",
	"//x", "#x", "*", "!x", "~", "-x", "ä\u2028", "'''", "a b", "",
}

// TestAzShell lets a shell read the commands: each name has to come out as one word, as it was.
func TestAzShell(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	for _, name := range nasty {
		settings := []Settings{
			{Hub: name, Path: webhook, SystemEvents: []string{name}, UserEvents: []string{name}},
			{Hub: name, Path: "/api/{event}", UserEvents: []string{"a", "*"}},
		}
		text := az(settings, Target{URL: name, Service: name, ResourceGroup: name})
		cmd := exec.Command(sh, "-c", "az() { printf '%s\\0' \"$@\"; }\n"+text)
		cmd.Env = []string{azKey + "=k e'y"}
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%q: %v\n%s\n%s", name, err, out, text)
		}
		want := []string{"webpubsub", "hub", "create", "--name=" + name, "--resource-group=" + name, "--hub-name=" + name,
			"--event-handler", "url-template=" + name + webhook + "?code=k e'y"}
		if name != "" {
			want = append(want, "user-event-pattern="+name)
		}
		want = append(want, "system-event="+name, "--event-handler", "url-template="+name+"/api/{event}", "user-event-pattern=*", "")
		if got := strings.Split(string(out), "\x00"); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got\n%q\nwant\n%q\nof\n%s", name, got, want, text)
		}
	}
}

// TestAzNoKey stops before az runs when nobody gave the key.
func TestAzNoKey(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	text := az([]Settings{{Hub: "chat", Path: webhook}}, Target{})
	cmd := exec.Command(sh, "-c", "az() { echo ran; }\n"+text)
	cmd.Env = []string{}
	if out, err := cmd.CombinedOutput(); err == nil || strings.Contains(string(out), "ran") || !strings.Contains(string(out), azKey) {
		t.Errorf("got %v\n%s", err, out)
	}
}

// TestStrings quotes names for each language.
func TestStrings(t *testing.T) {
	for _, tt := range []struct{ in, bicep, hcl, arm string }{
		{"chat", `'chat'`, `"chat"`, "chat"},
		{"", `''`, `""`, ""},
		{`it's`, `'it\'s'`, `"it's"`, `it's`},
		{`a"b`, `'a"b'`, `"a\"b"`, `a"b`},
		{`a\`, `'a\\'`, `"a\\"`, `a\`},
		{`\'`, `'\\\''`, `"\\'"`, `\'`},
		{`${x}`, `'\${x}'`, `"$${x}"`, `${x}`},
		{`%{x}`, `'%{x}'`, `"%%{x}"`, `%{x}`},
		{`$${x}`, `'$\${x}'`, `"$$${x}"`, `$${x}`},
		{`$x%$`, `'$x%$'`, `"$x%$"`, `$x%$`},
		{"a\n\r\t\x7f", `'a\u{a}\u{d}\u{9}\u{7f}'`, `"a\u000a\u000d\u0009\u007f"`, "a\n\r\t\x7f"},
		{"\u2028ä", `'\u{2028}ä'`, "\"\u2028ä\"", "\u2028ä"},
		{"[concat('a')]", `'[concat(\'a\')]'`, `"[concat('a')]"`, "[[concat('a')]"},
		{"[a", `'[a'`, `"[a"`, "[a"},
	} {
		if got := bicepString(tt.in); got != tt.bicep {
			t.Errorf("Bicep %q: got %s, want %s", tt.in, got, tt.bicep)
		}
		if got := hclString(tt.in); got != tt.hcl {
			t.Errorf("HCL %q: got %s, want %s", tt.in, got, tt.hcl)
		}
		if got := armString(tt.in); got != tt.arm {
			t.Errorf("ARM %q: got %s, want %s", tt.in, got, tt.arm)
		}
	}
}

// TestARMNasty reads the template back.
func TestARMNasty(t *testing.T) {
	for _, name := range nasty {
		text, err := arm([]Settings{{Hub: name, Path: webhook, UserEvents: []string{name}}}, Target{URL: "https://x/'" + name, Service: "s"})
		if err != nil {
			t.Fatal(err)
		}
		var got armTemplate
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Fatalf("%q: %v\n%s", name, err, text)
		}
		url := "[concat('" + strings.ReplaceAll("https://x/'"+name+webhook+"?code=", "'", "''") + "', uriComponent(parameters('webPubSubExtensionKey')))]"
		h := got.Resources[0].Properties.EventHandlers[0]
		if got.Resources[0].Name != "s/"+name || h.URLTemplate != url || h.UserEventPattern != armString(name) {
			t.Errorf("%q: got %+v", name, got.Resources[0])
		}
	}
}

// TestIdentifiers gives hubs whose names differ in signs alone names of their own.
func TestIdentifiers(t *testing.T) {
	ids := identifiers{}
	for _, tt := range []struct{ name, want string }{
		{"a.b", "hub_a_b"}, {"a_b", "hub_a_b_2"}, {"a_b_2", "hub_a_b_2_2"}, {"a`b", "hub_a_b_3"}, {"ä\"}", "hub____"},
	} {
		if got := ids.of(tt.name); got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestRenderUnknown refuses a format there is not.
func TestRenderUnknown(t *testing.T) {
	if _, err := Render("xml", nil, Target{}); err == nil || !strings.Contains(err.Error(), `"xml"`) {
		t.Errorf("got %v", err)
	}
}
