package gomod

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tree writes files and returns their folder, under the name without symbolic links.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestNewPlan(t *testing.T) {
	t.Setenv("GOWORK", "")
	for _, tt := range []struct {
		name, mod, dir, module string
		root, importPath       string
		isNew                  bool
	}{
		{"no module", "", "Chat", "", "Chat", "example.com/chat", true},
		{"no module, named", "", "chat", "example.com/me/v2", "chat", "example.com/me/v2", true},
		{"its own", "module example.com/a\n", ".", "", ".", "example.com/a", false},
		{"its own, named", "module example.com/a\n", ".", "example.com/a", ".", "example.com/a", false},
		{"around it", "module example.com/a\n", "cmd/web", "", ".", "example.com/a/cmd/web", false},
		{"around it, but named", "module example.com/a\n", "cmd/web", "example.com/b", "cmd/web", "example.com/b", true},
		{"wpsgen's around it", "module " + Module + "\n", "mine", "", "mine", "example.com/mine", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string]string{"x.txt": ""}
			if tt.mod != "" {
				files[modFile] = tt.mod
			}
			root := tree(t, files)
			p, err := NewPlan(t.Context(), filepath.Join(root, filepath.FromSlash(tt.dir)), tt.module, "")
			if err != nil {
				t.Fatal(err)
			}
			if p.Root != filepath.Join(root, filepath.FromSlash(tt.root)) || p.ImportPath != tt.importPath || p.IsNew != tt.isNew || p.Checkout == "" {
				t.Errorf("got %+v", p)
			}
			if len(p.Changes) != 1 || !Requires(p.Changes[0].New) || (p.Changes[0].Old == nil) != tt.isNew {
				t.Errorf("changes %+v", p.Changes)
			}
			if err := p.Write(); err != nil {
				t.Fatal(err)
			}
			again, err := NewPlan(t.Context(), filepath.Join(root, filepath.FromSlash(tt.dir)), "", "")
			if err != nil || len(again.Changes) != 0 || again.Checkout != "" {
				t.Errorf("a second time: %+v, %v", again, err)
			}
		})
	}
}

func TestNewPlanRefuses(t *testing.T) {
	t.Setenv("GOWORK", "")
	for _, tt := range []struct{ mod, module, said string }{
		{"module example.com/a\n", "example.com/b", "is that of module example.com/a; leave out --module"},
		{"", "a b", `"a b" is no path of a module`},
		{"modul x\n", "", "unknown directive: modul"},
	} {
		files := map[string]string{"x.txt": ""}
		if tt.mod != "" {
			files[modFile] = tt.mod
		}
		if p, err := NewPlan(t.Context(), tree(t, files), tt.module, ""); err == nil || !strings.Contains(err.Error(), tt.said) {
			t.Errorf("%q: %+v, %v", tt.mod, p, err)
		}
	}
}
