package generator

import (
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
)

const ownDefinition = "verb: queue\ndoc: Runs the function for a message.\nbindings: [{type: queueTrigger, direction: in, name: {default: message}}]\n"

// TestDefinitionsOf finds the definitions of the app around a folder, in a folder whose name is no pattern.
func TestDefinitionsOf(t *testing.T) {
	special := "a[b]*"
	if runtime.GOOS == "windows" {
		special = "a b"
	}
	send := strings.NewReplacer("queueTrigger", "queue", "queue", "send", "direction: in", "direction: out").Replace(ownDefinition)
	dir := newModule(t, "-- shared/send.yml --\n"+send+
		"-- "+special+"/wpsgen.yaml --\nbindings: ['*.yaml', queue.yaml, ../shared/*.yml]\n-- "+special+"/queue.yaml --\n"+ownDefinition+
		"-- "+special+"/deep/deep.go --\npackage deep\n-- other/other.go --\npackage other\n"+
		"-- "+special+"/module/go.mod --\nmodule other\n")
	for _, tt := range []struct {
		dir  string
		own  []string
		home string
	}{
		{special, []string{"queue", "send"}, special},
		{special + "/deep", []string{"queue", "send"}, special},
		{special + "/module", nil, special + "/module"},
		{"other", nil, "."},
	} {
		d, err := DefinitionsOf(filepath.Join(dir, tt.dir))
		if err != nil {
			t.Fatal(err)
		}
		var own []string
		for _, def := range d.Set.Definitions() {
			if def.Own {
				own = append(own, def.Verb)
			}
		}
		if len(d.Findings) > 0 || !slices.Equal(own, tt.own) || d.Dir != filepath.Join(dir, tt.home) {
			t.Errorf("%s: %q in %s, %v", tt.dir, own, d.Dir, d.Findings)
		}
	}
}

// TestDefinitionsFaulty keeps the built-in definitions while those of the app have faults, all of which are reported.
func TestDefinitionsFaulty(t *testing.T) {
	dir := newModule(t, "-- wpsgen.yaml --\nbindings: [a.yaml, b.yaml, none.yaml]\n-- a.yaml --\nverb: Queue\n-- b.yaml --\n\tverb\n-- app.go --\npackage app\n")
	d, err := DefinitionsOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, f := range d.Findings {
		said = append(said, diag.Relative(dir, f.Place.File)+" "+string(f.Code))
	}
	if want := []string{"a.yaml WPS470", "a.yaml WPS470", "b.yaml WPS470", "wpsgen.yaml WPS401"}; !slices.Equal(said, want) {
		t.Errorf("findings in %q, want %q: %v", said, want, d.Findings)
	}
	set, err := binding.Builtin()
	if err != nil || d.Set != set {
		t.Errorf("the definitions are %q", d.Set.Verbs())
	}
}

// TestFaultyDefinitionsKeepFiles: what could not be read leaves every file of the app as it is, and removes none.
func TestFaultyDefinitionsKeepFiles(t *testing.T) {
	dir := newModule(t, "-- wpsgen.yaml --\nbindings: [defs/queue.yaml]\n-- defs/queue.yaml --\n"+ownDefinition+
		"-- app.go --\npackage app\n\n//wps:queue\nfunc Work(message string) {}\n\n//wps:http\nfunc Hello() {}\n-- b/b.go --\npackage b\n\n//wps:http\nfunc Other() {}\n")
	r := mustRun(t, dir)
	if err := r.Write(); err != nil || len(r.Findings) > 0 || len(r.Changes) != 5 {
		t.Fatalf("%v\n%s", err, text(t, r, dir))
	}
	writeFile(t, filepath.Join(dir, "defs", "queue.yaml"), "verb: queue\n")
	writeFile(t, filepath.Join(dir, "b", "b.go"), "package b\n\n//wps:http methods=get\nfunc Other() {}\n")
	r = mustRun(t, dir)
	if len(r.Changes) > 0 || len(r.Findings) != 1 || r.Findings[0].Code != diag.BadDefinition {
		t.Errorf("want one finding and no change:\n%s", text(t, r, dir))
	}
}
