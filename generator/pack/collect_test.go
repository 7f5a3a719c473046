package pack

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/diag"
)

const goodHost = `{
  // the host reads this, too
  "version": "2.0",
  "CustomHandler": {"description": {"defaultExecutablePath": "app"}},
}`

// newApp writes the files of an app beside a host.json and a function, unless those are among them. Text
// "-" means that there is no such file.
func newApp(t *testing.T, files map[string]string) (dir string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{"host.json": goodHost, "hello/function.json": "{}"}
	for name, text := range files {
		all[name] = text
	}
	for name, text := range all {
		if text != "-" {
			write(t, dir, name, text)
		}
	}
	return dir
}

func collect(t *testing.T, dir string, target Target) *Contents {
	t.Helper()
	c, err := Collect(Config{Dir: dir, Target: target, Output: filepath.Join(dir, "data", "out.zip")})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func names(c *Contents) []string {
	var list []string
	for _, e := range c.Entries {
		list = append(list, e.Name)
	}
	return list
}

// lines are findings as they are printed, with places relative to the app.
func lines(dir string, findings []diag.Finding) []string {
	var list []string
	for _, f := range findings {
		f.Place.File = diag.Relative(dir, f.Place.File)
		list = append(list, f.String())
	}
	return list
}

func TestCollect(t *testing.T) {
	dir := newApp(t, map[string]string{
		"app":                         "built for this machine",
		"index.html":                  "",
		"static/a.css":                "",
		"main.go":                     "",
		"main_test.go":                "",
		"sub/x.GO":                    "",
		"go.mod":                      "",
		"go.sum":                      "",
		"go.work":                     "",
		"local.settings.json":         "",
		"Local.Settings.json.bak":     "",
		"sub/local.settings.json":     "",
		".env":                        "",
		".env.local":                  "",
		"prod.env":                    "",
		".git/config":                 "",
		"sub/.git":                    "",
		".github/x.yaml":              "",
		".well-known/x":               "",
		"testdata/x":                  "",
		"vendor/x/LICENSE":            "",
		"web/node_modules/x/x.js":     "",
		"wpsgen.yaml":                 "",
		"app.zip":                     "",
		"data/out.zip":                "",
		"data/cities.zip":             "",
		"notes.md":                    "",
		"other/wpsgen.yaml":           "",
		"other/index.html":            "",
		"another/host.json":           "",
		"another/hello/function.json": "",
		".funcignore":                 "*.md\n!.well-known\n!.env\n!local.settings.json\n!.git\n!*.go\n!data/out.zip\n",
	})
	c := collect(t, dir, DefaultTarget())
	want := []string{".well-known/x", "app", "data/cities.zip", "hello/function.json", "host.json", "index.html", "static/a.css"}
	if got := names(c); !slices.Equal(got, want) {
		t.Errorf("entries\n\t%v, want\n\t%v", got, want)
	}
	for _, e := range c.Entries {
		if e.IsProgram != (e.Name == "app") {
			t.Errorf("%s is the program: %v", e.Name, e.IsProgram)
		}
	}
	if len(c.Findings) > 0 {
		t.Errorf("findings %v, want none", c.Findings)
	}
}

func TestLinks(t *testing.T) {
	if runtime.GOOS == windows {
		t.Skip("links need rights there")
	}
	dir := newApp(t, map[string]string{"a.txt": "", ".env": "", "main.go": "", "static/b.txt": ""})
	outside := t.TempDir()
	write(t, outside, "secret", "")
	for name, target := range map[string]string{
		"inside.txt": "a.txt", "deep.txt": "static/b.txt", "env.txt": ".env", "go.txt": "main.go", "up": "..",
		"secret.txt": filepath.Join(outside, "secret"), "out": outside, "broken": "nowhere", "loop": ".",
	} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	c := collect(t, dir, DefaultTarget())
	want := []string{"a.txt", "app", "deep.txt", "hello/function.json", "host.json", "inside.txt", "static/b.txt"}
	if got := names(c); !slices.Equal(got, want) {
		t.Errorf("entries\n\t%v, want\n\t%v", got, want)
	}
	if len(c.Findings) != 7 {
		t.Errorf("notes\n\t%s, want 7", strings.Join(lines(dir, c.Findings), "\n\t"))
	}
}

func TestFindings(t *testing.T) {
	host := func(description string) map[string]string {
		return map[string]string{"host.json": `{"customHandler": {"description": {` + description + `}}}`}
	}
	path := func(name string) map[string]string { return host(`"defaultExecutablePath": "` + name + `"`) }
	for _, tt := range []struct {
		files  map[string]string
		target string
		want   string
	}{
		{map[string]string{"host.json": "-"}, "linux/amd64", "host.json: WPS510: the app has no host.json; write one that names the program: "},
		{map[string]string{"host.json": "{"}, "linux/amd64", "host.json:1:1: WPS402: unexpected end of the file: something is left open; the host does not start with it"},
		{map[string]string{"host.json": `{"version": "2.0"}`}, "linux/amd64", "host.json:1:1: WPS510: host.json names no program; add "},
		{host(""), "linux/amd64", "host.json:1:1: WPS510: host.json names no program; add "},
		{path(""), "linux/amd64", "host.json:1:1: WPS510: host.json names no program; add "},
		{path("./app"), "linux/amd64", `host.json:1:61: WPS511: the program does not lie beside host.json under exactly this name; write "app"`},
		{path("bin/app"), "linux/amd64", `host.json:1:61: WPS511: the program does not lie beside host.json under exactly this name; write "app"`},
		{path(`bin\\app`), "linux/amd64", `host.json:1:61: WPS511: the program does not lie beside host.json under exactly this name; write "app"`},
		{path("bin/"), "linux/amd64", `host.json:1:61: WPS511: the program does not lie beside host.json under exactly this name; write a plain name`},
		{path("%APP%"), "linux/amd64", "host.json:1:61: WPS511: the name of the program is not known before the app runs; write the name itself"},
		{path(".."), "linux/amd64", "host.json:1:61: WPS511: the program cannot have this name; write a plain name"},
		{path("host.json"), "linux/amd64", "host.json:1:61: WPS511: the program cannot have this name; write a plain name"},
		{path("app"), "windows/amd64", `host.json:1:61: WPS511: a program for Windows ends in .exe; write "app" with .exe at its end`},
		{path("hello"), "linux/amd64", "hello: WPS511: the program has the name of this folder; name the program otherwise in host.json, or rename the folder"},
		{host(`"defaultExecutablePath": "app", "workerDirectory": "bin"`), "linux/amd64", "host.json:1:87: WPS511: the host looks for the program in another folder; remove workerDirectory"},
		{map[string]string{".funcignore": "a\n*.json\n!host.json\n"}, "linux/amd64", ".funcignore:2: WPS512: this leaves out hello/function.json, which the host needs; remove the line"},
		{map[string]string{".funcignore": "hello/"}, "linux/amd64", ".funcignore:1: WPS512: this leaves out hello/function.json, which the host needs; remove the line"},
		{map[string]string{".funcignore": "/host.json"}, "linux/amd64", ".funcignore:1: WPS512: this leaves out host.json, which the host needs; remove the line"},
		{map[string]string{".funcignore": "[a"}, "linux/amd64", ".funcignore:1: WPS513: this pattern cannot be read; close the bracket"},
		{map[string]string{"vendor/function.json": "{}"}, "linux/amd64", "vendor/function.json: WPS512: the host needs this, and a folder of this name is left out; take it in with a line !vendor in .funcignore"},
	} {
		dir := newApp(t, tt.files)
		target, err := ParseTarget(tt.target)
		if err != nil {
			t.Fatal(err)
		}
		got := lines(dir, collect(t, dir, target).Findings)
		if len(got) != 1 || !strings.HasPrefix(got[0], tt.want) {
			t.Errorf("%v: findings\n\t%s\nwant\n\t%s", tt.files, strings.Join(got, "\n\t"), tt.want)
		}
	}
}

// TestNames refuses names that some system would unpack elsewhere.
func TestNames(t *testing.T) {
	for name, want := range map[string]bool{
		"a.txt": true, "ä/б.txt": true, "..a": true, `..\a`: false, `a\b`: false, "C:a": false, "a\nb": false, "a\xffb": false,
	} {
		if got := isPortable(name); got != want {
			t.Errorf("%q can be unpacked everywhere: %v, want %v", name, got, want)
		}
	}
	if runtime.GOOS == windows {
		return // there are no such files
	}
	dir := newApp(t, map[string]string{`a\b.txt`: ""})
	if got := lines(dir, collect(t, dir, DefaultTarget()).Findings); len(got) != 1 || !strings.Contains(got[0], "cannot be unpacked everywhere") {
		t.Errorf("findings %v, want one about the name", got)
	}
}

func TestTargets(t *testing.T) {
	for text, ok := range map[string]bool{
		"linux/amd64": true, "linux/arm64": true, "windows/amd64": true, "linux": false, "linux/": false, "darwin/arm64": false, "": false,
	} {
		got, err := ParseTarget(text)
		if (err == nil) != ok {
			t.Errorf("%q: %v, want good: %v", text, err, ok)
		}
		if ok && got.String() != text {
			t.Errorf("%q is %s", text, got)
		}
	}
}
