package hosted

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/pack"
	"github.com/wpsgen/wpsgen/internal/hosttest"
)

// importCorpus is the folder of real apps, which stand beside the project where they do, or where WPSGEN_CORPUS says.
func importCorpus() string {
	return filepath.Join(cmp.Or(os.Getenv("WPSGEN_CORPUS"), "../../../shared/corpus"), "apps")
}

// TestImport imports apps in JavaScript, TypeScript, Python and C# script, and whatever apps the corpus has,
// and asks the Go apps what the originals' bindings answer: with wpsgen dev, and behind the host. What is
// to be expected of an app is read from its own files.
func TestImport(t *testing.T) {
	t.Parallel()
	own, err := filepath.Glob("testdata/import/*")
	if err != nil || len(own) != 4 {
		t.Fatalf("%q, %v", own, err)
	}
	program := filepath.Join(t.TempDir(), "wpsgen")
	if out, err := exec.Command("go", "build", "-o", program, "../../cmd/wpsgen").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	slots := make(chan struct{}, 2) // each builds a program
	run := func(name, dir string, whole bool) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			slots <- struct{}{}
			defer func() { <-slots }()
			testImport(t, program, dir, whole)
		})
	}
	for _, dir := range own {
		run(filepath.Base(dir), dir, true)
	}
	if testing.Short() {
		return
	}
	for name, dir := range appsBelow(t, importCorpus()) {
		run(name, dir, false)
	}
}

// testImport imports an app and asks what comes of it. Of one that is whole nothing may be left out.
func testImport(t *testing.T, program, source string, whole bool) {
	dir := filepath.Join(t.TempDir(), filepath.Base(source))
	result := importApp(t, source, dir)
	if whole && (result == nil || diag.HasErrors(result.Findings)) {
		t.Error("not all of the app is imported")
	}
	if result == nil || t.Failed() {
		return
	}
	app, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	contents, err := pack.Collect(pack.Config{Dir: dir, Target: pack.DefaultTarget(), Output: filepath.Join(dir, "app.zip")})
	if err != nil || diag.HasErrors(contents.Findings) {
		t.Errorf("the app cannot be packed: %+v, %v", contents, err)
	}
	settings := settingsFor(t, app.model)
	t.Run("host", func(t *testing.T) {
		if reason := hostRefuses(app.model); reason != "" {
			t.Skip(reason)
		}
		s := start(t, app, Options{Host: hosttest.Options{Settings: settings, Inputs: otherInputs(app.model)}})
		askApp(t, app.model, s.Host.URL(), s.Emulator.ConnectionString(), settings)
		runFunctions(t, s)
		expectEvents(t, s)
	})
	t.Run("dev", func(t *testing.T) {
		base, endpoint := startDev(t, program, dir, settings)
		askApp(t, app.model, base, emulatorAt(endpoint), settings)
	})
}
