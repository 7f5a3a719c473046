package importer

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// Make imports an app for a target folder, as [Run] and [Result.Stage] do. A function in which wpsgen check would
// find a mistake, such as an expression that nothing provides, is left out. The stage is nil when the app
// is refused or nothing of it is left.
func Make(cfg Config, target string, env []string) (*Result, *Stage, error) {
	cfg.LeaveOut = maps.Clone(cfg.LeaveOut)
	if cfg.LeaveOut == nil {
		cfg.LeaveOut = make(map[string]Mistake)
	}
	for {
		result, err := Run(cfg)
		if err != nil || result.Refused() {
			return result, nil, err
		}
		stage, err := result.Stage(target, env)
		if err != nil {
			return nil, nil, err
		}
		if !diag.HasErrors(stage.Findings) {
			return result, stage, nil
		}
		if err := result.blame(stage, cfg.LeaveOut); err != nil {
			return nil, nil, err
		}
	}
}

// blame adds the functions in which there are mistakes to those that are left out. The error is that a mistake
// is in none that is there.
func (r *Result) blame(s *Stage, leaveOut map[string]Mistake) error {
	for _, f := range s.Findings {
		if f.Severity() != diag.Error {
			continue
		}
		name, line := r.functionAt(s, f.Place)
		if name == "" {
			return fmt.Errorf("the new app would have a mistake: %s", f)
		}
		if _, found := leaveOut[name]; !found {
			leaveOut[name] = Mistake{f.Message, f.Hint, line}
		}
	}
	return nil
}

// functionAt is the name of the function that stands at a place of the new app's source, and the line there. Both
// are "" when none does.
func (r *Result) functionAt(s *Stage, at diag.Place) (name, line string) {
	if at.File != filepath.Join(s.target, filepath.FromSlash(r.Source)) {
		return "", ""
	}
	for _, f := range r.Files {
		if f.Name != r.Source {
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, f.Name, f.Content, parser.ParseComments)
		if err != nil {
			return "", ""
		}
		n := 0
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if at.Line >= fset.Position(fn.Doc.Pos()).Line && at.Line <= fset.Position(fn.End()).Line {
				return r.Functions[n], strings.Split(string(f.Content), "\n")[at.Line-1]
			}
			n++
		}
	}
	return "", ""
}
