package generator

import (
	"bytes"
	"go/build"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// goAnswer is what the go command says of the modules that are worked on, and of what it builds for. It costs
// a tenth of a list of packages, for which the go command reads all that they import, too.
type goAnswer struct {
	modules []mainModule
	context build.Context
	goroot  string
}

// mainModule is a module that is worked on.
type mainModule struct{ path, dir string }

// goQuestion is a template of go list -m: fields end with a zero byte, modules with a line break behind it.
const goQuestion = `{{define "end"}}{{"\x00"}}{{end}}` +
	`{{.Path}}{{template "end"}}{{.Dir}}{{template "end"}}{{with context}}` +
	`{{.GOROOT}}{{template "end"}}{{.GOOS}}{{template "end"}}{{.GOARCH}}{{template "end"}}{{.Compiler}}{{template "end"}}` +
	`{{.CgoEnabled}}{{template "end"}}{{.InstallSuffix}}{{template "end"}}{{join .BuildTags " "}}{{template "end"}}` +
	`{{join .ToolTags " "}}{{template "end"}}{{join .ReleaseTags " "}}{{template "end"}}{{end}}`

// askGo asks the go command about the modules of a folder, nil when it does not tell, or when what it tells
// would not be enough to find the packages of ./... without it.
func askGo(cfg Config) *goAnswer {
	env := cfg.Env
	if env == nil {
		env = os.Environ()
	}
	if hasDriver(env) || replacesFiles(goFlags(env)) {
		return nil
	}
	cmd := exec.Command("go", "list", "-m", "-f", goQuestion)
	cmd.Dir = cfg.Dir
	cmd.Env = append(slices.Clip(env), "PWD="+cfg.Dir)
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	a := readAnswer(out)
	if a == nil || replacesFiles(readText(filepath.Join(a.goroot, "go.env"))) {
		return nil
	}
	return a
}

func readAnswer(out []byte) *goAnswer {
	a := &goAnswer{}
	for record := range bytes.SplitSeq(bytes.TrimSuffix(out, []byte("\x00\n")), []byte("\x00\n")) {
		f := strings.Split(string(record), "\x00")
		if len(f) != 11 || f[0] == "" || f[1] == "" {
			return nil
		}
		a.modules = append(a.modules, mainModule{f[0], f[1]})
		a.goroot = f[2]
		// Neither GOROOT nor GOPATH says anything about the files of a folder.
		a.context = build.Context{
			GOOS: f[3], GOARCH: f[4], Compiler: f[5], CgoEnabled: f[6] == "true", InstallSuffix: f[7],
			BuildTags: strings.Fields(f[8]), ToolTags: strings.Fields(f[9]), ReleaseTags: strings.Fields(f[10]),
		}
	}
	if len(a.context.ReleaseTags) > len(build.Default.ReleaseTags) {
		return nil // a go command newer than our go/build may know more about names and constraints of files
	}
	return a
}

// hasDriver reports whether another program answers in place of the go command, as go/packages lets it.
func hasDriver(env []string) bool {
	switch lookup(env, "GOPACKAGESDRIVER") {
	case "off":
		return false
	case "":
		_, err := exec.LookPath("gopackagesdriver")
		return err == nil
	}
	return true
}

// replacesFiles reports whether flags for every go command may put other files in the place of those on disk.
func replacesFiles(flags string) bool {
	return strings.Contains(flags, "-overlay") || strings.Contains(flags, "-modfile")
}

// goFlags returns the flags for every go command, and whatever else go env -w has written beside them.
func goFlags(env []string) string {
	if flags := lookup(env, "GOFLAGS"); flags != "" {
		return flags
	}
	path := lookup(env, "GOENV")
	if path == "" {
		dir, err := os.UserConfigDir()
		if err != nil {
			return ""
		}
		path = filepath.Join(dir, "go", "env")
	}
	return readText(path)
}

// readText returns the text of a file that need not be there.
func readText(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return string(text)
}

// lookup returns the value of an environment variable: the last one, as processes take it.
func lookup(env []string, key string) string {
	for _, e := range slices.Backward(env) {
		if value, ok := strings.CutPrefix(e, key+"="); ok {
			return value
		}
	}
	return ""
}
