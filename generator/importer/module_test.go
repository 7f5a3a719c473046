package importer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOwnSource: a test runs in the checkout, whose version of Go is the one named here.
func TestOwnSource(t *testing.T) {
	from := OwnSource()
	src, err := os.ReadFile(filepath.Join(from.Checkout, "go.mod"))
	if err != nil || from.Version != "" {
		t.Fatalf("%+v, %v", from, err)
	}
	if want := "module " + Module + "\n\ngo " + goVersion + "\n"; !strings.HasPrefix(string(src), want) {
		t.Errorf("go.mod begins with %q, want %q", src[:len(want)], want)
	}
}

func TestModuleFiles(t *testing.T) {
	for _, tt := range []struct {
		name    string
		from    Source
		ignored []string
		want    string
		hasSum  bool
	}{
		{"unknown", Source{}, nil, "module example.com/a\n\ngo 1.26.0\n", false},
		{"published", Source{Version: "v1.2.3"}, nil, "module example.com/a\n\ngo 1.26.0\n\nrequire github.com/wpsgen/wpsgen v1.2.3\n", false},
		{"checkout", Source{Checkout: fakeCheckout(t, "src")}, []string{"node_modules"},
			"module example.com/a\n\ngo 1.26.0\n\nignore ./node_modules\n\nrequire github.com/wpsgen/wpsgen v0.0.0\n\n" +
				"require github.com/golang-jwt/jwt/v5 v5.9.9 // indirect\n\nreplace github.com/wpsgen/wpsgen => DIR\n", true},
	} {
		mod, sum, err := moduleFiles("example.com/a", tt.from, tt.ignored)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if got := strings.ReplaceAll(string(mod), quotedPath(tt.from.Checkout), "DIR"); tt.from.Checkout != "" && got != tt.want || tt.from.Checkout == "" && string(mod) != tt.want {
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
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module "+Module+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, checkout := range []string{dir, filepath.Join(dir, "nowhere")} {
		if _, _, err := moduleFiles("example.com/a", Source{Checkout: checkout}, nil); err == nil || !strings.Contains(err.Error(), checkout) {
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

func TestIsCheckout(t *testing.T) {
	if !isCheckout(fakeCheckout(t, "src")) || isCheckout(fakeCheckout(t, "wpsgen@v1.2.3")) || isCheckout(t.TempDir()) || isCheckout(".") {
		t.Error("a checkout is a folder of its own with wpsgen's sources")
	}
}

func TestIsPublished(t *testing.T) {
	for version, want := range map[string]bool{
		"v1.2.3": true, "v0.0.0-20260101000000-abcdefabcdef": true, "(devel)": false, "": false, "v1.2.3+dirty": false,
	} {
		if got := isPublished(version); got != want {
			t.Errorf("%q: %v", version, got)
		}
	}
}

func TestCheckModulePath(t *testing.T) {
	for path, want := range map[string]bool{
		"chat": true, "example.com/team/chat/v2": true, "a_b-c.d~e": true, "": false, "/a": false, "a/": false, "a//b": false, "a b": false,
		"a/../b": false, "a\nb": false, `a"b`: false, "-a": false, "a.": false, Module: false, Module + "/x": false, Module + "x": true,
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
		"go.mod": "module " + Module + "\n\nrequire (\n\tgithub.com/golang-jwt/jwt/v5 v5.9.9\n)\n",
		"go.sum": "github.com/golang-jwt/jwt/v5 v5.9.9 h1:a\ngithub.com/golang-jwt/jwt/v5 v5.9.9/go.mod h1:b\ngithub.com/golang-jwt/jwt/v5 v5.9.99 h1:c\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
