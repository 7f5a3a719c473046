package validate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/expr"
	"github.com/wpsgen/wpsgen/internal/route"
)

// checkHTTPOutput reports bindings that need an HTTP request on functions that have none (mistakes 28).
func (c *checker) checkHTTPOutput(fn *function) {
	trigger := fn.trigger()
	if trigger == nil || fn.find("httpTrigger") != nil {
		return
	}
	for _, e := range fn.entries {
		var f *diag.Finding
		switch {
		case e.is("http") && trigger.is("webPubSubTrigger"):
			f = c.report(diag.HTTPOutput, e.start(), "remove it and return the reply", "the reply to an event is what the function returns, and not the output %s", e.name())
			f.Edits = e.without()
		case e.is("http"), e.is("webPubSubContext"):
			f = c.report(diag.HTTPOutput, e.start(), "remove it, or let an httpTrigger run the function", "%s works beside an httpTrigger alone", e.typ())
		default:
			continue
		}
		f.Related = []diag.Related{{Place: trigger.start(), Message: "the trigger is " + trigger.typ()}}
	}
}

// replyKeys are the members of a trigger's return value (host-spec 1.7, 2.6).
var replyKeys = []string{"data", "dataType", "states", "code", "errorMessage", "userId", "groups", "roles", "subprotocol", "mqtt", "$return"}

// checkReplies reports outputs that a reply and its host fill (host-spec 2.6). Only connect and user events
// have a reply.
func (c *checker) checkReplies(fn *function) {
	trigger := fn.trigger()
	if trigger == nil || !trigger.is("webPubSubTrigger") ||
		strings.EqualFold(trigger.text("eventType"), "system") && !strings.EqualFold(trigger.text("eventName"), "connect") {
		return
	}
	for _, e := range fn.entries {
		if !strings.EqualFold(e.text("direction"), "out") || e.is("http") || !slices.ContainsFunc(replyKeys, func(k string) bool { return strings.EqualFold(k, e.name()) }) {
			continue
		}
		f := c.report(diag.ReplyOutput, e.place("name"), "give it another name", "what the function replies overwrites the output %s", e.name())
		f.Related = []diag.Related{{Place: trigger.start(), Message: "the trigger whose reply it is"}}
	}
}

// expressions returns the expressions of an entry's property.
func (e *entry) expressions(key string) []expr.Expression {
	t, err := expr.Parse(e.text(key))
	if err != nil {
		return nil // reported with the value
	}
	return t.Expressions()
}

// checkExpressions reports expressions that begin with the name of a binding, which is no source (mistakes
// 36), or with one that a trigger known here does not have.
func (c *checker) checkExpressions(e *entry) {
	trigger := e.fn.trigger()
	if e.def == nil || trigger == nil || trigger.def == nil {
		return
	}
	for _, p := range e.def.Properties {
		if !p.Expressions {
			continue
		}
		for _, x := range e.expressions(p.Name) {
			if x.Builtin || trigger.provides(x.Path) {
				continue
			}
			hint := "there are " + strings.Join(trigger.def.Provides, ", ")
			if len(x.Path) > 1 && trigger.provides(x.Path[1:]) {
				hint = "write {" + strings.Join(x.Path[1:], ".") + "}"
			}
			c.report(diag.UnknownRoot, e.place(p.Name), hint, "%s: nothing provides %s", p.Name, x.Text)
		}
	}
}

// provides reports whether the trigger may have a value under the first name of a path. An http trigger
// offers the members of a JSON body, so that only what names a binding, or has members without a body
// to look in, is surely wrong (host-spec 1.5).
func (e *entry) provides(path []string) bool {
	if slices.ContainsFunc(e.def.Provides, func(root string) bool { return strings.EqualFold(root, path[0]) }) {
		return true
	}
	switch {
	case e.is("timerTrigger"):
		return false
	case !e.is("httpTrigger"):
		return true // an event whose payload is an object provides its members
	}
	if t, err := route.Parse(e.text("route")); err != nil || slices.ContainsFunc(t.Parameters(), func(p string) bool { return strings.EqualFold(p, path[0]) }) {
		return true
	}
	return len(path) == 1 || takesBody(e.list("methods")) && !slices.ContainsFunc(e.fn.entries, func(o *entry) bool { return strings.EqualFold(o.name(), path[0]) })
}

func takesBody(methods []string) bool {
	return len(methods) == 0 || slices.ContainsFunc(methods, func(m string) bool {
		return !slices.Contains([]string{"get", "head", "delete", "options", "trace"}, strings.ToLower(m))
	})
}

// signInHeader begins the names of the headers that App Service sets for who has signed in.
const signInHeader = "x-ms-client-principal"

// checkUser looks at who chooses the user of a connection (mistakes 37, 38).
func (c *checker) checkUser(e *entry) {
	trigger := e.fn.trigger()
	if !e.is("webPubSubConnection") || trigger == nil || !trigger.is("httpTrigger") {
		return
	}
	chosen := ""
	for _, x := range e.expressions("userId") {
		signedIn := len(x.Path) > 1 && strings.EqualFold(x.Path[0], "headers") && strings.HasPrefix(strings.ToLower(x.Path[1]), signInHeader)
		switch {
		case x.Builtin || strings.EqualFold(x.Path[0], "sys"):
		case signedIn:
			c.checkHeader(e, x)
		default:
			chosen = cmp.Or(chosen, x.Text)
		}
	}
	if chosen != "" && strings.EqualFold(trigger.text("authLevel"), "anonymous") {
		c.report(diag.SpoofableUser, e.place("userId"), "take it from the sign-in, as in {headers.x-ms-client-principal-name}, or keep this for a demo",
			"whoever calls chooses the user: %s", chosen)
	}
}

// checkHeader warns of the sign-in header where it is not sent.
func (c *checker) checkHeader(e *entry, x expr.Expression) {
	a := e.fn.app
	where := ""
	switch {
	case a == nil:
		return
	case a.nearWebApp:
		where = "Static Web Apps do not send it"
	case a.local != nil:
		where = "a local run does not have it"
	default:
		return
	}
	c.report(diag.IdentityHeader, e.place("userId"), fmt.Sprintf("send %s yourself when you try it", x.Path[1]), "%s: %s", x.Text, where)
}
