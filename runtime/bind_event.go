package wps

import (
	"slices"
	"strings"
)

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
			return nil, true, nil // every event has the name, this kind no value for it
		}
		return d.event.disconnected.Reason, true, nil
	case "sys":
		return sysData(d.function), true, nil
	case "request":
		if d.event.kind == kindOther {
			return nil, true, nil
		}
		return memberData{d.event}, true, nil
	case "data", "claims", "query", "subprotocols", "clientcertificates":
		return opaque{}, true, nil
	}
	return nil, false, nil
}

// memberData is the event request as an object.
type memberData struct{ event *event }

// Member returns a member of the event request, ignoring case: the connection context, which every request
// has, and what its kind has beside (extension-spec 4.2).
func (d memberData) Member(name string) (any, bool) {
	name = strings.ToLower(name)
	switch kind := d.event.kind; {
	case name == "connectioncontext":
		return contextData{&d.event.context}, true
	case name == "reason" && kind == kindDisconnected:
		return d.event.disconnected.Reason, true
	case name == "group" && (kind == kindJoined || kind == kindLeft):
		return d.event.group, true
	case name == "datatype" && kind == kindUser:
		return capitalised(string(d.event.dataType)), true
	case name == "data":
		return opaque{}, kind == kindUser
	case name == "mqtt":
		return opaque{}, d.event.context.mqtt && (kind == kindConnect || kind == kindDisconnected)
	}
	return opaque{}, d.event.kind == kindConnect && slices.Contains(connectNames, name)
}

// connectNames are the members of a connect event's request that come out of an expression as nothing.
var connectNames = []string{"claims", "query", "headers", "subprotocols", "clientcertificates"}

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
