package importer_test

import (
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

// corpus are real files that stand beside the project, where they do.
const corpus = "../../../shared/corpus"

// TestCorpusFiles imports every function.json of the corpus, each as an app of its own, all into one module. The
// Go apps have no mistake and compile, whatever was wrong with the files; and what was not reported as changed
// or dropped is as it was.
func TestCorpusFiles(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpus, "*.function.json"))
	if err != nil || len(files) == 0 {
		t.Skip("there is no corpus beside the project")
	}
	module := newModule(t)
	kept := make(map[string]string) // the original's files by the function.json that is to be generated
	for _, file := range files {
		name, _, _ := strings.Cut(filepath.Base(file), "-")
		if importFile(t, file, filepath.Join(module, "app"+name)) {
			kept[filepath.Join(module, "app"+name, "handler", "function.json")] = file
		}
	}
	result := generateAll(t, module)
	compile(t, module)
	compared := 0
	for _, c := range result.Changes {
		if file := kept[c.Path]; file != "" {
			compareFunctions(t, file, c.New)
			compared++
		}
	}
	if compared != len(kept) || compared < len(files)/3 {
		t.Errorf("%d of %d files were compared, of which %d ought to be", compared, len(files), len(kept))
	}
}

// importFile imports a file alone into a folder of a module. It reports whether all of it is carried over as it is.
func importFile(t *testing.T, file, to string) bool {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "handler", "function.json"), string(src))
	result, err := importer.Run(importer.Config{Dir: dir, Module: "example.com/app", Runtime: own(t)})
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

// generateAll generates all apps of a module, which have no mistake.
func generateAll(t *testing.T, module string) *generator.Result {
	t.Helper()
	result, err := generator.Run(generator.Config{Dir: module, Env: append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range result.Findings {
		if f.Severity() == diag.Error {
			src, _ := os.ReadFile(f.Place.File)
			t.Errorf("%s in\n%s", f, src)
		}
	}
	if err := result.Write(); err != nil {
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
			if key == "type" || key == "direction" || ours && (key == "name" || key == "datatype") || m.Value.Kind == appfiles.Null || m.Value.Kind == appfiles.String && m.Value.Text == "" {
				continue
			}
			members = append(members, fmt.Sprintf("%s=%s", key, strings.ToLower(textOf(m.Value))))
		}
		slices.Sort(members)
		entries = append(entries, typ+" "+strings.Join(members, " "))
	}
	return entries
}

func textOf(v *appfiles.Value) string {
	text := v.Text
	for _, item := range v.Items {
		text += "," + textOf(item)
	}
	return text
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
