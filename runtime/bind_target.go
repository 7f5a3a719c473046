package wps

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/internal/expr"
)

func (c *config) bindInput(b *boundFunction, t WebPubSubConnection) error {
	what := "webPubSubConnection " + t.Name
	tg, err := c.bindTarget(b, what, t.Hub, t.Connection)
	in := boundInput{target: tg, name: t.Name, protocol: ClientProtocol(t.ClientProtocol)}
	problems := []error{err}
	if t.UserID != "" {
		in.userID, err = c.template(t.UserID)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: userId: %w", what, wayOut(err)))
		}
	}
	if _, err := in.protocol.wire(); err != nil {
		problems = append(problems, fmt.Errorf("%s: %w", what, err))
	}
	if slices.ContainsFunc(b.inputs, func(o boundInput) bool { return strings.EqualFold(o.name, t.Name) }) {
		problems = append(problems, fmt.Errorf("%s: there are two bindings of this name", what))
	}
	b.inputs = append(b.inputs, in)
	return errors.Join(problems...)
}

func (c *config) bindOutput(b *boundFunction, t WebPubSub) error {
	what := "webPubSub " + t.Name
	tg, err := c.bindTarget(b, what, t.Hub, t.Connection)
	problems := []error{err}
	if slices.ContainsFunc(b.outputs, func(o boundOutput) bool { return strings.EqualFold(o.name, t.Name) }) {
		problems = append(problems, fmt.Errorf("%s: there are two bindings of this name", what))
	}
	b.outputs = append(b.outputs, boundOutput{target: tg, name: t.Name})
	return errors.Join(problems...)
}

func (c *config) bindTarget(b *boundFunction, what, hub, setting string) (target, error) {
	if c.hostDoes(b) {
		return target{config: c, client: c.hostClient(what, hub, setting)}, nil
	}
	t := target{config: c}
	var problems []error
	conn, err := c.service(setting)
	if err != nil {
		problems = append(problems, fmt.Errorf("%s: connection: %w", what, err))
	}
	t.connection = conn
	t.hub, err = c.template(hub)
	if hub == "" {
		hub = c.settings.get(settingHub)
		t.hub = expr.Literal(hub)
	}
	if err == nil && hub == "" {
		err = errNoHub
	}
	if err == nil {
		if name, static := t.hub.Static(); static {
			err = checkHub(name)
			t.client = c.client(conn, name)
		}
	}
	if err != nil {
		problems = append(problems, fmt.Errorf("%s: hub: %w", what, wayOut(err)))
	}
	return t, errors.Join(problems...)
}

// hostClient returns the client for a binding that the Functions host serves. It is for functions that take a
// *ServiceClient; where there can be none, only its use fails.
func (c *config) hostClient(what, hub, setting string) *ServiceClient {
	conn, err := c.service(setting)
	if hub == "" {
		hub = c.settings.get(settingHub)
	}
	if err == nil {
		hub, err = c.settings.resolve(hub)
	}
	if err == nil {
		err = checkHub(hub)
	}
	if err != nil {
		return brokenServiceClient(fmt.Errorf("%s: there is no service to speak to: %w", what, err))
	}
	return c.client(conn, hub)
}

// template resolves %setting% in a property and parses its expressions.
func (c *config) template(text string) (*expr.Template, error) {
	resolved, err := c.settings.resolve(text)
	if err != nil {
		return nil, err
	}
	return expr.Parse(resolved)
}

var errNoHub = fmt.Errorf("is not given; name it in the directive or in the setting %s", settingHub)
