package generator

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// bindResults binds what the function returns; an error at the end needs no sink.
func (s *signature) bindResults() {
	var results []ast.Expr
	if r := s.fn.decl.Type.Results; r != nil {
		for _, field := range r.List {
			for range max(1, len(field.Names)) {
				results = append(results, field.Type)
			}
		}
	}
	spelled := make([]string, len(results))
	for i, r := range results {
		spelled[i] = spell(s.typeOf(r))
	}
	if n := len(results); n > 0 && spelled[n-1] == "error" {
		s.fn.hasErr = true
		results, spelled = results[:n-1], spelled[:n-1]
	}
	if len(results) > 0 && slices.Contains(s.fn.sources, source{glue: "ResponseWriter"}) {
		s.report(diag.BadResult, results[0], "write the answer or return it", "%s has an http.ResponseWriter and a result", s.fn.decl.Name.Name)
		return
	}
	taken := make(map[string]bool)
	for i, r := range results {
		s.bindResult(r, spelled[i], taken)
	}
}

func (s *signature) bindResult(r ast.Expr, spelled string, taken map[string]bool) {
	if spelled == "error" {
		s.report(diag.BadResult, r, "move it to the end", "error is not the last result")
		return
	}
	if taken := shadows(spelled); taken != "" {
		s.report(diag.BadResult, r, renameHint, "the type %s of the result is one of this package, not Go's", taken)
		return
	}
	o, ok := s.matchResult(r, spelled)
	if !ok {
		return
	}
	role := "reply"
	if strings.HasSuffix(o.result.Sink, "(name)") {
		role = "actions"
	}
	if taken[role] {
		s.report(diag.BadResult, r, "return one", "%s has more than one result for its %s", s.fn.decl.Name.Name, role)
		return
	}
	taken[role] = true
	s.fn.sinks = append(s.fn.sinks, glueCall(o.result.Sink, o.binding))
}

func (s *signature) matchResult(r ast.Expr, spelled string) (offer, bool) {
	var exact []offer
	for _, o := range s.results {
		if o.result.Type == spelled {
			exact = append(exact, o)
		}
	}
	switch {
	case len(exact) == 1:
		return exact[0], true
	case len(exact) > 1 && strings.HasSuffix(exact[0].result.Sink, "(name)"):
		s.report(diag.BadResult, r, "take a *wps.Actions for each of "+list(bindingNames(exact)),
			"%s as a result needs exactly one output", display(spelled))
		return offer{}, false
	case len(exact) > 1:
		return exact[0], true
	}
	if !isOurs(spelled) {
		for _, o := range s.results {
			if o.result.Type == "" {
				s.checkReply(r, spelled)
				return o, true
			}
		}
	}
	s.report(diag.BadResult, r, s.resultHint(spelled), "nothing takes a result of type %s", display(spelled))
	return offer{}, false
}

// checkReply reports a result whose type compiles as JSON and could only ever fail.
func (s *signature) checkReply(r ast.Expr, spelled string) {
	if part := encoding.unfit(s.typeOf(r)); part != "" {
		s.report(diag.BadResult, r, s.accepted(), "nothing takes a result of type %s: %s cannot be %s", display(spelled), part, encoding.verb)
	}
}

func (s *signature) accepted() string {
	names := []string{"error"}
	for _, o := range s.results {
		n := o.result.Type
		if n == "" {
			n = "any type of your own, as JSON"
		}
		if !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return "this function can return " + list(names)
}
