package wps

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/wpsgen/wpsgen/internal/jsonio"
)

// members notes which members of a body were seen, since the extension fails on one that is missing
// (extension-spec 3).
type members struct {
	names []string
	seen  uint
	lacks string // what a member that was seen lacks itself, by its whole name
}

func (m *members) see(i int) { m.seen |= 1 << i }

// seePart sees a member that has required members itself, one of which may be missing.
func (m *members) seePart(i int, missing string) {
	m.see(i)
	if m.lacks = ""; missing != "" {
		m.lacks = m.names[i] + "." + missing
	}
}

func (m *members) missing() string {
	var missing []string
	if m.lacks != "" {
		missing = append(missing, m.lacks)
	}
	for i, name := range m.names {
		if m.seen&(1<<i) == 0 {
			missing = append(missing, name)
		}
	}
	return strings.Join(missing, ", ")
}

// decodeBody reads the body of an event that has one other than a payload. What is no JSON object, or lacks
// a member, is a *badEvent.
func (e *event) decodeBody() error {
	if e.kind == kindUser || !e.hasBody() {
		return nil
	}
	r := jsonio.New(string(e.body))
	var m members
	switch e.kind {
	case kindConnect:
		m = e.readConnect(r)
	case kindDisconnected:
		m = e.readDisconnected(r)
	case kindJoined, kindLeft:
		m = e.readGroup(r)
	}
	if err := r.Finish(); err != nil {
		return e.badBody(err.Error())
	}
	if missing := m.missing(); missing != "" {
		return e.badBody("it lacks " + missing)
	}
	return nil
}

func (e *event) badBody(why string) error {
	return &badEvent{reason: fmt.Sprintf("body of the %s event: %s", e.context.EventName, why), answer: "The event's body could not be read."}
}

var (
	connectMembers      = []string{"claims", "query", "headers", "subprotocols", "clientCertificates", "mqtt"}
	disconnectedMembers = []string{"reason", "mqtt"}
	groupMembers        = []string{"group"}
)

// required are the members that the body of a client's event must have: the last one is MQTT's alone.
func (e *event) required(names []string) members {
	if !e.context.mqtt {
		names = names[:len(names)-1]
	}
	return members{names: names}
}

// readConnect reads extension-spec 3.1.
func (e *event) readConnect(r *jsonio.Reader) members {
	c := &ConnectEventRequest{ConnectionContext: e.context}
	e.connect = c
	m := e.required(connectMembers)
	r.Object(func(name string) {
		switch name {
		case "claims":
			m.see(0)
			c.Claims = readLists(r)
		case "query":
			m.see(1)
			c.Query = url.Values(readLists(r))
		case "headers":
			m.see(2)
			c.Headers = readHeaders(r)
		case "subprotocols":
			m.see(3)
			c.Subprotocols = r.Strings()
		case "clientCertificates":
			m.see(4)
			c.ClientCertificates = readCertificates(r)
		case "mqtt":
			if !c.mqtt { // of another client's, it is a member like any that is not known
				r.Skip()
				return
			}
			var missing string
			if c.MQTT, missing = readMQTTConnect(r); c.MQTT != nil {
				m.seePart(5, missing)
			}
		default:
			r.Skip()
		}
	})
	return m
}

// readDisconnected reads extension-spec 3.3.
func (e *event) readDisconnected(r *jsonio.Reader) members {
	d := &DisconnectedEventRequest{ConnectionContext: e.context}
	e.disconnected = d
	m := e.required(disconnectedMembers)
	r.Object(func(name string) {
		switch name {
		case "reason":
			m.see(0)
			d.Reason = r.String()
		case "mqtt":
			if !d.mqtt {
				r.Skip()
				return
			}
			var missing string
			if d.MQTT, missing = readMQTTDisconnected(r); d.MQTT != nil {
				m.seePart(1, missing)
			}
		default:
			r.Skip()
		}
	})
	return m
}

// readGroup reads extension-spec 3.6.
func (e *event) readGroup(r *jsonio.Reader) members {
	m := members{names: groupMembers}
	r.Object(func(name string) {
		if name != "group" {
			r.Skip()
			return
		}
		m.see(0)
		e.group = r.String()
	})
	return m
}

// listsHint is for how many members room is made at once: tokens have about that many claims.
const listsHint = 12

// readLists reads an object of lists of strings; null is nil.
func readLists(r *jsonio.Reader) map[string][]string {
	if r.Null() {
		return nil
	}
	m := make(map[string][]string, listsHint)
	r.Object(func(name string) { m[name] = r.Strings() })
	return m
}

// readHeaders reads an object of headers. Names that differ only in case keep all values, in their order.
func readHeaders(r *jsonio.Reader) http.Header {
	if r.Null() {
		return nil
	}
	h := make(http.Header, listsHint)
	r.Object(func(name string) {
		name = http.CanonicalHeaderKey(name)
		if before, twice := h[name]; twice {
			h[name] = append(before, r.Strings()...)
			return
		}
		h[name] = r.Strings()
	})
	return h
}

func readCertificates(r *jsonio.Reader) []ClientCertificate {
	var list []ClientCertificate
	r.Array(func() {
		var c ClientCertificate
		r.Object(func(name string) {
			switch name {
			case "thumbprint", "Thumbprint": // to workers, the extension writes a capital letter
				c.Thumbprint = r.String()
			case "content":
				c.Content = r.String()
			default:
				r.Skip()
			}
		})
		list = append(list, c)
	})
	return list
}
