package wps

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// checkUpstream settles how events reach the app. With UpstreamHTTP they come below the route prefix, too,
// where the Functions host passes them through.
func (a *App) checkUpstream() []error {
	var problems []error
	for _, f := range a.functions {
		if f.Upstream != a.functions[0].Upstream {
			problems = append(problems, fmt.Errorf("%s is generated for another upstream than %s; run wpsgen generate for the whole app", place(f.Function), place(a.functions[0].Function)))
		}
	}
	if len(a.functions) == 0 || a.functions[0].Upstream != UpstreamHTTP {
		return problems
	}
	a.webhookPath = strings.TrimSuffix("/"+a.config.routePrefix, "/") + "/" + wire.WebhookFunction
	for _, f := range a.functions {
		if strings.EqualFold(f.Name, wire.WebhookFunction) {
			problems = append(problems, fmt.Errorf("%s: with upstream: http the events of the service come to a function of that name; name this one otherwise", place(f.Function)))
		}
	}
	for _, t := range a.routes {
		if _, ok := t.template.Match(wire.WebhookFunction); ok && t.serves(http.MethodPost, http.MethodOptions) {
			problems = append(problems, fmt.Errorf("%s: route %q serves %s, where with upstream: http the events of the service come", place(t.function.Function), t.template, a.webhookPath))
		}
	}
	return problems
}

// serves reports whether the route serves one of the methods.
func (t *httpRoute) serves(methods ...string) bool { return slices.ContainsFunc(methods, t.allows) }

var errReachable = errors.New("the Functions host passes requests for it through, and one could be made to look like a call of the host's own, which nothing signs; set extensions.http.routePrefix in host.json, or change the route")

// checkReachable finds routes by which somebody outside could reach the path at which the host calls a
// function with an envelope, which carries no signature.
func (a *App) checkReachable() error {
	var problems []error
	for _, t := range a.routes {
		if !t.serves(http.MethodPost) {
			continue
		}
		for _, f := range a.functions {
			path, ok := a.routePath("/" + f.Name)
			if !ok || a.config.host.passesOn(f) {
				continue
			}
			if _, ok := t.template.Match(path); ok {
				problems = append(problems, fmt.Errorf("%s: route %q serves /%s: %w", place(t.function.Function), t.template, f.Name, errReachable))
				break
			}
		}
	}
	return errors.Join(problems...)
}
