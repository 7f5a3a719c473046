package wps

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"github.com/wpsgen/wpsgen/internal/jsonio"
)

// errShadowed is why an event is refused whose metadata its sender may have replaced: without
// dataType=binary, the host copies the members of a JSON payload over them (host-spec 1.4). Generated
// function.json has it.
var errShadowed = errors.New(`the payload has a member that replaces the event's own metadata; function.json of the trigger must have "dataType": "binary" and the name "data", as wpsgen generate writes it`)

var errNoRequest = errors.New("the host's envelope holds no event request")

// event reads the event that a webPubSubTrigger was called with. The binding's name chooses what the host
// hands over as its value (host-spec 2.2); everything else is in the metadata (2.3).
func (env *envelope) event(t *WebPubSubTrigger, e *event) error {
	e.context.EventName = t.EventName
	e.setKind(t.EventType)
	e.dataType = DataTypeText
	raw, _ := lookup(env.data, t.Name)
	request := ""
	if strings.EqualFold(t.Name, "request") {
		request = hostObject(raw)
	} else if metadata, ok := lookup(env.metadata, "Request"); ok {
		request = unwrappedObject(metadata)
	}
	if strings.EqualFold(t.Name, "data") && e.kind == kindUser {
		return env.payload(raw, request, e)
	}
	if strings.EqualFold(t.Name, "reason") && shadows(hostText(raw)) { // a client's words, too
		return errShadowed
	}
	if none := request == "" || request == "null"; none && e.kind == kindOther {
		return env.untyped(e)
	}
	return e.readHostRequest(request)
}

// untyped reads an event that the extension has no request for, but a context.
func (env *envelope) untyped(e *event) error {
	raw, ok := lookup(env.metadata, "ConnectionContext")
	if !ok {
		return errNoRequest
	}
	r := jsonio.New(unwrappedObject(raw))
	e.readHostContext(r)
	if err := r.Finish(); err != nil {
		return errors.Join(errNoRequest, err)
	}
	return nil
}

// payload reads a user event whose value is the payload itself. What is no base64 is text, be it encoded once
// less than the host does, as public documents show it.
func (env *envelope) payload(raw, request string, e *event) error {
	body, err := hostBytes(raw)
	switch {
	case raw == "" || raw == "null":
		return err
	case err != nil:
		body = []byte(hostText(raw))
	}
	if (err != nil || isText(raw)) && shadows(string(body)) {
		return errShadowed
	}
	if err := e.readHostRequest(request); err != nil {
		return err
	}
	e.body = body
	return nil
}

// isText reports whether a value is a string of a string, and so not base64.
func isText(raw string) bool {
	text, ok := unquote(raw)
	return ok && strings.HasPrefix(text, `"`)
}

// shadows reports whether the host takes members of a payload for what this package reads of the metadata. It
// leaves out arrays and null.
func shadows(payload string) bool {
	r := jsonio.New(payload)
	found := false
	r.Object(func(name string) {
		kind := r.Kind()
		found = found || strings.EqualFold(name, "request") && kind != '[' && kind != 'n'
		r.Skip()
	})
	if r.Finish() != nil {
		return shadowsLeniently(payload)
	}
	return found
}

// shadowsLeniently reports whether a payload that is no JSON may shadow the metadata all the same: the host's
// reader, Newtonsoft's JObject.Parse, takes names without quotes or in single ones, comments and more for JSON,
// and the host asks for no more than braces around the text before it reads it (Utility.ApplyBindingData).
func shadowsLeniently(payload string) bool {
	text := strings.ToLower(strings.TrimSpace(payload))
	if !strings.HasPrefix(text, "{") || !strings.HasSuffix(text, "}") {
		return false
	}
	return strings.Contains(text, "request") || strings.Contains(text, `\u`) // a letter may be written as \u0072
}

// readHostRequest reads an event request as the extension writes it for workers (extension-spec 4.2),
// whatever the case of its members.
func (e *event) readHostRequest(doc string) error {
	if doc == "" || doc == "null" {
		return errNoRequest
	}
	connect, disconnected := &ConnectEventRequest{}, &DisconnectedEventRequest{}
	mqtt, hasContext := "null", false
	r := jsonio.New(doc)
	r.Object(func(name string) {
		switch strings.ToLower(name) {
		case "connectioncontext":
			hasContext = true
			e.readHostContext(r)
		case "claims":
			connect.Claims = readLists(r)
		case "query":
			connect.Query = url.Values(readLists(r))
		case "headers":
			connect.Headers = readHeaders(r)
		case "subprotocols":
			connect.Subprotocols = r.Strings()
		case "clientcertificates":
			connect.ClientCertificates = readCertificates(r)
		case "mqtt":
			mqtt = r.Raw() // which kind it is of may be known only later
		case "reason":
			disconnected.Reason = r.String()
		case "group":
			e.group = r.String()
		case "data":
			e.body = []byte(r.String())
		case "datatype":
			e.dataType = DataType(strings.ToLower(r.String()))
		default:
			r.Skip()
		}
	})
	if err := r.Finish(); err != nil || !hasContext { // what has none is no request
		return errors.Join(errNoRequest, err)
	}
	connect.ConnectionContext, disconnected.ConnectionContext = e.context, e.context
	switch r := jsonio.New(mqtt); e.kind {
	case kindConnect:
		connect.MQTT, _ = readMQTTConnect(r) // the host has read it before
		e.connect = connect
	case kindDisconnected:
		disconnected.MQTT, _ = readMQTTDisconnected(r)
		e.disconnected = disconnected
	}
	return nil
}

// readHostContext reads a connection context as the extension writes it for workers (extension-spec 4.2).
func (e *event) readHostContext(r *jsonio.Reader) {
	c := &e.context
	eventType := c.EventType
	r.Object(func(name string) {
		switch strings.ToLower(name) {
		case "eventtype":
			eventType = r.String()
		case "eventname":
			c.EventName = r.String()
		case "hub":
			c.Hub = r.String()
		case "connectionid":
			c.ConnectionID = r.String()
		case "userid":
			c.UserID = r.String()
		case "signature":
			c.Signature = r.String()
		case "origin":
			c.Origin = r.String()
		case "states":
			c.states = readStates(r)
		case "headers":
			c.Headers = readHeaders(r)
		case "physicalconnectionid":
			c.mqtt, c.PhysicalConnectionID = true, r.String()
		case "sessionid":
			c.SessionID = r.String()
		default:
			r.Skip()
		}
	})
	c.Subprotocol = c.Headers.Get("ce-subprotocol")
	for _, known := range []string{EventTypeSystem, EventTypeUser, EventTypeGroupPresence} {
		if strings.EqualFold(known, eventType) {
			e.setKind(known)
		}
	}
}

// readStates reads an object of states, whose values are JSON as they were set but for the blanks that the
// host puts between.
func readStates(r *jsonio.Reader) stateSet {
	var states stateSet
	r.Object(func(name string) {
		var state bytes.Buffer
		if raw := r.Raw(); json.Compact(&state, []byte(raw)) == nil {
			states.set(name, state.Bytes())
		}
	})
	return states
}
