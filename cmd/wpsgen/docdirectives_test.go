package main

import (
	"go/token"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/directive"
)

// TestDocDirectives holds every directive on a page against its definition: those of code blocks as a whole,
// of others what stands there. The wrong examples of codes.md are wrong on purpose and have tests of their own.
func TestDocDirectives(t *testing.T) {
	checked := 0
	for _, f := range markdownFiles(t) {
		if f.path == "docs/codes.md" || f.path == "CHANGELOG.md" {
			continue
		}
		blocks, prose := f.split()
		set := f.definitions(t, blocks)
		for _, b := range blocks {
			for i, line := range b.lines {
				if line = strings.TrimSpace(line); strings.HasPrefix(line, directive.Prefix) && !strings.Contains(line, "…") {
					f.checkDirective(t, b.line+i, line, set, true)
					checked++
				}
			}
		}
		for i, line := range prose {
			for _, span := range codeSpan.FindAllString(line, -1) {
				if text := strings.Trim(span, "`"); strings.HasPrefix(text, directive.Prefix) && text != directive.Prefix && !strings.Contains(text, "…") {
					f.checkDirective(t, i+1, text, set, false)
					checked++
				}
			}
		}
	}
	if checked < 30 {
		t.Errorf("only %d directives were found", checked)
	}
}

// definitions are the built-in bindings and those that the page itself defines.
func (f markdownFile) definitions(t *testing.T, blocks []block) *binding.Set {
	t.Helper()
	set, err := binding.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	all := set.Definitions()
	for _, b := range blocks {
		if b.language == "yaml" && strings.HasPrefix(b.text(), "verb: ") {
			own, err := binding.ReadOwn(f.path, []byte(b.text()))
			if err != nil {
				t.Errorf("%s: the definition is wrong: %v", f.path, err)
			}
			all = append(all, own...)
		}
	}
	if set, err = binding.NewSet(all...); err != nil {
		t.Fatal(err)
	}
	return set
}

// checkDirective reports what is wrong with a directive, unless the page itself shows that it is.
func (f markdownFile) checkDirective(t *testing.T, line int, text string, set *binding.Set, whole bool) {
	t.Helper()
	path, page := f.path, strings.Join(f.lines, "\n")
	d, problems := directive.Parse(token.NoPos, text)
	for _, p := range problems {
		t.Errorf("%s:%d: %s: %s", path, line, text, p.Message)
	}
	if d == nil {
		return
	}
	def := set.Verb(d.Verb)
	if def == nil {
		t.Errorf("%s:%d: there is no directive %s", path, line, text)
		return
	}
	var args []binding.Arg
	for _, a := range d.Args {
		args = append(args, binding.Arg{Key: a.Key, Value: a.Value, Flag: a.Flag, Quoted: a.Quoted})
	}
	env := binding.Env{Defaults: map[string]string{"hub": "chat"}}
	for _, issue := range binding.Check(def, args, env) {
		if !issue.Kind.IsAdvice() && !strings.Contains(page, issue.Message) && (whole || issue.Kind != binding.MissingKey && issue.Kind != binding.NoValue) {
			t.Errorf("%s:%d: %s: %s", path, line, text, issue.Message)
		}
	}
}
