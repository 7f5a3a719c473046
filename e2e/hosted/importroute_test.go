package hosted

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/internal/route"
)

// samples are values for route parameters. One of them fits whatever a parameter wants.
var samples = []string{"1", "7", "a", "true", "9f1c1c5e-7c1e-4b52-9b5a-0a4d2b8a5b11", "12", "1234", "12345678", "abcdefgh", "abcdefghijklmnop", "100", "1000"}

var routeParameter = regexp.MustCompile(`\{[^}]*\}`)

// routeFor is a path that an http function answers.
func routeFor(t *testing.T, fn *generator.Function) string {
	t.Helper()
	return routeParameter.ReplaceAllStringFunc(templateOf(fn), func(text string) string {
		template, err := route.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, sample := range samples {
			if _, ok := template.Match(sample); ok {
				return sample
			}
		}
		t.Fatalf("no sample fits %s", text)
		return ""
	})
}

// templateOf is the route of an http function. Settings have no meaning there (host-spec 6).
func templateOf(fn *generator.Function) string {
	return strings.TrimPrefix(cmp.Or(fn.Trigger().Value("route"), fn.Name), "/")
}

// answers is the function that answers requests to a path by a method, nil when none does.
func answers(t *testing.T, model *generator.App, path, method string) *generator.Function {
	t.Helper()
	var best *generator.Function
	var nearest *route.Template
	for _, fn := range model.Functions() {
		if fn.Trigger().Type != "httpTrigger" {
			continue
		}
		template, err := route.Parse(templateOf(fn))
		if err != nil {
			t.Fatal(err)
		}
		methods := fn.Trigger().Values("methods")
		if _, ok := template.Match(escaped(path)); !ok || len(methods) > 0 && !slices.Contains(methods, method) {
			continue
		}
		if best == nil || route.Compare(template, nearest) < 0 {
			best, nearest = fn, template
		}
	}
	return best
}

// escaped is a path as a URL has it.
func escaped(path string) string { return (&url.URL{Path: path}).EscapedPath() }

// fails reports whether a binding of a function finds nothing in any request, since none provides its body by name.
func fails(fn *generator.Function) bool {
	return slices.ContainsFunc(fn.Bindings, func(b *generator.Binding) bool {
		return !b.IsOther() && slices.ContainsFunc(b.Members, func(m binding.Member) bool {
			return strings.Contains(fmt.Sprint(m.Value), "{body.")
		})
	})
}

var expression = regexp.MustCompile(`\{(?:query\.|headers\.|body\.)?([A-Za-z_][A-Za-z0-9_-]*)\}`)

// expressionsOf are the names that a function's bindings take something from of a request by.
func expressionsOf(fn *generator.Function) []string {
	var names []string
	for _, b := range fn.Bindings {
		for _, m := range b.Members {
			for _, found := range expression.FindAllStringSubmatch(fmt.Sprint(m.Value), -1) {
				names = append(names, found[1])
			}
		}
	}
	return names
}
