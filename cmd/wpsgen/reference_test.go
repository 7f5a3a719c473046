package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// docs is the folder of the documentation.
var docs = filepath.Join("..", "..", "docs")

// TestReference holds the pages of the reference against what the program knows.
func TestReference(t *testing.T) {
	pages, err := referencePages(newRootCommand())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		have, err := os.ReadFile(filepath.Join(docs, filepath.FromSlash(p.name)))
		if err != nil || string(have) != p.text {
			t.Errorf("docs/%s is another (%v); go generate ./cmd/wpsgen writes it", p.name, err)
		}
	}
}

// TestReferenceWrites writes the pages as go generate does.
func TestReferenceWrites(t *testing.T) {
	dir := t.TempDir()
	if status := run(t.Context(), []string{"reference", dir}, &screen{t: t}, &screen{t: t}); status != exitGood {
		t.Fatalf("status %d", status)
	}
	for _, name := range []string{"commands.md", "directives.md", "schema/function.schema.json"} {
		have, err := os.ReadFile(filepath.Join(dir, name))
		want, err2 := os.ReadFile(filepath.Join(docs, name))
		if err != nil || err2 != nil || string(have) != string(want) {
			t.Errorf("%s: %v %v", name, err, err2)
		}
	}
	if status := run(t.Context(), []string{"reference", filepath.Join(dir, "commands.md")}, &screen{t: t}, &screen{t: t}); status != exitTrouble {
		t.Errorf("a file in place of the folder: status %d", status)
	}
}

// TestCommandsPage makes sure that no command, flag or example is missing, and none that help hides is there.
func TestCommandsPage(t *testing.T) {
	root := newRootCommand()
	page := commandsPage(root)
	for _, c := range append(visible(root), root) {
		if !strings.Contains(page, "\n## "+c.CommandPath()+"\n") {
			t.Errorf("%s has no chapter", c.CommandPath())
		}
		for line := range strings.Lines(c.Example) {
			if !strings.Contains(page, strings.TrimSpace(line)) {
				t.Errorf("%s: the example %q is missing", c.CommandPath(), line)
			}
		}
		for _, flag := range flagNames(c) {
			if !strings.Contains(page, "--"+flag) {
				t.Errorf("%s: the flag %s is missing", c.CommandPath(), flag)
			}
		}
	}
	if strings.Contains(page, "wpsgen reference") {
		t.Error("a hidden command has a chapter")
	}
	if strings.Contains(page, "Exit status:") {
		t.Error("the exit statuses are repeated")
	}
}

func flagNames(c *cobra.Command) []string {
	var names []string
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if f.Name != "help" {
			names = append(names, f.Name)
		}
	})
	return names
}
