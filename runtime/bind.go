package wps

import (
	"errors"
	"fmt"
	"strings"

	"github.com/wpsgen/wpsgen/internal/expr"
)

// bind resolves a function's bindings. The errors are all there are, without the function's place.
func (c *config) bind(f Function) (*boundFunction, []error) {
	b := &boundFunction{Function: f}
	if len(c.middleware) > 0 {
		b.invoke = c.wrap(b.perform)
	}
	var problems []error
	if f.Name == "" {
		problems = append(problems, errors.New("the function has no name"))
	}
	switch {
	case f.Handler.Err != nil:
		problems = append(problems, f.Handler.Err)
	case f.Handler.Call == nil:
		problems = append(problems, errors.New("the function has no handler; make one with package glue"))
	}
	triggers := 0
	for _, binding := range f.Bindings {
		if name := triggerType(binding); name != "" {
			triggers++
			b.triggerType = name
		}
		if err := c.bindOne(b, binding); err != nil {
			problems = append(problems, err)
		}
	}
	if triggers != 1 {
		problems = append(problems, fmt.Errorf("the function has %d triggers, want exactly one", triggers))
	}
	if b.context != nil && b.http == nil {
		problems = append(problems, errors.New("webPubSubContext: an httpTrigger must bring the requests"))
	}
	if len(problems) == 0 {
		if !c.hostDoes(b) {
			problems = append(problems, b.checkExpressions()...)
		}
		b.client = c.chooseClient(b)
	}
	return b, problems
}

// triggerType returns the type of a trigger as function.json names it, "" for other bindings.
func triggerType(b Binding) string {
	switch b := b.(type) {
	case WebPubSubTrigger:
		return "webPubSubTrigger"
	case HTTPTrigger:
		return "httpTrigger"
	case TimerTrigger:
		return "timerTrigger"
	case OtherBinding:
		if strings.HasSuffix(strings.ToLower(b.Type), "trigger") {
			return b.Type
		}
	}
	return ""
}

func (c *config) bindOne(b *boundFunction, binding Binding) error {
	switch t := binding.(type) {
	case WebPubSubTrigger:
		return c.bindTrigger(b, t)
	case HTTPTrigger:
		b.http = &t
		return nil
	case HTTPOutput:
		return nil
	case TimerTrigger:
		return c.bindTimer(b, t)
	case WebPubSubContext:
		return c.bindContext(b, t)
	case WebPubSubConnection:
		return c.bindInput(b, t)
	case WebPubSub:
		return c.bindOutput(b, t)
	case OtherBinding:
		return c.bindOther(b, t)
	}
	return fmt.Errorf("a binding of type %T is unknown to this version", binding)
}

// hostDoes reports whether the Functions host checks the function's events, makes its connections and
// carries out its actions, and not this package.
func (c *config) hostDoes(b *boundFunction) bool {
	return c.host != nil && b.Upstream == UpstreamTrigger
}

// wayOut adds what to do to an error that only tells what is wrong.
func wayOut(err error) error {
	var unresolved *expr.UnresolvedError
	if errors.As(err, &unresolved) {
		return fmt.Errorf("%w Set %s in the app's settings", err, unresolved.Setting)
	}
	return err
}

// chooseClient returns the client a function is handed: that of its first output, else of its first
// connection, else of its trigger, else the app's default.
func (c *config) chooseClient(b *boundFunction) *ServiceClient {
	switch {
	case len(b.outputs) > 0:
		return b.outputs[0].client
	case len(b.inputs) > 0:
		return b.inputs[0].client
	case b.client != nil:
		return b.client
	}
	conn, err := c.service("")
	hub := c.settings.get(settingHub)
	if b.trigger != nil {
		hub = b.trigger.Hub
	}
	if err == nil && hub == "" {
		err = fmt.Errorf("hub: %w", errNoHub)
	}
	if err == nil {
		err = checkHub(hub)
	}
	if err != nil {
		return brokenServiceClient(fmt.Errorf("function %s has no service to speak to: %w", b.Name, err))
	}
	return c.client(conn, hub)
}
