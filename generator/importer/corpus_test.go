package importer_test

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/gomod"
	"github.com/wpsgen/wpsgen/generator/importer"
)

// corpusFiles are real files that stand beside the project, where they do, or in the folder that WPSGEN_CORPUS names.
func corpusFiles(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(cmp.Or(os.Getenv("WPSGEN_CORPUS"), "../../../shared/corpus"), pattern))
	if err != nil || len(files) == 0 {
		t.Skip("there is no corpus beside the project")
	}
	return files
}

// TestCorpusFiles imports every function.json of the corpus, each as an app of its own, all into one module. The
// Go apps have no mistake and compile, whatever was wrong with the files; and what was not reported as changed
// or dropped is as it was. A function in which wpsgen check finds a mistake is left out for that.
func TestCorpusFiles(t *testing.T) {
	module := newModule(t)
	kept := make(map[string]string) // the original's files by the function.json that is to be generated
	apps := make(map[string]string) // and by the folders of the apps
	for i, file := range corpusFiles(t, "*.function.json") {
		app := filepath.Join(module, fmt.Sprintf("app%03d", i))
		apps[app] = file
		if importFile(t, file, app) {
			kept[filepath.Join(app, "handler", "function.json")] = file
		}
	}
	for _, f := range generateAll(t, module).Findings {
		app := filepath.Dir(f.Place.File)
		if file := apps[app]; f.Severity() == diag.Error && file != "" {
			delete(apps, app)
			delete(kept, filepath.Join(app, "handler", "function.json"))
			checkLeftOut(t, file, f)
			if err := os.RemoveAll(app); err != nil {
				t.Fatal(err)
			}
		}
	}
	result := generateAll(t, module)
	for _, f := range result.Findings {
		if f.Severity() == diag.Error {
			t.Error(f)
		}
	}
	if err := result.Write(); err != nil {
		t.Fatal(err)
	}
	compile(t, module)
	compared := 0
	for _, c := range result.Changes {
		if file := kept[c.Path]; file != "" {
			compareFunctions(t, file, c.New)
			compared++
		}
	}
	if compared != len(kept) {
		t.Errorf("%d files were compared, of which %d ought to be", compared, len(kept))
	}
}

// checkLeftOut checks that the import of a file leaves its function out for a mistake.
func checkLeftOut(t *testing.T, file string, mistake diag.Finding) {
	t.Helper()
	result, stage, err := importer.Make(importer.Config{Dir: appOf(t, file), Module: "example.com/app", Runtime: own(t)}, filepath.Join(t.TempDir(), "app"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if stage != nil || !slices.ContainsFunc(result.Findings, func(f diag.Finding) bool {
		return f.Code == diag.ImportLeftOut && strings.Contains(f.Message, mistake.Message)
	}) {
		t.Errorf("%s is not left out for %s but with %v", file, mistake, result.Findings)
	}
}

// appOf makes an app of one function.
func appOf(t *testing.T, file string) string {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "handler", "function.json"), string(src))
	return dir
}

// importFile imports a file alone into a folder of a module. It reports whether all of it is carried over as it is.
func importFile(t *testing.T, file, to string) bool {
	t.Helper()
	result, err := importer.Run(importer.Config{Dir: appOf(t, file), Module: "example.com/app", Runtime: own(t)})
	if err != nil && strings.Contains(err.Error(), "wpsgen wrote") {
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	same := !result.Refused()
	for _, f := range result.Findings {
		t.Logf("%s: %s", filepath.Base(file), f)
		same = same && f.Code != diag.ImportChanged && f.Code != diag.ImportDropped && f.Code != diag.ImportLeftOut
	}
	if result.Refused() && !diag.HasErrors(result.Findings) {
		t.Errorf("%s is refused without a reason", file)
	}
	for _, f := range result.Files {
		if !strings.HasPrefix(f.Name, "go.") {
			write(t, filepath.Join(to, filepath.FromSlash(f.Name)), string(f.Content))
		}
	}
	return same
}

// newModule makes a module for apps.
func newModule(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	mod, sum, err := importer.ModuleFiles("example.com/all", own(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "go.mod"), string(mod))
	write(t, filepath.Join(dir, "go.sum"), string(sum))
	return dir
}

// generateAll generates all apps of a module, and writes nothing.
func generateAll(t *testing.T, module string) *generator.Result {
	t.Helper()
	result, err := generator.Run(generator.Config{Dir: module, Env: append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// compile compiles all programs of a module as it is.
func compile(t *testing.T, module string) {
	t.Helper()
	cmd := exec.Command("go", "vet", "./...")
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly", "GOPROXY=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go vet: %v\n%s", err, out)
	}
}

// compareFunctions holds the bindings of the original against those generated.
func compareFunctions(t *testing.T, file string, generated []byte) {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, after := entriesOf(t, file, src), entriesOf(t, file, generated)
	for _, e := range before {
		if !slices.Contains(after, e) {
			t.Errorf("%s: the binding %s is not in\n%s", file, e, strings.Join(after, "\n"))
		}
	}
	if extra := len(after) - len(before); extra > 0 && (extra > 1 || !slices.ContainsFunc(after, func(e string) bool { return strings.HasPrefix(e, "http ") })) {
		t.Errorf("%s: there are more bindings than before:\n%s", file, strings.Join(after, "\n"))
	}
}

// entriesOf spells the bindings of a file: all that is the same for the host before and after.
func entriesOf(t *testing.T, file string, src []byte) []string {
	t.Helper()
	doc, err := appfiles.Read(file, src)
	if err != nil {
		t.Fatal(err)
	}
	var entries []string
	for _, e := range doc.Root.Find("bindings").Items {
		typ := strings.ToLower(e.Find("type").Text)
		ours := slices.Contains([]string{"webpubsubtrigger", "webpubsubcontext", "httptrigger", "http", "timertrigger"}, typ)
		var members []string
		for _, m := range e.Members {
			key := strings.ToLower(m.Name)
			value := strings.ToLower(textOf(m.Value))
			silent := m.Value.Kind == appfiles.Null || m.Value.Kind == appfiles.String && value == "" || ours && value == "false"
			if silent || key == "type" || key == "direction" || ours && (key == "name" || key == "datatype") {
				continue
			}
			members = append(members, key+"="+value)
		}
		slices.Sort(members)
		entries = append(entries, typ+" "+strings.Join(members, " "))
	}
	return entries
}

// textOf is a value, or the items of a list, each once.
func textOf(v *appfiles.Value) string {
	texts := []string{v.Text}
	for _, item := range v.Items {
		if text := textOf(item); !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, ",")
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// own is where the runtime is that the tests are built with.
func own(t *testing.T) gomod.Source {
	t.Helper()
	from, err := gomod.Find(t.Context(), "", ".")
	if err != nil {
		t.Fatal(err)
	}
	return from
}
