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

// opaque stands for values that have no text and members without number: lists and typed objects come
// out of an expression as nothing at all (host-spec 6).
type opaque struct{}

// Member returns opaque for every name.
func (opaque) Member(string) (any, bool) { return opaque{}, true }

// eventData is the binding data of an event.
type eventData struct {
	function string
	event    *event
}

// Value returns what the event provides under a first name.
func (d *eventData) Value(name string) (any, bool, error) {
	switch strings.ToLower(name) {
	case "connectioncontext":
		return contextData{&d.event.context}, true, nil
	case "datatype":
		return capitalised(string(d.event.dataType)), true, nil
	case "reason":
		if d.event.kind != kindDisconnected {
			return nil, false, nil
		}
		return d.event.disconnected.Reason, true, nil
	case "sys":
		return sysData(d.function), true, nil
	case "request", "data", "claims", "query", "subprotocols", "clientcertificates":
		return opaque{}, true, nil
	}
	return nil, false, nil
}

type contextData struct{ context *ConnectionContext }

// Member returns a member of the connection context, ignoring case.
func (d contextData) Member(name string) (any, bool) {
	switch strings.ToLower(name) {
	case "eventtype":
		return capitalised(d.context.EventType), true
	case "eventname":
		return d.context.EventName, true
	case "hub":
		return d.context.Hub, true
	case "connectionid":
		return d.context.ConnectionID, true
	case "userid":
		return d.context.UserID, true
	case "signature":
		return d.context.Signature, true
	case "origin":
		return d.context.Origin, true
	case "physicalconnectionid":
		return d.context.PhysicalConnectionID, d.context.mqtt
	case "sessionid":
		return d.context.SessionID, d.context.mqtt
	case "states", "headers":
		return opaque{}, true
	}
	return nil, false
}

// capitalised spells an enumeration value as the extension does.
func capitalised(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
