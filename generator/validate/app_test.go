package validate_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/validate"
)

const bundle = `{"version": "2.0", "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}}`

// event is a function.json for a system event of a hub.
func event(hub, name string) string {
	return `{"bindings": [{"type": "webPubSubTrigger", "direction": "in", "name": "request", "hub": "` + hub + `", "eventType": "system", "eventName": "` + name + `"}]}`
}

// TestBareApp takes a folder without host.json for an app when something else of an app lies there.
func TestBareApp(t *testing.T) {
	functions := "-- a/function.json --\n" + event("chat", "connect") + "\n-- b/function.json --\n" + event("chat", "connect") + "\n"
	for _, tt := range []struct {
		files string
		want  int
	}{
		{functions, 0},
		{functions + "-- local.settings.sample.json --\n{\"Values\": {\"AzureWebJobsStorage\": \"x\"}}\n", 1},
		{functions + "-- c/local.settings.json --\n{\"Values\": {\"AzureWebJobsStorage\": \"x\"}}\n", 0},
	} {
		dir := folder(t, tt.files)
		if got := run(t, dir); len(got) != tt.want {
			t.Errorf("%s\nfound %q", tt.files, spell(dir, got))
		}
	}
}

// TestWalk leaves out what is no part of an app, and gives nested apps their own files.
func TestWalk(t *testing.T) {
	bad := event("chat", "conntected")
	var files strings.Builder
	for _, name := range []string{"node_modules/x/a", ".git/a", "bin/a", "obj/a", ".venv/lib/a", "outer/node_modules/a"} {
		files.WriteString("-- " + name + "/function.json --\n" + bad + "\n")
	}
	files.WriteString("-- outer/host.json --\n" + bundle + "\n-- outer/a/function.json --\n" + event("chat", "connect") + "\n")
	files.WriteString("-- outer/inner/host.json --\n" + bundle + "\n-- outer/inner/a/function.json --\n" + event("chat", "connect") + "\n")
	files.WriteString("-- outer/inner/wpsgen.yaml --\nrules: {WPS445: error}\n-- outer/inner/a/b/function.json --\n" + event("chat", "connected") + "\n")
	files.WriteString("-- outer/a/b/c/function.json --\n" + event("chat", "connected") + "\n")
	dir := folder(t, files.String())
	got := spell(dir, run(t, dir))
	want := []string{
		"outer/a/b/c/function.json: warning: WPS445: the host does not look for a function here; put it into a folder right below host.json that has the function's name",
		"outer/inner/a/b/function.json: WPS445: the host does not look for a function here; put it into a folder right below host.json that has the function's name",
	}
	if !slices.Equal(got, want) {
		t.Errorf("found %q", got)
	}
	levels := run(t, dir)
	if levels[0].Severity() != "warning" || levels[1].Severity() != "error" {
		t.Errorf("severities are %s and %s", levels[0].Severity(), levels[1].Severity())
	}
}

// TestClosedFolder validates the rest of a tree in which a folder may not be read, and says so.
func TestClosedFolder(t *testing.T) {
	dir := folder(t, "-- host.json --\n"+bundle+"\n-- a/function.json --\n"+event("chat", "conntected")+"\n-- data/x --\n")
	if err := os.Chmod(dir+"/data", 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(dir+"/data", 0o755) })
	if _, err := os.ReadDir(dir + "/data"); err == nil {
		t.Skip("this user may read everything")
	}
	result, err := validate.Run(validate.Config{Path: dir})
	if err != nil || len(result.Findings) != 1 || len(result.Notes) != 1 || result.Notes[0].Path != dir+"/data" {
		t.Errorf("found %v, %v", result, err)
	}
	if _, err := validate.Run(validate.Config{Path: dir + "/data"}); err == nil {
		t.Error("a folder that may not be read is no error by itself")
	}
}

// TestRulesOfFile takes the project of a file validated alone.
func TestRulesOfFile(t *testing.T) {
	dir := folder(t, "-- wpsgen.yaml --\nrules: {WPS425: off}\n-- a/function.json --\n"+event("chat", "conntected")+"\n")
	if got := run(t, dir+"/a/function.json"); len(got) > 0 {
		t.Errorf("found %q", spell(dir, got))
	}
}

// TestSettingsFile prefers the file that is used to samples of it.
func TestSettingsFile(t *testing.T) {
	dir := folder(t, "-- host.json --\n"+bundle+"\n-- a/function.json --\n"+event("chat", "connect")+"\n"+
		"-- local.settings.example.json --\n{\"Values\": {}}\n-- local.settings.json --\n{\"Values\": {\"azurewebjobsstorage\": \"x\", \"WebPubSubConnectionString:serviceUri\": \"https://a\"}}\n-- local.settings.sample.json --\n{\"Values\": {}}\n")
	if got := run(t, dir); len(got) > 0 {
		t.Errorf("found %q", spell(dir, got))
	}
}

// TestSettingsSample takes samples of the settings for what they are, by the names people give them.
func TestSettingsSample(t *testing.T) {
	for _, name := range []string{"local.settings.json.sample", "local.settings.json.example", "Local.Settings.json.template", "sample.local.settings.json"} {
		dir := folder(t, "-- host.json --\n"+bundle+"\n-- a/function.json --\n"+event("chat", "connect")+"\n-- "+name+" --\n{\"Values\": {\"A\": \"b\" \"C\": \"d\"}}\n")
		if got := run(t, dir); len(got) != 1 || got[0].Code != "WPS406" {
			t.Errorf("%s: found %q", name, spell(dir, got))
		}
		if got := run(t, dir+"/"+name); len(got) != 1 {
			t.Errorf("%s alone: found %q", name, spell(dir, got))
		}
	}
	for _, name := range []string{"local.settings.json.gpg", "local.settings.json.md", "settings.json.sample"} {
		if validate.IsSettings(name) {
			t.Errorf("%s is taken for settings", name)
		}
	}
}

func TestRunErrors(t *testing.T) {
	dir := folder(t, "-- a.txt --\n-- b/c.json --\n{}\n")
	for path, want := range map[string]string{
		dir + "/none":     "no such file",
		dir + "/a.txt":    "a.txt is none of function.json",
		dir + "/b/c.json": "c.json is none of function.json",
		dir:               "there is no host.json, function.json or local.settings.json in",
	} {
		if _, err := validate.Run(validate.Config{Path: path}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestOrder finds the same in the same order, however the files were read.
func TestOrder(t *testing.T) {
	var files strings.Builder
	files.WriteString("-- host.json --\n" + bundle + "\n")
	for _, name := range strings.Split("abcdefghijklmnopqrstuvwxyz", "") {
		files.WriteString("-- " + name + "/function.json --\n" + event("chat", "connect") + "\n")
	}
	dir := folder(t, files.String())
	first := spell(dir, run(t, dir))
	if len(first) != 25 {
		t.Errorf("found %q", first)
	}
	for range 5 {
		if again := spell(dir, run(t, dir)); !slices.Equal(again, first) {
			t.Fatalf("then %q, now %q", first, again)
		}
	}
}
