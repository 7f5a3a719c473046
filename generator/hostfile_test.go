package generator

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/appfiles"
)

const webhookApp = "\n//wps:trigger hub=chat eventType=user eventName=message\nfunc Message() {}\n"

// TestHostFileNamesProgram takes the program's name from the import path, since the folder may have any.
func TestHostFileNamesProgram(t *testing.T) {
	for _, tt := range []struct{ module, app, pkg, want string }{
		{"example.com/chat", ".", ".", "chat"},
		{"example.com/chat", ".", "internal/rooms", "chat"},
		{"example.com/chat/v2", ".", ".", "chat"},
		{"example.com/chat/v2", ".", "rooms", "chat"},
		{"example.com/chat", "apps/v2x", "apps/v2x/rooms", "v2x"},
		{"v2", ".", ".", "v2"},
	} {
		dir := newModule(t, "-- "+tt.pkg+"/app.go --\npackage app\n"+webhookApp+"-- "+tt.app+"/wpsgen.yaml --\nupstream: http\n")
		writeFile(t, filepath.Join(dir, "go.mod"), strings.Replace(goMod, "example.com/app", tt.module, 1))
		r := mustRun(t, dir)
		src := planned(t, r, dir, filepath.Join(tt.app, "host.json"))
		var host appfiles.HostDocument
		if err := json.Unmarshal([]byte(src), &host); err != nil || host.CustomHandler.Description.DefaultExecutablePath != tt.want {
			t.Errorf("%s, %s: got %v, %s", tt.module, tt.pkg, err, src)
		}
	}
}

// TestAppFinderReadsOnce: the files of a folder are read once for each folder, however many packages there are.
func TestAppFinderReadsOnce(t *testing.T) {
	dir := newModule(t, "-- wpsgen.yaml --\nupstream: http\n-- a/a.go --\npackage a\n-- a/b/b.go --\npackage b\n")
	finder := newAppFinder()
	for _, path := range []string{"a", "a/b", "a/b"} {
		if got := finder.appDir(filepath.Join(dir, path), dir); got != dir {
			t.Errorf("the app of %s is %s", path, got)
		}
	}
	writeFile(t, filepath.Join(dir, "a", "host.json"), "{}")
	if got := finder.appDir(filepath.Join(dir, "a/b"), dir); got != dir {
		t.Errorf("a folder is looked at again: %s", got)
	}
	if got := newAppFinder().appDir(filepath.Join(dir, "a/b"), dir); got != filepath.Join(dir, "a") {
		t.Errorf("host.json marks no app: %s", got)
	}
	writeFile(t, filepath.Join(dir, "a", "host.json"), `{"generatedBy": "wpsgen"}`)
	if got := newAppFinder().appDir(filepath.Join(dir, "a/b"), dir); got != dir {
		t.Errorf("a generated host.json marks an app: %s", got)
	}
}

// TestUnsoundAppKeepsHostFile leaves what all packages share alone while one of them has an error.
func TestUnsoundAppKeepsHostFile(t *testing.T) {
	dir := newModule(t, "-- wpsgen.yaml --\nupstream: http\n-- a/a.go --\npackage a\n"+webhookApp+"-- b/b.go --\npackage b\n\n//wps:htp\nfunc B() {}\n")
	r := mustRun(t, dir)
	for _, c := range r.Changes {
		if filepath.Base(c.Path) != glueFile {
			t.Errorf("%s is planned", c.Path)
		}
	}
	writeFile(t, filepath.Join(dir, "b", "b.go"), "package b\n\n//wps:http\nfunc B() {}\n")
	r = mustRun(t, dir)
	planned(t, r, dir, "host.json")
	planned(t, r, dir, "webpubsub/function.json")
	if err := r.Write(); err != nil {
		t.Fatal(err)
	}
	compile(t, dir)
	writeFile(t, filepath.Join(dir, "b", "b.go"), "package b\n\n//wps:htp\nfunc B() {}\n")
	if r = mustRun(t, dir); len(r.Changes) > 0 {
		t.Errorf("changes while b is wrong:\n%s", text(t, r, dir))
	}
}
