package directive

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// Found is a directive in a file.
type Found struct {
	*Directive
	// Decl is the declaration it stands on or in, nil for the package clause and where there is none.
	Decl ast.Decl
	// Where says where it stands.
	Where Where
}

// Scan returns the directives of a file, parsed with comments, and what is wrong with its comments:
// the problems of Parse, and comments of any kind that begin like a directive and are none. verbs are
// the verbs there are; they help to tell a directive gone wrong from prose.
func Scan(fset *token.FileSet, f *ast.File, verbs []string) ([]Found, []Problem) {
	s := &scanner{fset: fset, file: f, verbs: verbs}
	for _, group := range f.Comments {
		for i, c := range group.List {
			if directive, problems := s.comment(group.List, i); directive != nil {
				o := s.owner(group, c)
				s.found = append(s.found, Found{directive, o.decl, o.where})
				s.problems = append(s.problems, problems...)
			} else {
				s.problems = append(s.problems, problems...)
			}
		}
	}
	return s.found, s.problems
}

type scanner struct {
	fset     *token.FileSet
	file     *ast.File
	verbs    []string
	docs     map[*ast.CommentGroup]owner // made when the first directive asks for it
	found    []Found
	problems []Problem
}

func (s *scanner) comment(group []*ast.Comment, i int) (*Directive, []Problem) {
	c := group[i]
	miss, ok := nearMiss(c.Text, s.verbs)
	if ok && (!miss.alone || s.standsAlone(group, i)) && (!miss.bare || s.isBare(group, i)) {
		return nil, []Problem{s.problem(c, miss)}
	}
	return Parse(c.Slash, c.Text)
}

// standsAlone reports whether a line of a comment group is no part of a sentence: the line before has
// ended one, and none follows.
func (s *scanner) standsAlone(group []*ast.Comment, i int) bool {
	return (i == 0 || !s.isProse(group[i-1]) || strings.ContainsAny(lastByte(group[i-1].Text), ".!?")) &&
		(i == len(group)-1 || !s.isProse(group[i+1]))
}

// isBare reports whether a comment group has no prose beside the line.
func (s *scanner) isBare(group []*ast.Comment, i int) bool {
	return !slices.ContainsFunc(group[:i], s.isProse) && !slices.ContainsFunc(group[i+1:], s.isProse)
}

func (s *scanner) isProse(c *ast.Comment) bool {
	_, missed := nearMiss(c.Text, s.verbs)
	return !missed && !toolDirective.MatchString(c.Text) && strings.TrimSpace(c.Text) != "//"
}

// toolDirective matches the directives of all tools, as Go's own have it.
var toolDirective = regexp.MustCompile(`^//([a-z0-9]+:[a-z0-9]|line |extern |export |nolint)|^` + Prefix)

func lastByte(text string) string {
	text = strings.TrimSpace(text)
	return text[len(text)-1:]
}

func (s *scanner) problem(c *ast.Comment, m miss) Problem {
	p := Problem{
		Kind: NearMiss, Pos: c.Slash, End: c.Slash + token.Pos(len(c.Text)),
		Message: "this comment begins like a directive and is none: " + m.reason,
		Fix:     m.fix,
	}
	switch {
	case m.fix != "":
		p.Hint = "write " + redact(m.fix)
	case m.verbless:
		p.Hint = "verbs are " + strings.Join(s.verbs, ", ")
	}
	if strings.HasPrefix(c.Text, "/*") && p.Fix != "" && s.codeAfter(c) {
		p.Fix += "\n" // a line comment would swallow it
	}
	return p
}

// codeAfter reports whether code follows a comment on its last line.
func (s *scanner) codeAfter(c *ast.Comment) bool {
	line := s.fset.PositionFor(c.End(), false).Line
	found := false
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.CommentGroup, *ast.Comment:
			return false
		}
		for _, pos := range [...]token.Pos{n.Pos(), n.End() - 1} {
			if pos >= c.End() && s.fset.PositionFor(pos, false).Line == line {
				found = true
			}
		}
		return !found && n.End() > c.End()
	})
	return found
}

func (s *scanner) owner(group *ast.CommentGroup, c *ast.Comment) owner {
	if s.docs == nil {
		s.docs = owners(s.file)
	}
	if o, ok := s.docs[group]; ok {
		return o
	}
	return floating(s.fset, s.file, c)
}
