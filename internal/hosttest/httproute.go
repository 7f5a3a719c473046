package hosttest

import (
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/internal/route"
)

// httpRoute is where an HTTP function is reached.
type httpRoute struct {
	function  *function
	template  *route.Template
	methods   []string // upper case; none: all
	authLevel string   // lower case
}

// httpRoutes are the routes of an app in the order they are tried.
func httpRoutes(functions []*function) ([]*httpRoute, error) {
	var routes []*httpRoute
	for _, f := range functions {
		trigger := f.trigger()
		if !trigger.is(typeHTTPTrigger) {
			continue
		}
		r, err := newHTTPRoute(f, trigger)
		if err != nil {
			return nil, ownText("The '%s' function is in error: %w", f.name, err)
		}
		for _, other := range routes {
			if strings.EqualFold(r.template.String(), other.template.String()) && r.overlaps(other) {
				return nil, ownText("The '%s' function is in error: The route specified conflicts with the route defined by function '%s'.", f.name, other.function.name)
			}
		}
		routes = append(routes, r)
	}
	slices.SortStableFunc(routes, func(a, b *httpRoute) int { return route.Compare(a.template, b.template) })
	return routes, nil
}

func newHTTPRoute(f *function, trigger *binding) (*httpRoute, error) {
	text := f.name
	if trigger.has("route") {
		text = trigger.text("route")
	}
	template, err := route.Parse(text)
	if err != nil {
		return nil, err
	}
	if first, ok := template.FirstLiteral(); ok && (strings.EqualFold(first, "admin") || strings.EqualFold(first, "runtime")) {
		return nil, ownText("The specified route conflicts with one or more built in routes.")
	}
	r := &httpRoute{function: f, template: template, authLevel: lower(trigger.text("authLevel"))}
	if r.authLevel == "" {
		r.authLevel = "function"
	}
	if !slices.Contains([]string{"anonymous", "function", "admin", "user", "system"}, r.authLevel) {
		return nil, conversionError(marshal(r.authLevel), "AuthorizationLevel")
	}
	for _, method := range trigger.list("methods") {
		r.methods = append(r.methods, strings.ToUpper(method))
	}
	return r, nil
}

func (r *httpRoute) overlaps(other *httpRoute) bool {
	if len(r.methods) == 0 || len(other.methods) == 0 {
		return true
	}
	return slices.ContainsFunc(r.methods, func(m string) bool { return slices.Contains(other.methods, m) })
}

func (r *httpRoute) allows(method string) bool {
	return len(r.methods) == 0 || slices.Contains(r.methods, method)
}
