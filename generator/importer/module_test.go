package importer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/gomod"
)

func TestModuleFiles(t *testing.T) {
	for _, tt := range []struct {
		name    string
		from    gomod.Source
		ignored []string
		want    string
		hasSum  bool
	}{
		{"unknown", gomod.Source{}, nil, "module example.com/a\n\ngo 1.26.0\n", false},
		{"published", gomod.Source{Version: "v1.2.3"}, nil, "module example.com/a\n\ngo 1.26.0\n\nrequire github.com/wpsgen/wpsgen v1.2.3\n", false},
		{"checkout", gomod.Source{Version: "v0.0.0", Dir: fakeCheckout(t, "src")}, []string{"node_modules"},
			"module example.com/a\n\ngo 1.26.0\n\nignore ./node_modules\n\nrequire github.com/wpsgen/wpsgen v0.0.0\n\n" +
				"require github.com/golang-jwt/jwt/v5 v5.9.9 // indirect\n\nreplace github.com/wpsgen/wpsgen => DIR\n", true},
	} {
		mod, sum, err := moduleFiles("example.com/a", tt.from, tt.ignored)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if got := strings.ReplaceAll(string(mod), quotedPath(tt.from.Dir), "DIR"); tt.from.Dir != "" && got != tt.want || tt.from.Dir == "" && string(mod) != tt.want {
			t.Errorf("%s: got\n%s", tt.name, mod)
		}
		if want := "github.com/golang-jwt/jwt/v5 v5.9.9 h1:a\ngithub.com/golang-jwt/jwt/v5 v5.9.9/go.mod h1:b\n"; tt.hasSum && string(sum) != want || !tt.hasSum && sum != nil {
			t.Errorf("%s: got the sums\n%s", tt.name, sum)
		}
	}
}

// TestModuleFilesErrors: a checkout that is not one is named.
func TestModuleFilesErrors(t *testing.T) {
	dir := fakeCheckout(t, "src")
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module "+gomod.Module+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, checkout := range []string{dir, filepath.Join(dir, "nowhere")} {
		if _, _, err := moduleFiles("example.com/a", gomod.Source{Version: "v0.0.0", Dir: checkout}, nil); err == nil || !strings.Contains(err.Error(), checkout) {
			t.Errorf("%s: %v", checkout, err)
		}
	}
}

// TestQuotedPath: a path with a blank is quoted, as go.mod has it.
func TestQuotedPath(t *testing.T) {
	for path, want := range map[string]string{"/src/wpsgen": "/src/wpsgen", "/my src": `"/my src"`, `C:\src`: `"C:\\src"`} {
		if got := quotedPath(path); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

func TestCheckModulePath(t *testing.T) {
	for path, want := range map[string]bool{
		"chat": true, "example.com/team/chat/v2": true, "a_b-c.d~e": true, "": false, "/a": false, "a/": false, "a//b": false, "a b": false,
		"a/../b": false, "a\nb": false, `a"b`: false, "a.": false, gomod.Module: false, gomod.Module + "/x": false, gomod.Module + "x": true,
	} {
		if err := checkModulePath(path); (err == nil) != want {
			t.Errorf("%q: %v", path, err)
		}
	}
}

// fakeCheckout makes a folder that looks like wpsgen's sources.
func fakeCheckout(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for file, text := range map[string]string{
		"go.mod": "module " + gomod.Module + "\n\nrequire (\n\tgithub.com/golang-jwt/jwt/v5 v5.9.9\n)\n",
		"go.sum": "github.com/golang-jwt/jwt/v5 v5.9.9 h1:a\ngithub.com/golang-jwt/jwt/v5 v5.9.9/go.mod h1:b\ngithub.com/golang-jwt/jwt/v5 v5.9.99 h1:c\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
