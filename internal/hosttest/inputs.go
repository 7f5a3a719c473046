package hosttest

import (
	"encoding/json"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// envelope gathers a call's Data and Metadata. A failed input fails the invocation before the handler is
// called.
func (h *Host) envelope(c *call) (envelope, error) {
	c.input.addSystemData(c.function.name, c.retry)
	e := envelope{Data: object{{c.function.trigger().name, envelopeValue(c.input.value)}}}
	for _, b := range c.function.inputs() {
		if b.trigger() {
			continue
		}
		value, err := h.inputValue(c, b)
		if err != nil {
			return envelope{}, ownText("Exception binding parameter '%s': %w", b.name, err)
		}
		e.Data = append(e.Data, member{b.name, envelopeValue(value)})
	}
	e.Metadata = c.input.data.metadata()
	return e, nil
}

// addSystemData adds what every invocation has; a trigger's own value of the name stands, as a sender's
// does that replaced it.
func (t *triggerInput) addSystemData(function string, retry *retryContext) {
	if !t.data.has("sys") {
		t.data.set("sys", newSystemData(function, time.Now()))
	}
	if retry != nil {
		t.data.set("RetryContext", retry)
	}
}

func (h *Host) inputValue(c *call, b *binding) (any, error) {
	switch {
	case b.is(typeConnection):
		return h.connectionValue(c, b)
	case b.is(typeContext):
		text := indent(marshal(newRequestContext(b.validator, c.http).json()))
		if b.binary() {
			return []byte(text), nil
		}
		return text, nil
	}
	for typ, input := range h.options.Inputs {
		if b.is(typ) {
			in := Input{Function: c.function.name, Name: b.name, Properties: make(map[string]json.RawMessage)}
			for _, m := range b.properties {
				in.Properties[m.name] = m.value
			}
			return input(in)
		}
	}
	return nil, nil
}

// connectionValue is what a webPubSubConnection gives: always for one hour, without roles and groups.
func (h *Host) connectionValue(c *call, b *binding) (any, error) {
	if b.dataType != "" {
		return nil, ownText("Can't bind webPubSubConnection to dataType '%s'.", b.dataType)
	}
	hub, err := b.hub.Eval(c.input.data)
	if err != nil {
		return nil, err
	}
	access := clientAccess{hub: hub, protocol: wire.ClientProtocol(b.text("clientProtocol")), lifetime: tokenLifetime}
	if b.userID != nil {
		user, err := b.userID.Eval(c.input.data)
		if err != nil {
			return nil, err
		}
		access.token.UserID = &user
	}
	return h.service.connect(h.ctx, b.access, access)
}
