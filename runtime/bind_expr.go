package wps

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/internal/expr"
)

// triggerNames are the first names that a webPubSubTrigger provides for expressions (extension-spec 4.1).
var triggerNames = []string{
	"request", "connectionContext", "data", "dataType", "claims", "query", "subprotocols",
	"clientCertificates", "reason", "sys",
}

// timerNames is the first name that a timerTrigger provides (host-spec 1.6).
var timerNames = []string{"sys"}

// checkExpressions finds expressions of a function's bindings that can never have a value. An http
// request may carry any name, so there only the call can tell, and a trigger of another extension calls
// nothing without the host.
func (b *boundFunction) checkExpressions() []error {
	trigger, names := "webPubSubTrigger", triggerNames
	switch {
	case b.http != nil, b.isCalledByOther():
		return nil
	case b.timer != nil:
		trigger, names = "timerTrigger", timerNames
	}
	var problems []error
	check := func(what string, t *expr.Template) {
		for _, e := range t.Expressions() {
			known := slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, e.Path[0]) })
			if !known && !e.Builtin {
				problems = append(problems, fmt.Errorf("%s: %s: a %s provides no %q, only %s",
					what, e.Text, trigger, e.Path[0], strings.Join(names, ", ")))
			}
		}
	}
	for _, in := range b.inputs {
		check("webPubSubConnection "+in.name+": hub", in.hub)
		if in.userID != nil {
			check("webPubSubConnection "+in.name+": userId", in.userID)
		}
	}
	for _, out := range b.outputs {
		check("webPubSub "+out.name+": hub", out.hub)
	}
	return problems
}
