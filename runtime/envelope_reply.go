package wps

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/wpsgen/wpsgen/internal/jsonio"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// returnValue encodes the reply to an event as the extension reads it (extension-spec 5.2, host-spec 2.4).
func returnValue(e *event, r EventResponse) ([]byte, error) {
	if !e.blocking() || r == nil {
		return nil, nil
	}
	switch r := r.(type) {
	case *EventErrorResponse:
		return errorValue(e, r)
	case *ConnectEventResponse:
		if e.kind == kindConnect {
			return connectValue(e, r)
		}
	case *UserEventResponse:
		if e.kind == kindUser {
			return userValue(e, r)
		}
	}
	return nil, fmt.Errorf("a %T cannot answer the event %s", r, e.context.EventName)
}

// errorValue refuses an event. Its message must not look like a date, or the host would change it.
func errorValue(e *event, r *EventErrorResponse) ([]byte, error) {
	if e.kind == kindConnect && e.context.mqtt {
		refusal := *r.mqttError(e)
		if _, ok := refusal.Code.status(); !ok {
			return nil, fmt.Errorf("%d is no CONNACK code that refuses a client", refusal.Code)
		}
		refusal.Reason, refusal.UserProperties = undated(refusal.Reason), undatedProperties(refusal.UserProperties)
		return appendMQTTError(nil, &refusal), nil
	}
	code := CodeServerError
	switch r.status() {
	case http.StatusUnauthorized:
		code = CodeUnauthorized
	case http.StatusBadRequest:
		code = CodeUserError
	}
	b := jsonio.AppendString([]byte(`{"code":`), string(code))
	b = jsonio.AppendString(append(b, `,"errorMessage":`...), undated(r.Message))
	return append(b, '}'), nil
}

// undated keeps the host from taking a text for a date, by a blank behind it.
func undated(text string) string {
	if looksLikeDate(text) {
		return text + " "
	}
	return text
}

func undatedProperties(list []MQTTUserProperty) []MQTTUserProperty {
	list = slices.Clone(list)
	for i, p := range list {
		list[i] = MQTTUserProperty{Name: undated(p.Name), Value: undated(p.Value)}
	}
	return list
}

var errDate = errors.New("looks like a date, which the Functions host would write in another form")

func connectValue(e *event, r *ConnectEventResponse) ([]byte, error) {
	check := func(field string, values ...string) error {
		for _, v := range values {
			if looksLikeDate(v) {
				return fmt.Errorf("%s %q %w", field, v, errDate)
			}
		}
		return nil
	}
	subprotocol := r.Subprotocol
	var properties []string
	b := []byte{'{'}
	if e.context.mqtt {
		if subprotocol == "" {
			subprotocol = wire.SubprotocolMQTT
		}
		b = append(appendMQTTResponse(append(b, `"mqtt":`...), r.MQTT), ',')
		if r.MQTT != nil {
			for _, p := range r.MQTT.UserProperties {
				properties = append(properties, p.Name, p.Value)
			}
		}
	}
	err := errors.Join(check("MQTT.UserProperties", properties...), check("UserID", r.UserID), check("Groups", r.Groups...), check("Roles", r.Roles...), check("Subprotocol", subprotocol))
	if err != nil {
		return nil, err
	}
	b = appendNullable(append(b, `"userId":`...), r.UserID)
	b = jsonio.AppendStrings(append(b, `,"groups":`...), r.Groups)
	b = appendNullable(append(b, `,"subprotocol":`...), subprotocol)
	b = jsonio.AppendStrings(append(b, `,"roles":`...), r.Roles)
	return appendStateValues(b, e, &r.states)
}

func userValue(e *event, r *UserEventResponse) ([]byte, error) {
	data := r.Data
	if data.DataType() == "" {
		data = Text("") // sends nothing
	}
	if _, err := data.Bytes(); err != nil {
		return nil, fmt.Errorf("encode the reply: %w", err)
	}
	b := appendData([]byte(`{"data":`), data)
	b = jsonio.AppendString(append(b, `,"dataType":`...), string(data.DataType()))
	return appendStateValues(b, e, &r.states)
}

// appendStateValues appends the states that were set and the end of the object. The extension keeps those
// that are not there; a cleared one is null, which is read as absent everywhere.
func appendStateValues(b []byte, e *event, changes *stateChanges) ([]byte, error) {
	if changes.err != nil {
		return nil, fmt.Errorf("encode the connection states: %w", changes.err)
	}
	var states stateSet
	if changes.cleared {
		for _, key := range e.context.states.keys {
			states.set(key, json.RawMessage("null"))
		}
	}
	for _, key := range changes.changed.keys {
		states.set(key, packState(changes.changed.values[key]))
	}
	if len(states.keys) == 0 {
		return append(b, '}'), nil
	}
	b = append(b, `,"states":{`...)
	for i, key := range states.keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(jsonio.AppendString(b, key), ':')
		b = append(b, states.values[key]...)
	}
	return append(b, '}', '}'), nil
}
