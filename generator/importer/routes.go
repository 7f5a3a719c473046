package importer

import (
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/route"
)

// looseRoute is a route without the constraints and default values that wpsgen does not know, so that the function
// takes what it took and more. A route that is wrong otherwise stays as it is.
func (c *importing) looseRoute(fn *function, text string, at diag.Place) string {
	if _, err := route.Parse(text); err == nil {
		return text
	}
	loose := mapParameters(text, looseParameter)
	if _, err := route.Parse(loose); err != nil {
		return text
	}
	c.report(diag.ImportChanged, at, "check the values in "+fn.name+": it runs for others, too", "the route %s is %s now", diag.Printable(text), diag.Printable(loose))
	return loose
}

// mapParameters gives each {parameter} of a route another text. Braces in a parameter are doubled.
func mapParameters(text string, change func(inner string) string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		end := closingBrace(rest)
		if end < 0 {
			b.WriteString("{" + rest)
			return b.String()
		}
		b.WriteString("{" + change(rest[:end]) + "}")
		text = rest[end+1:]
	}
}

// closingBrace is where the brace stands that ends a parameter, -1 when there is none.
func closingBrace(text string) int {
	for i := 0; i < len(text); i++ {
		if text[i] != '}' {
			continue
		}
		if i+1 == len(text) || text[i+1] != '}' {
			return i
		}
		i++ // a brace of a constraint
	}
	return -1
}

// looseParameter is what is between a parameter's braces without what wpsgen does not know of it.
func looseParameter(inner string) string {
	body, optional := strings.CutSuffix(inner, "?")
	name, rest := body, ""
	if i := strings.IndexAny(body, ":="); i >= 0 {
		name, rest = body[:i], body[i:]
	}
	constraints, hasDefault := constraintsOf(rest)
	kept := name
	for _, constraint := range constraints {
		if _, err := route.Parse("{" + name + ":" + constraint + "}"); err == nil {
			kept += ":" + constraint
		}
	}
	if (optional || hasDefault) && !strings.HasPrefix(name, "*") {
		kept += "?"
	}
	return kept
}

// constraintsOf are the constraints of a parameter, each with a colon before it, and whether a default value stands
// behind them. What is in parentheses belongs to its constraint.
func constraintsOf(text string) (list []string, hasDefault bool) {
	depth, begin := 0, 0
	for i := range len(text) + 1 {
		switch {
		case i == len(text) || depth == 0 && (text[i] == ':' || text[i] == '='):
			if constraint := strings.TrimPrefix(text[begin:i], ":"); constraint != "" {
				list = append(list, constraint)
			}
			if i < len(text) && text[i] == '=' {
				return list, true
			}
			begin = i
		case text[i] == '(':
			depth++
		case text[i] == ')':
			depth--
		}
	}
	return list, false
}
