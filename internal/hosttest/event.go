package hosttest

import (
	"encoding/json"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// eventKind says which body and which reply an event has (extension-spec 1.6).
type eventKind string

const (
	kindConnect      eventKind = "connect"
	kindConnected    eventKind = "connected"
	kindDisconnected eventKind = "disconnected"
	kindUser         eventKind = "user"
	kindOther        eventKind = "other" // a system event the extension does not know
)

const (
	typeSystem = "System"
	typeUser   = "User"
)

// event is one event with its body. JSON parts are kept as they came, null included.
type event struct {
	kind    eventKind
	context *connectionContext // nil only in an object that no request made

	claims, query, headers json.RawMessage
	subprotocols           json.RawMessage
	clientCertificates     []certificate

	reason *string

	data     payload
	dataType string // Text, Json, Binary; Text for all but user events

	mqtt json.RawMessage // the MQTT part of connect and disconnected
}

// certificate is a client certificate with the extension's mixed spelling (extension-spec 4.2).
type certificate struct {
	Thumbprint string
	Content    *string `json:"content"`
}

// request is the event request object as workers get it, nil for an event the extension does not know.
func (e *event) request() object {
	connection := json.RawMessage("null")
	if e.context != nil {
		connection = marshal(e.context.json())
	}
	o := object{}
	if e.mqtt != nil {
		o = append(o, member{"mqtt", e.mqtt})
	}
	switch e.kind {
	case kindConnect:
		o = append(o, member{"claims", e.claims}, member{"query", e.query}, member{"headers", e.headers},
			member{"subprotocols", e.subprotocols}, member{"clientCertificates", marshal(e.clientCertificates)})
	case kindDisconnected:
		o = append(o, member{"reason", marshal(e.reason)})
	case kindUser:
		o = append(o, member{"data", marshal(utf8Text(e.data))}, member{"dataType", marshal(e.dataType)})
	case kindOther:
		return nil
	}
	return append(o, member{"connectionContext", connection})
}

// eventNames are what the trigger provides by name for every event, be it null (WebPubSubTriggerBinding's
// AddBindingData).
var eventNames = []string{"Request", "ConnectionContext", "Data", "DataType", "Claims", "Query", "Reason", "Subprotocols", "ClientCertificates"}

// values are what the trigger provides by name (extension-spec 4.1, host-spec 2.3). What is null is not in
// Metadata, and the empty text in an expression.
func (e *event) values() *bindingData {
	d := newBindingData()
	for _, name := range eventNames {
		d.set(name, nil)
	}
	if request := e.request(); request != nil {
		d.set("Request", request)
	}
	d.set("ConnectionContext", e.context.json())
	switch e.kind {
	case kindUser:
		d.set("Data", e.data)
	case kindConnect:
		for _, m := range []member{{"Claims", e.claims}, {"Query", e.query}, {"Subprotocols", e.subprotocols}} {
			if !isNull(m.value) {
				d.set(m.name, m.value)
			}
		}
		if e.clientCertificates != nil {
			d.set("ClientCertificates", e.clientCertificates)
		}
	case kindDisconnected:
		if e.reason != nil {
			d.set("Reason", *e.reason)
		}
	}
	d.set("DataType", e.dataType)
	return d
}

// input is the trigger's value: the binding's NAME selects a member of the event (host-spec 2.2). An
// unknown name, or one that this event has no value for, gives null.
func (e *event) input(name string, binary bool) *triggerInput {
	in := &triggerInput{data: e.values()}
	value := in.data.values[strings.ToLower(name)]
	if value == nil { // or no name of the event's
		return in
	}
	switch v := value.(type) {
	case payload:
		if binary {
			in.value = []byte(v)
		} else {
			in.text(utf8Text(v), false)
		}
	case string:
		in.text(v, binary)
	default:
		in.text(indent(marshal(v)), binary)
	}
	return in
}

// dataTypeOf reads a user event's media type; parameters and case do not matter (extension-spec 3.4).
func dataTypeOf(contentType string) (dataType, mediaType string, ok bool) {
	mediaType, _, _ = strings.Cut(contentType, ";")
	mediaType = strings.TrimSpace(mediaType)
	switch strings.ToLower(mediaType) {
	case wire.MediaTypeText:
		return "Text", mediaType, true
	case wire.MediaTypeJSON:
		return "Json", mediaType, true
	case wire.MediaTypeBinary:
		return "Binary", mediaType, true
	}
	return "", mediaType, false
}
