package wps

import (
	"context"
	"fmt"
	"slices"

	"github.com/wpsgen/wpsgen/internal/expr"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// boundFunction is a function with everything resolved that does not depend on a call.
type boundFunction struct {
	Function

	triggerType string                  // as function.json names it
	invoke      func(*Invocation) error // runs the function, middleware included

	trigger  *WebPubSubTrigger // with hub and event name resolved; nil when the trigger is another
	http     *HTTPTrigger
	route    string            // of http, from the root
	context  *WebPubSubContext // only beside http
	timer    *boundTimer
	verifier verifier // of trigger or context
	absent   bool     // nobody serves its bindings of other extensions

	inputs  []boundInput
	outputs []boundOutput
	client  *ServiceClient // nil when its hub depends on the call
}

// target is a hub of the service that a binding speaks to.
type target struct {
	connection connection
	hub        *expr.Template
	client     *ServiceClient // nil when the hub depends on the call
	config     *config
}

type boundInput struct {
	target
	name     string
	userID   *expr.Template // nil for an anonymous client
	protocol ClientProtocol
}

type boundOutput struct {
	target
	name string
}

// hasOutput reports whether the function has a webPubSub output of that name.
func (f *boundFunction) hasOutput(name string) bool {
	return slices.ContainsFunc(f.outputs, func(o boundOutput) bool { return o.name == name })
}

// httpOutput is the name of the function's http output.
func (f *boundFunction) httpOutput() string {
	for _, b := range f.Bindings {
		if out, ok := b.(HTTPOutput); ok && out.Name != "" {
			return out.Name
		}
	}
	return "res"
}

// at evaluates the hub and returns its client.
func (t *target) at(data expr.Data) (*ServiceClient, error) {
	hub, err := t.hub.Eval(data)
	if err != nil {
		return nil, err
	}
	if err := checkHub(hub); err != nil {
		return nil, err
	}
	return t.config.client(t.connection, hub), nil
}

// connect makes the value of a webPubSubConnection binding for a call.
func (in *boundInput) connect(ctx context.Context, client *ServiceClient, data expr.Data) (Connection, error) {
	var token wire.ClientToken
	if in.userID != nil {
		user, err := in.userID.Eval(data)
		if err != nil {
			return Connection{}, err
		}
		token.UserID = &user
	}
	return client.access(ctx, token, in.protocol, defaultLifetime)
}

// checkHub holds a hub's name against the service's rule (service-spec 1.1).
func checkHub(hub string) error {
	for i := range len(hub) {
		c := hub[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		other := '0' <= c && c <= '9' || c == '_' || c == '`' || c == ',' || c == '.' || c == '[' || c == ']'
		if !letter && (i == 0 || !other) {
			return &hubNameError{hub}
		}
	}
	if hub == "" || len(hub) > 128 {
		return &hubNameError{hub}
	}
	return nil
}

type hubNameError struct{ hub string }

func (e *hubNameError) Error() string {
	return fmt.Sprintf("%.130q is not a hub name: a letter, then up to 127 letters, digits and _ ` , . [ ]", e.hub)
}

func (c *config) client(conn connection, hub string) *ServiceClient {
	options := []ServiceClientOption{WithClientLogger(c.logger)}
	if c.httpClient != nil {
		options = append(options, WithHTTPClient(c.httpClient))
	}
	return newServiceClient(conn, hub, append(options, c.clientOptions...)...)
}
