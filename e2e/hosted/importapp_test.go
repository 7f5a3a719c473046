package hosted

import (
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/gomod"
	"github.com/wpsgen/wpsgen/generator/importer"
)

// appsBelow yields the folders below one that are apps, by their path there: those with a host.json, and those
// that have a folder with a function.json. Nothing below an app is another one.
func appsBelow(t *testing.T, root string) iter.Seq2[string, string] {
	return func(yield func(name, dir string) bool) {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case !d.IsDir() || path == root:
				return nil
			case strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules":
				return fs.SkipDir
			case !isFile(filepath.Join(path, appfiles.HostFile)) && len(functionFiles(t, path)) == 0:
				return nil
			}
			name, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			if !yield(filepath.ToSlash(name), path) {
				return fs.SkipAll
			}
			return fs.SkipDir
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// functionFiles are an app's function.json files by the names of their functions.
func functionFiles(t *testing.T, app string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(app)
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string]string)
	for _, e := range entries {
		path := filepath.Join(app, e.Name(), appfiles.FunctionFile)
		if !strings.HasPrefix(e.Name(), ".") && e.Name() != "node_modules" && isFile(path) {
			files[e.Name()] = path
		}
	}
	return files
}

// importApp imports an app into a folder. Each function is imported or left out with the reason, and an app with
// its bindings in code is refused. It returns nil when nothing is imported.
func importApp(t *testing.T, source, dir string) *importer.Result {
	t.Helper()
	from, err := gomod.Find(t.Context(), "", ".")
	if err != nil {
		t.Fatal(err)
	}
	files := functionFiles(t, source)
	result, stage, err := importer.Make(importer.Config{Dir: source, Runtime: from}, dir, nil)
	if err != nil {
		if len(files) > 0 {
			t.Fatal(err)
		}
		t.Logf("there is no app: %v", err)
		return nil
	}
	for _, f := range result.Findings {
		t.Log(f)
		if f.Place.File == "" || f.Message == "" {
			t.Errorf("the finding names no place or nothing: %+v", f)
		}
	}
	if reasons := findingsOf(result, diag.BindingsInCode); len(reasons) > 0 {
		checkRefused(t, source, result, reasons)
		return nil
	}
	for name, file := range files {
		checkCarriedOver(t, result, name, file)
	}
	if stage == nil {
		return nil
	}
	if err := stage.Commit(); err != nil {
		t.Fatal(err)
	}
	return result
}

func findingsOf(result *importer.Result, code diag.Code) []diag.Finding {
	return slices.DeleteFunc(slices.Clone(result.Findings), func(f diag.Finding) bool { return f.Code != code })
}

// checkRefused checks that there is one reason to refuse an app, and nothing else.
func checkRefused(t *testing.T, source string, result *importer.Result, reasons []diag.Finding) {
	t.Helper()
	if !result.Refused() || len(reasons) != 1 || len(result.Findings) != 1 || reasons[0].Hint == "" {
		t.Errorf("the app is refused by %v", result.Findings)
	}
	shown := reasons[0].Place.File
	if source, err := filepath.EvalSymlinks(source); err == nil {
		source, _ = filepath.Abs(source)
		if !strings.HasPrefix(shown, source) {
			t.Errorf("%s, which is to show why, is not in the app", shown)
		}
	}
	handwritten := func(file string) bool {
		src, err := os.ReadFile(file)
		return err == nil && !strings.Contains(string(src), `"configurationSource"`)
	}
	for _, file := range functionFiles(t, source) {
		marks := []string{appfiles.PythonModelV2, "package.json"}
		if handwritten(file) && !slices.Contains(marks, filepath.Base(shown)) {
			t.Errorf("the app is refused, and %s has bindings", file)
		}
	}
}

// checkCarriedOver checks that a function is imported, or left out with one reason or more, unless wpsgen wrote it.
func checkCarriedOver(t *testing.T, result *importer.Result, name, file string) {
	t.Helper()
	leftOut := slices.ContainsFunc(findingsOf(result, diag.ImportLeftOut), func(f diag.Finding) bool {
		return filepath.Base(filepath.Dir(f.Place.File)) == name
	})
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	generated := strings.Contains(string(src), `"generatedBy": "wpsgen"`)
	if imported := slices.Contains(result.Functions, name); imported == (leftOut || generated) {
		t.Errorf("%s: imported is %v, left out is %v", name, imported, leftOut)
	}
}
