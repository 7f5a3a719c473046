package gomod

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

var here = Source{Version: checkoutVersion, Dir: "/src/wpsgen"}

func TestEdit(t *testing.T) {
	const added = "module example.com/a\n\ngo 1.26.0\n\nrequire github.com/wpsgen/wpsgen v0.0.0\n\n" +
		"replace github.com/wpsgen/wpsgen => /src/wpsgen\n\ntool github.com/wpsgen/wpsgen/cmd/wpsgen\n"
	for _, tt := range []struct {
		name, src string
		source    Source
		want      string
	}{
		{"nothing there", "module example.com/a\n", here, added},
		{"all there", added, here, added},
		{"older Go", strings.Replace(added, "1.26.0", "1.21", 1), here, added},
		{"newer Go", strings.Replace(added, "1.26.0", "1.99.1", 1), here, strings.Replace(added, "1.26.0", "1.99.1", 1)},
		{"published", "module example.com/a\n\ngo 1.26.0\n", Source{Version: "v1.2.3"},
			"module example.com/a\n\ngo 1.26.0\n\nrequire github.com/wpsgen/wpsgen v1.2.3\n\ntool github.com/wpsgen/wpsgen/cmd/wpsgen\n"},
		{"own version and place", strings.NewReplacer("v0.0.0", "v0.9.0", "/src/wpsgen", "../mine").Replace(added), here,
			strings.NewReplacer("v0.0.0", "v0.9.0", "/src/wpsgen", "../mine").Replace(added)},
		{"a folder with a blank", "module example.com/a\n\ngo 1.26.0\n", Source{checkoutVersion, "/my src/wpsgen"},
			strings.Replace(added, "/src/wpsgen", `"/my src/wpsgen"`, 1)},
		{"wpsgen itself", "module " + Module + "\n", here, "module " + Module + "\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Edit("go.mod", []byte(tt.src), tt.source)
			if err != nil || string(got) != tt.want {
				t.Errorf("got %v\n%s\nwant\n%s", err, got, tt.want)
			}
			again, err := Edit("go.mod", got, tt.source)
			if err != nil || !bytes.Equal(again, got) {
				t.Errorf("a second time: %v\n%s", err, again)
			}
		})
	}
	for _, src := range []string{"modul x\n", "go 1.26\n"} {
		if got, err := Edit("go.mod", []byte(src), here); err == nil || !strings.Contains(err.Error(), "go.mod") {
			t.Errorf("%q: %s, %v", src, got, err)
		}
	}
}

func TestEditWork(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "go.work")
	for _, tt := range []struct{ name, src, module, want string }{
		{"the first", "go 1.24\n", "chat", "go 1.26.0\n\nuse ./chat\n"},
		{"one more", "go 1.26.0\n\nuse ./old\n", "apps/chat", "go 1.26.0\n\nuse (\n\t./old\n\t./apps/chat\n)\n"},
		{"there already", "go 1.26.0\n\nuse chat\n", "chat", "go 1.26.0\n\nuse chat\n"},
		{"there with its whole path", "go 1.26.0\n\nuse " + filepath.ToSlash(filepath.Join(dir, "chat")) + "\n", "chat", "go 1.26.0\n\nuse " + filepath.ToSlash(filepath.Join(dir, "chat")) + "\n"},
		{"the folder itself", "go 1.26.0\n", ".", "go 1.26.0\n\nuse ./.\n"},
		{"a folder beside", "go 1.26.0\n", "../chat", "go 1.26.0\n\nuse ../chat\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := EditWork(file, []byte(tt.src), filepath.Join(dir, filepath.FromSlash(tt.module)))
			if err != nil || string(got) != tt.want {
				t.Errorf("got %v\n%s\nwant\n%s", err, got, tt.want)
			}
		})
	}
	if _, err := EditWork(file, []byte("frob\n"), dir); err == nil {
		t.Error("a file that is no go.work is edited")
	}
}

