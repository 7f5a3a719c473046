package scaffold

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// read reads a package of files with these texts.
func read(t *testing.T, files map[string]string) *Package {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p, err := ReadPackage(dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestReadPackage(t *testing.T) {
	p := read(t, map[string]string{
		"a.go":           "//wps:defaults hub=\"a,b\" connection=Chat\npackage rooms\n\nimport (\n\tws \"x/y\"\n\t\"a/b\"\n\t_ \"c\"\n)\n\ntype (\n\tServer struct{ Open, Shut bool }\n\tOther[T any] []T\n)\n\nfunc (s *Server) Do() {}\n\nfunc (o Other[T]) Do() {}\n",
		"b_windows.go":   "package rooms\n\nvar OnWindows, More int\n",
		"a_test.go":      "package rooms\n\nfunc TestIt() {}\n",
		"ext_test.go":    "package rooms_test\n\nfunc TestOutside() {}\n",
		"gen.go":         "//go:build ignore\n\npackage main\n\nfunc main() {}\n",
		"wps_gen.go":     "package rooms\n\nfunc Functions() {}\n",
		"_not.go":        "no Go\n",
		".not.go":        "no Go\n",
		"readme.md":      "# Read me\n",
		"go_generate.go": "package rooms\n\n//go:generate go tool wpsgen generate\n",
	})
	var names []string
	for name := range p.names {
		names = append(names, name)
	}
	slices.Sort(names)
	want := []string{"More", "OnWindows", "Other", "Other.Do", "Server", "Server.Do", "Server.Open", "Server.Shut", "TestIt"}
	if p.Name != "rooms" || !slices.Equal(names, want) {
		t.Errorf("package %s has %q", p.Name, names)
	}
	if p.Defaults["hub"] != "a,b" || p.Defaults["connection"] != "Chat" || !p.structs["Server"] || p.structs["Other"] || !p.generates {
		t.Errorf("defaults %v, structs %v, generates %v", p.Defaults, p.structs, p.generates)
	}
	if len(p.imports) != 2 || !p.imports["ws"].IsValid() || !p.imports["b"].IsValid() {
		t.Errorf("imports %v", p.imports)
	}
	if empty := read(t, map[string]string{"x.txt": "", "x_test.go": "package x\n"}); empty.Name != "" {
		t.Errorf("without Go files the package is %s", empty.Name)
	}
}

// TestKinds makes each kind for packages of all shapes: what comes out is Go in the package, and the only text of
// the user's in it is quoted or a name.
func TestKinds(t *testing.T) {
	for _, receiver := range []string{"", "*Server", "Server", "*Rooms"} {
		p := read(t, map[string]string{"a.go": "package rooms\n\ntype Server struct{}\n\ntype Rooms []int\n\nvar wps = 1\n"})
		p.Receiver = receiver
		for _, kind := range Kinds() {
			f := Function{Kind: kind, Name: "Do", Hub: "a`b,[c]"}
			if err := f.Check(p); err != nil {
				t.Fatalf("%s: %v", kind.Name, err)
			}
			files, err := f.Files(p)
			if err != nil {
				t.Fatalf("%s: %v", kind.Name, err)
			}
			if len(files) != 3 || files[0].Name != "do.go" || files[1].Name != "do_test.go" || files[2].Name != "emulator_test.go" {
				t.Errorf("%s makes %d files", kind.Name, len(files))
			}
			for _, file := range files {
				parsed, err := parser.ParseFile(token.NewFileSet(), file.Name, file.Content, parser.ParseComments)
				if err != nil || parsed.Name.Name != "rooms" {
					t.Errorf("%s: %s: %v\n%s", kind.Name, file.Name, err, file.Content)
				}
			}
			code := string(files[0].Content)
			if !strings.Contains(code, "hub=\"a`b,[c]\"\n") && !strings.Contains(code, "hub=\"a`b,[c]\" ") {
				t.Errorf("%s has another hub:\n%s", kind.Name, code)
			}
			if strings.Contains(code, "func (") != (receiver != "") || !strings.Contains(code, `wps2 "`+runtimePath+`"`) {
				t.Errorf("%s with receiver %q:\n%s", kind.Name, receiver, code)
			}
		}
	}
}

// TestInjection: no value gets past Check that would change what the directives and the code say.
func TestInjection(t *testing.T) {
	p := read(t, map[string]string{"a.go": "package rooms\n"})
	for _, evil := range []string{
		"a\n//wps:http", "a b", `a"`, "a\\", "a\r", "a\u2028", "*/", "\x00", "a\"+panic(1)+\"", "\xff", "{", "%a", "a%",
	} {
		for _, f := range []Function{
			{Kind: mustKind(kindEvent), Name: evil, Hub: "chat"},
			{Kind: mustKind(kindConnect), Name: "Do", Hub: evil},
			{Kind: mustKind(kindEvent), Name: "Do", Hub: "chat", Event: evil},
			{Kind: mustKind(kindTimer), Name: "Do", Hub: "chat", Schedule: evil},
			{Kind: mustKind(kindTimer), Name: "Do", Hub: "chat", File: evil},
		} {
			if err := f.Check(p); err == nil {
				t.Errorf("%q is let through: %+v", evil, f)
			}
		}
	}
}

func TestFileNames(t *testing.T) {
	for name, want := range map[string]string{
		"Say": "say.go", "OnLinux": "onlinux.go", "Con": "confunc.go", "Com1": "com1func.go", "Com0": "com0.go", "Lpt9": "lpt9func.go", "Comm": "comm.go",
		"Do_test": "dotest.go", "A_linux": "alinux.go",
	} {
		if got := (Function{Name: name}).FileName(); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestHelpers: what tests share is used where it is whole, and else gets names that are free.
func TestHelpers(t *testing.T) {
	all := "package rooms\n"
	for _, name := range namedHelpers("").names() {
		all += "\nfunc " + name + "() {}\n"
	}
	for _, tt := range []struct {
		name    string
		files   map[string]string
		start   string
		file    string
		isThere bool
	}{
		{"none", map[string]string{"a.go": "package rooms\n"}, "startEmulator", "emulator_test.go", false},
		{"all", map[string]string{"a.go": "package rooms\n", "mine_test.go": all}, "startEmulator", "emulator_test.go", true},
		{"some", map[string]string{"a.go": "package rooms\n\nvar clientURL int\n"}, "startEmulator2", "emulator2_test.go", false},
		{"another file", map[string]string{"a.go": "package rooms\n", "emulator_test.go": "package rooms\n"}, "startEmulator2", "emulator2_test.go", false},
		{"some of two", map[string]string{"a.go": "package rooms\n\nvar clientURL, dialClient2 int\n"}, "startEmulator3", "emulator3_test.go", false},
	} {
		h := read(t, tt.files).helpers()
		if h.Start != tt.start || h.file != tt.file || h.isThere != tt.isThere {
			t.Errorf("%s: %+v", tt.name, h)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("Rename", "chat", "room.rename", "rooms/{room}", "0 */5 * * * *", "rename.go")
	f.Add("R\n", "%HUB%", "a b", "{", "00:00:10", "x_linux.go")
	p := &Package{Name: "rooms", Defaults: map[string]string{}}
	f.Fuzz(func(t *testing.T, name, hub, event, route, schedule, file string) {
		for _, kind := range Kinds() {
			fn := Function{Kind: kind, Name: name, Hub: hub, File: file}
			if kind.Has(OptionEvent) {
				fn.Event = event
			}
			if kind.Has(OptionRoute) {
				fn.Route = route
			}
			if kind.Has(OptionSchedule) {
				fn.Schedule = schedule
			}
			if fn.Check(p) != nil {
				continue
			}
			if _, err := fn.Files(p); err != nil {
				t.Errorf("%s passes and cannot be made: %v\n%+v", kind.Name, err, fn)
			}
		}
	})
}
