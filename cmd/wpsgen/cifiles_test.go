package main

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// actionFile is what these tests read of action.yml.
type actionFile struct {
	Inputs map[string]struct{ Description, Default string }
	Runs   struct {
		Using string
		Steps []struct {
			Shell, Run string
			Env        map[string]string
		}
	}
}

// TestActionFile holds action.yml against its script: every input reaches it, and as a variable.
func TestActionFile(t *testing.T) {
	var action actionFile
	readYAML(t, "action.yml", &action)
	if action.Runs.Using != "composite" || len(action.Runs.Steps) == 0 {
		t.Fatalf("it runs %v", action.Runs)
	}
	script := string(readRoot(t, ".ci/action.sh"))
	var passed []string
	for _, step := range action.Runs.Steps {
		if step.Shell != "bash" || strings.Contains(step.Run, "${{") {
			t.Errorf("shell %s runs %q", step.Shell, step.Run)
		}
		if !strings.Contains(step.Run, "/.ci/action.sh") {
			t.Errorf("%q runs another script than the one that is tested", step.Run)
		}
		for name, value := range step.Env {
			if !strings.Contains(script+step.Run, "$"+name) && !strings.Contains(script, "${"+name+":-") {
				t.Errorf("nobody reads %s", name)
			}
			if input, ok := strings.CutPrefix(value, "${{ inputs."); ok {
				passed = append(passed, strings.TrimSuffix(input, " }}"))
			}
		}
	}
	slices.Sort(passed)
	if inputs := slices.Sorted(maps.Keys(action.Inputs)); !slices.Equal(passed, inputs) {
		t.Errorf("inputs are %q, passed are %q", inputs, passed)
	}
	for name, input := range action.Inputs {
		if input.Description == "" || input.Default == "" {
			t.Errorf("input %s lacks a description or a default", name)
		}
	}
}

// hook is one entry of .pre-commit-hooks.yaml.
type hook struct {
	ID, Name, Description, Entry, Language, Files string

	PassFilenames bool `yaml:"pass_filenames"`
}

// TestHooks holds the hooks against the commands, and their patterns against names of files.
func TestHooks(t *testing.T) {
	wakes := map[string][]string{
		"wpsgen-generate": {"app.go", "a/wps_gen.go", "go.mod", "a/go.work", "wpsgen.yaml", "host.json", "hello/function.json"},
		"wpsgen-check":    {"app.go", "a/b_test.go", "go.mod", "a/wpsgen.yaml", "a/host.json"},
		"wpsgen-validate": {"hello/function.json", "host.json", "a/local.settings.json", "wpsgen.yaml", "app.go"},
	}
	for _, h := range readHooks(t) {
		if h.Language != "golang" || h.PassFilenames || h.Name == "" || h.Description == "" {
			t.Errorf("%s: %+v", h.ID, h)
		}
		if wakes[h.ID] == nil {
			t.Errorf("what is %s?", h.ID)
		}
		checkCommand(t, h.Entry)
		files := regexp.MustCompile(h.Files)
		for _, name := range wakes[h.ID] {
			if !files.MatchString(name) {
				t.Errorf("%s does not run for %s", h.ID, name)
			}
		}
		for _, name := range []string{"README.md", "app.golden", "package.json", "myhost.json", "host.json.md"} {
			if files.MatchString(name) {
				t.Errorf("%s runs for %s", h.ID, name)
			}
		}
		delete(wakes, h.ID)
	}
	if len(wakes) > 0 {
		t.Errorf("there are no hooks %v", wakes)
	}
}

// TestCIDoc holds what docs/ci.md tells people to copy against what there is.
func TestCIDoc(t *testing.T) {
	var action actionFile
	readYAML(t, "action.yml", &action)
	var hooks []string
	for _, h := range readHooks(t) {
		hooks = append(hooks, h.ID)
	}
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(readRoot(t, "docs/ci.md"), -1)
	if len(blocks) != 3 {
		t.Fatalf("there are %d examples", len(blocks))
	}
	commands := 0
	for _, block := range blocks {
		var doc struct {
			Jobs map[string]struct {
				Steps []struct {
					Uses, Run string
					With      map[string]string
				}
			}
			Repos []struct{ Hooks []struct{ ID string } }
		}
		if err := yaml.Unmarshal(block[1], &doc); err != nil {
			t.Fatalf("%v in\n%s", err, block[1])
		}
		for _, step := range doc.Jobs["wpsgen"].Steps {
			if command, ok := strings.CutPrefix(step.Run, "go tool "); ok {
				checkCommand(t, command)
				commands++
			}
			for name, value := range step.With {
				if strings.HasPrefix(step.Uses, "wpsgen/") && value != action.Inputs[name].Default {
					t.Errorf("%s: %s is not the default %s", name, value, action.Inputs[name].Default)
				}
			}
		}
		for _, repo := range doc.Repos {
			for _, h := range repo.Hooks {
				if !slices.Contains(hooks, h.ID) {
					t.Errorf("there is no hook %s", h.ID)
				}
			}
		}
	}
	if commands != 3 {
		t.Errorf("%d commands were seen", commands)
	}
}

// checkCommand holds a command line against the commands and flags there are.
func checkCommand(t *testing.T, line string) {
	t.Helper()
	words := strings.Fields(line)
	if words[0] != "wpsgen" {
		t.Errorf("%q is no command of wpsgen", line)
		return
	}
	root := newRootCommand()
	cmd, rest, err := root.Find(words[1:])
	if err == nil && cmd == root {
		t.Errorf("%q names no command", line)
	}
	if err == nil {
		err = cmd.ParseFlags(rest)
	}
	if err == nil {
		err = cmd.ValidateArgs(cmd.Flags().Args())
	}
	if err != nil {
		t.Errorf("%q: %v", line, err)
	}
}

func readHooks(t *testing.T) []hook {
	t.Helper()
	var hooks []hook
	readYAML(t, ".pre-commit-hooks.yaml", &hooks)
	return hooks
}

func readYAML(t *testing.T, name string, into any) {
	t.Helper()
	if err := yaml.Unmarshal(readRoot(t, name), into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// readRoot reads a file of the repository.
func readRoot(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return content
}
