package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// generatedPages are pages that tests of their own hold true, and the history, which names what there was.
var generatedPages = []string{"docs/codes.md", "docs/commands.md", "CHANGELOG.md"}

// handWritten are the pages that people write.
func handWritten(t *testing.T) []markdownFile {
	t.Helper()
	return slices.DeleteFunc(markdownFiles(t), func(f markdownFile) bool { return slices.Contains(generatedPages, f.path) })
}

var settingName = regexp.MustCompile(`\bWPS_[A-Z_]+\b`)

// TestDocSettings makes sure that each setting a page names is one that the runtime reads.
func TestDocSettings(t *testing.T) {
	src, err := os.ReadFile(filepath.Join(docs, "..", "runtime", "settings.go"))
	if err != nil {
		t.Fatal(err)
	}
	known := settingName.FindAllString(string(src), -1)
	known = append(known, "WPS_CHROMIUM") // of the browser suite
	named := make(map[string]bool)
	for _, f := range handWritten(t) {
		for i, line := range f.lines {
			for _, name := range settingName.FindAllString(line, -1) {
				named[name] = true
				if !slices.Contains(known, name) {
					t.Errorf("%s:%d: nothing reads %s", f.path, i+1, name)
				}
			}
		}
	}
	deploy, err := os.ReadFile(filepath.Join(docs, "guides", "deploy.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range known {
		if name != "WPS_CHROMIUM" && !strings.Contains(string(deploy), "`"+name+"`") {
			t.Errorf("docs/guides/deploy.md does not name the setting %s", name)
		}
	}
}

var exportedName = regexp.MustCompile(`\b(wps|entra|otel|emulator)\.([A-Z][A-Za-z0-9]*)`)

// TestDocNames makes sure that each exported name a page has is one of the package's.
func TestDocNames(t *testing.T) {
	files := map[string]string{"wps": "runtime", "entra": "entra", "otel": "otel", "emulator": "emulator"}
	apis := make(map[string]string)
	for pkg, file := range files {
		src, err := os.ReadFile(filepath.Join(docs, "api", file+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		apis[pkg] = string(src)
	}
	found := 0
	for _, f := range handWritten(t) {
		for i, line := range f.lines {
			for _, m := range exportedName.FindAllStringSubmatch(line, -1) {
				found++
				declared := regexp.MustCompile(`(?m)^\s*(func|type|const|var)?\s*` + m[2] + `\b`)
				if !declared.MatchString(apis[m[1]]) {
					t.Errorf("%s:%d: there is no %s", f.path, i+1, m[0])
				}
			}
		}
	}
	if found < 50 {
		t.Errorf("only %d names were found", found)
	}
}

var commandLine = regexp.MustCompile(`^(?:\$ |(?:- run: )?go tool |go run \./cmd/)?wpsgen ([a-z]+)([^#|]*)`)

// TestDocCommands makes sure that each command and flag a page names is one of the program's.
func TestDocCommands(t *testing.T) {
	root := newRootCommand()
	found := 0
	for _, f := range handWritten(t) {
		for _, text := range f.code() {
			m := commandLine.FindStringSubmatch(strings.TrimSpace(text))
			if m == nil {
				continue
			}
			found++
			c := commandNamed(root, m[1])
			if c == nil {
				t.Errorf("%s: there is no command wpsgen %s", f.path, m[1])
				continue
			}
			for _, word := range strings.Fields(m[2]) {
				name, _, _ := strings.Cut(strings.TrimLeft(word, "[-"), "=")
				if strings.HasPrefix(word, "--") && c.Flags().Lookup(name) == nil && name != "help" {
					t.Errorf("%s: wpsgen %s has no flag --%s", f.path, m[1], name)
				}
			}
		}
	}
	if found < 40 {
		t.Errorf("only %d commands were found", found)
	}
}

// code is all that stands in code, line by line.
func (f markdownFile) code() []string {
	blocks, prose := f.split()
	var all []string
	for _, b := range blocks {
		all = append(all, b.lines...)
	}
	for _, line := range prose {
		for _, span := range codeSpan.FindAllString(line, -1) {
			all = append(all, strings.Trim(span, "`"))
		}
	}
	return all
}

func commandNamed(root *cobra.Command, name string) *cobra.Command {
	i := slices.IndexFunc(root.Commands(), func(c *cobra.Command) bool { return c.Name() == name })
	if i < 0 {
		return nil
	}
	return root.Commands()[i]
}