// FuzzEdit: whatever can be read is still there, and lacks nothing.
func FuzzEdit(f *testing.F) {
	f.Add([]byte("module a\n\ngo 1.21\n\nrequire gopkg.in/yaml.v3 v3.0.1 // indirect\n\nexclude gopkg.in/yaml.v3 v3.0.0\n"))
	f.Add([]byte("module \"a\"\nrequire (\n\tgithub.com/wpsgen/wpsgen v1.0.0\n)\nreplace github.com/wpsgen/wpsgen => ../x\n"))
	f.Add([]byte("module \"(\""))
	f.Fuzz(func(t *testing.T, src []byte) {
		before, err := modfile.Parse("go.mod", src, nil)
		if err != nil {
			return
		}
		got, err := Edit("go.mod", src, here)
		if err != nil {
			return
		}
		after, err := modfile.Parse("go.mod", got, nil)
		if err != nil {
			t.Fatalf("%v\n%s", err, got)
		}
		if after.Module.Mod.Path != before.Module.Mod.Path || !Requires(got) || len(after.Exclude) != len(before.Exclude) {
			t.Errorf("%s\nbecame\n%s", src, got)
		}
	})
}

func TestDefaultPath(t *testing.T) {
	for dir, want := range map[string]string{
		"/a/chat": "example.com/chat", "/a/My App": "example.com/my-app", "/a/Ärger": "example.com/rger",
		"/a/..x..": "example.com/x", "/": "example.com/app", "/a/-": "example.com/app",
	} {
		got := DefaultPath(filepath.FromSlash(dir))
		if got != want {
			t.Errorf("%s: %s, want %s", dir, got, want)
		}
		if err := CheckPath(got); err != nil {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

func TestLacking(t *testing.T) {
	for _, tt := range []struct{ old, other, want string }{
		{"", "a\nb\n", "a\nb\n"},
		{"a\n", "a\nb", "b\n"},
		{"a", "b\n", "\nb\n"},
		{"a\nb\n", "\nb\na\n", ""},
	} {
		if got := string(lacking([]byte(tt.old), []byte(tt.other))); got != tt.want {
			t.Errorf("%q lacks of %q: %q, want %q", tt.old, tt.other, got, tt.want)
		}
	}
}

// TestPublished: a checksum shows that a module was downloaded, a version alone does not.
func TestPublished(t *testing.T) {
	wpsgen := debug.Module{Path: Module, Version: "v1.2.3", Sum: "h1:x="}
	built := wpsgen
	built.Sum = ""
	replaced := wpsgen
	replaced.Replace = &debug.Module{Path: "/src/wpsgen"}
	for name, tt := range map[string]struct {
		info debug.BuildInfo
		want string
	}{
		"installed":            {debug.BuildInfo{Main: wpsgen}, "v1.2.3"},
		"built in a checkout":  {debug.BuildInfo{Main: built}, ""},
		"a tool":               {debug.BuildInfo{Deps: []*debug.Module{{Path: "example.com/x", Sum: "h1:y="}, &wpsgen}}, "v1.2.3"},
		"a tool of a checkout": {debug.BuildInfo{Deps: []*debug.Module{&replaced}}, ""},
	} {
		if got := published(&tt.info); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// TestGoVersion holds what new modules ask for against this one.
func TestGoVersion(t *testing.T) {
	src, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := modfile.Parse("go.mod", src, nil)
	if err != nil || f.Go.Version != GoVersion || f.Module.Mod.Path != Module {
		t.Errorf("%v; go %s, module %s", err, f.Go.Version, f.Module.Mod.Path)
	}
}

// TestFind: tests are built in the checkout they are of.
func TestFind(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, override := range []string{"", root} {
		if got, err := Find(t.Context(), override, t.TempDir()); err != nil || got != (Source{checkoutVersion, root}) {
			t.Errorf("with %q: %+v, %v", override, got, err)
		}
	}
	for _, wrong := range []string{t.TempDir(), filepath.Join(root, "nowhere")} {
		if got, err := Find(t.Context(), wrong, root); err == nil {
			t.Errorf("%s is taken: %+v", wrong, got)
		}
	}
}
