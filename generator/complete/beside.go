package complete

import (
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/directive"
	"github.com/wpsgen/wpsgen/internal/expr"
	"github.com/wpsgen/wpsgen/internal/route"
)

// usesOf understands directives, as far as they can be read.
func usesOf(set *binding.Set, lines []string) []*binding.Use {
	var uses []*binding.Use
	for _, line := range lines {
		line = strings.TrimSpace(line)
		verb, _, _ := strings.Cut(strings.TrimPrefix(line, directive.Prefix), " ")
		if def := set.Verb(verb); def != nil && strings.HasPrefix(line, directive.Prefix) {
			uses = append(uses, binding.Resolve(def, argumentsOf(line), binding.Env{}))
		}
	}
	return uses
}

// trigger returns the trigger among the other directives, nil when none is known.
func (c *completer) trigger() *binding.Use {
	if i := slices.IndexFunc(c.beside, (*binding.Use).IsTrigger); i >= 0 {
		return c.beside[i]
	}
	return nil
}

// fits reports whether a verb may stand beside the other directives.
func (c *completer) fits(def *binding.Definition) bool {
	stands := func(verb string) bool {
		return slices.ContainsFunc(c.beside, func(u *binding.Use) bool { return u.Def.Verb == verb })
	}
	trigger := c.trigger()
	switch {
	case stands(def.Verb) && !def.Repeats, trigger != nil && def.IsTrigger():
		return false
	case len(c.beside) > 0 && def.On == binding.OnPackage:
		return false
	}
	return trigger == nil || !slices.ContainsFunc(def.NeedsVerbs, func(verb string) bool { return !stands(verb) })
}

// openBrace returns where an expression begins that has not ended, -1 when there is none.
func openBrace(text string) int {
	text = strings.ReplaceAll(text, "{{", "  ") // a brace of the text
	if open := strings.LastIndexByte(text, '{'); open > strings.LastIndexByte(text, '}') {
		return open
	}
	return -1
}

// expressions offers what an expression may begin with: what the trigger provides or, while that is not known, any
// trigger, and what the host itself has.
func (c *completer) expressions(begin string, at int) {
	c.result.From += at
	var offered []string
	offer := func(name, doc string) {
		if text := "{" + name + "}"; hasPrefix(text, begin) && !slices.Contains(offered, text) {
			offered = append(offered, text)
			c.add(Value, text, doc)
		}
	}
	triggers := c.set.Definitions()
	if t := c.trigger(); t != nil {
		triggers = []*binding.Definition{t.Def}
		for _, name := range routeParameters(t) {
			offer(name, "of the route")
		}
	}
	for _, def := range triggers {
		for _, name := range def.Provides {
			offer(name, "of //wps:"+def.Verb)
		}
	}
	for _, name := range expr.Builtins() {
		offer(name, "of the host")
	}
}

// routeParameters are the parameters of a trigger's route, if it has one.
func routeParameters(u *binding.Use) []string {
	for _, p := range u.Def.Properties {
		if p.Format == "route" && u.Get(p.Name) != "" {
			if t, err := route.Parse(u.Get(p.Name)); err == nil {
				return t.Parameters()
			}
		}
	}
	return nil
}
