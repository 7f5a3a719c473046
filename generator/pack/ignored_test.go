package pack

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// ruleCases are ignore files with names they leave out and names they do not. A name that ends in a slash is
// a folder's.
var ruleCases = []struct{ rules, out, in string }{
	{"notes.txt", "notes.txt a/notes.txt", "notes.txt.old anotes.txt"},
	{"# notes\n\n\\#a\n\\!b", "#a !b", "notes a b"},
	{"*.log", ".log x.log a/x.log", "x.logs"},
	{"/x.log", "x.log", "a/x.log"},
	{"a/x", "a/x", "b/a/x"},
	{"build/", "build/ a/build/ build/x a/build/x/y", "build a/build"},
	{"*.log\n!keep.log", "x.log", "keep.log a/keep.log"},
	{"a/\n!a/keep", "a/keep", "b"},
	{"a/*\n!a/keep", "a/x", "a/keep"},
	{"**/x", "x a/x a/b/x", "ax"},
	{"a/**", "a/x a/b/x", "a/ b/a/x"},
	{"a/**/z", "a/z a/b/z a/b/c/z", "z b/a/z"},
	{"**/a/**/z", "a/z b/a/z b/a/c/z", "b/z"},
	{"a/**/b/**/c", "a/b/c a/x/b/y/c a/b/b/c", "a/c a/b c"},
	{"a?c", "abc", "ac a/c abbc"},
	{"a*c", "ac abc abbc", "a/c"},
	{"[a-c]x", "ax cx", "dx x"},
	{"[!a-c]x", "dx", "ax cx"},
	{"[^a]x", "bx", "ax"},
	{"\\[!a]x", "[!a]x", "bx"},
	{"\\*", "*", "a"},
	{"blank   ", "blank", "blanks"},
	{"blank\\ ", "blank\u0020", "blank"},
	{"crlf\r\nnext\r\n", "crlf next", "crl"},
	{"\ufeffmark", "mark", "ark"},
	{"**", "a a/b", ""},
	{"/", "", "a a/b"},
	{"Case", "Case", "case"},
}

// split parts the names of a case. One ends in a blank, which only the last of its kind does.
func split(names string) []string {
	if strings.HasSuffix(names, " ") {
		return []string{names}
	}
	return strings.Fields(names)
}

func TestRules(t *testing.T) {
	for _, tt := range ruleCases {
		rules, broken := parseRules(tt.rules)
		if len(broken) > 0 {
			t.Errorf("%q: lines %v cannot be read", tt.rules, broken)
		}
		i := ignored{rules}
		leavesOut := func(name string) bool {
			name, isDir := strings.CutSuffix(name, "/")
			return i.leavesOut(name, isDir) != nil
		}
		for _, name := range split(tt.out) {
			if !leavesOut(name) {
				t.Errorf("%q does not leave out %q", tt.rules, name)
			}
		}
		for _, name := range split(tt.in) {
			if leavesOut(name) {
				t.Errorf("%q leaves out %q", tt.rules, name)
			}
		}
	}
}

// TestRulesAgreeWithGit holds the cases against the program whose syntax it is.
func TestRulesAgreeWithGit(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("there is no git")
	}
	repository := t.TempDir()
	if err := exec.Command(git, "init", "-q", repository).Run(); err != nil {
		t.Fatal(err)
	}
	for i, tt := range ruleCases {
		for j, name := range slices.Concat(split(tt.out), split(tt.in)) {
			dir := filepath.Join(repository, fmt.Sprintf("case%d-%d", i, j)) // its .gitignore is about itself
			write(t, dir, ".gitignore", tt.rules)
			if folder, isDir := strings.CutSuffix(name, "/"); isDir {
				write(t, dir, folder+"/any", "")
			} else {
				write(t, dir, name, "")
			}
			cmd := exec.Command(git, "check-ignore", "-q", "--", strings.TrimSuffix(name, "/"))
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull)
			if got, want := cmd.Run() == nil, slices.Contains(split(tt.out), name); got != want {
				t.Errorf("git says that %q leaves out %q: %v, want %v", tt.rules, name, got, want)
			}
		}
	}
}

func TestBrokenRules(t *testing.T) {
	rules, broken := parseRules("a\n[b\nc[a-]\n!d")
	if len(rules) != 2 || !slices.Equal(broken, []int{2, 3}) {
		t.Errorf("%d rules, lines %v broken; want 2 and [2 3]", len(rules), broken)
	}
}

// FuzzRules reads any ignore file. What is in a folder left out is left out, too.
func FuzzRules(f *testing.F) {
	for _, tt := range ruleCases {
		f.Add(tt.rules, strings.TrimSuffix(tt.out, "/"))
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		rules, _ := parseRules(text)
		i := ignored{rules}
		if i.leavesOut(name, true) != nil && i.leavesOut(name+"/child", false) == nil {
			t.Errorf("%q leaves out the folder %q and not what is in it", text, name)
		}
	})
}

// write writes a file of a test, with its folder.
func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
