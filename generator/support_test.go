package generator

import (
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// goMod is the go.mod of the modules that tests make.
const goMod = "module example.com/app\n\ngo 1.26.0\n"

// module is wpsgen's own.
const module = "github.com/wpsgen/wpsgen"

// newModule writes the files of a txtar archive into a new module and returns its folder.
func newModule(t *testing.T, archive string) string {
	t.Helper()
	t.Setenv("GOFLAGS", "-mod=mod")
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOWORK", "off")
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "go.mod"), goMod)
	for _, f := range txtar.Parse([]byte(archive)).Files {
		writeFile(t, filepath.Join(dir, f.Name), string(f.Data))
	}
	return dir
}

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// compile compiles packages of a module, all if none are named, against this checkout's runtime.
func compile(t *testing.T, dir string, patterns ...string) {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "go.mod"), goMod+"\nrequire "+module+" v0.0.0\n\nreplace "+module+" => "+root+"\n")
	writeFile(t, filepath.Join(dir, "go.sum"), readFile(t, filepath.Join(root, "go.sum")))
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	cmd := exec.Command("go", append([]string{"build"}, patterns...)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("what was generated does not compile: %v\n%s", err, out)
	}
}

// mustRun runs the generator, with definitions beside the built-in ones.
func mustRun(t *testing.T, dir string, more ...*binding.Definition) *Result {
	t.Helper()
	set, err := binding.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if set, err = binding.NewSet(append(set.Definitions(), more...)...); err != nil {
		t.Fatal(err)
	}
	r, err := Run(Config{Dir: dir, Definitions: set})
	if err != nil {
		t.Fatal(err)
	}
	formattedAll(t, r)
	return r
}

// formattedAll checks that the Go files planned are as gofmt has them.
func formattedAll(t *testing.T, r *Result) {
	t.Helper()
	for _, c := range r.Changes {
		if filepath.Base(c.Path) != glueFile || c.New == nil {
			continue
		}
		if want, err := format.Source(c.New); err != nil || string(want) != string(c.New) {
			t.Errorf("%s is not as gofmt has it (%v):\n%s\nwant\n%s", c.Path, err, c.New, want)
		}
	}
}

// text renders a result completely: findings and changes with their contents.
func text(t *testing.T, r *Result, dir string) string {
	t.Helper()
	var b strings.Builder
	if err := diag.WriteText(&b, r.Findings, dir); err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Changes {
		b.WriteString(c.Verb() + " " + diag.Relative(dir, c.Path) + "\n" + string(c.New))
	}
	return b.String()
}

// planned returns the planned content of a file, by its path from dir.
func planned(t *testing.T, r *Result, dir, name string) string {
	t.Helper()
	for _, c := range r.Changes {
		if diag.Relative(dir, c.Path) == name {
			return string(c.New)
		}
	}
	t.Fatalf("%s is not planned; findings:\n%s", name, text(t, r, dir))
	return ""
}
