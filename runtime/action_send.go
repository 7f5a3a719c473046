package wps

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxTTL is the longest that the service keeps a message (service-spec 10).
const maxTTL = 300 * time.Second

// SendToAll sends to every connection of the hub.
type SendToAll struct {
	// Data is the message.
	Data Payload
	// Excluded are the ids of connections left out.
	Excluded []string
	// Filter leaves out connections for which the OData expression is false, such as
	// "userId ne null and 'lobby' in groups"; quote texts with FilterString (service-spec 4.2). Empty
	// leaves out none. Not for the Functions host's envelope.
	Filter string
	// TTL is how long the service keeps the message for clients that come back: whole seconds up to 300;
	// zero leaves it to the service. Not for the Functions host's envelope.
	TTL time.Duration
}

// SendToGroup sends to every connection of a group.
type SendToGroup struct {
	// Group is the group's name.
	Group string
	// Data is the message.
	Data Payload
	// Excluded are the ids of connections left out.
	Excluded []string
	// Filter leaves out connections, as SendToAll's does. Not for the Functions host's envelope.
	Filter string
	// TTL is how long the service keeps the message, as SendToAll's. Not for the Functions host's envelope.
	TTL time.Duration
}

// SendToUser sends to every connection of a user. It succeeds when the user has none.
type SendToUser struct {
	// UserID is the user.
	UserID string
	// Data is the message.
	Data Payload
	// Filter leaves out connections, as SendToAll's does. Not for the Functions host's envelope.
	Filter string
	// TTL is how long the service keeps the message, as SendToAll's. Not for the Functions host's envelope.
	TTL time.Duration
}

// SendToConnection sends to one connection. It succeeds when there is none of that id.
type SendToConnection struct {
	// ConnectionID is the connection.
	ConnectionID string
	// Data is the message.
	Data Payload
	// TTL is how long the service keeps the message, as SendToAll's. Not for the Functions host's envelope.
	TTL time.Duration
}

// FilterString quotes a text for a Filter, so that it can hold nothing but that text:
// "userId eq " + wps.FilterString(name).
func FilterString(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func (SendToAll) actionName() string        { return "SendToAll" }
func (SendToGroup) actionName() string      { return "SendToGroup" }
func (SendToUser) actionName() string       { return "SendToUser" }
func (SendToConnection) actionName() string { return "SendToConnection" }

func (a SendToAll) restRequest() (restRequest, error) {
	return sendRequest(a.Data, sendOptions{a.Excluded, a.Filter, a.TTL})
}

func (a SendToGroup) restRequest() (restRequest, error) {
	return sendRequest(a.Data, sendOptions{a.Excluded, a.Filter, a.TTL}, literal("groups"), segment("Group", a.Group))
}

func (a SendToUser) restRequest() (restRequest, error) {
	return sendRequest(a.Data, sendOptions{nil, a.Filter, a.TTL}, literal("users"), segment("UserID", a.UserID))
}

func (a SendToConnection) restRequest() (restRequest, error) {
	return sendRequest(a.Data, sendOptions{ttl: a.TTL}, literal("connections"), segment("ConnectionID", a.ConnectionID))
}

func (a SendToAll) envelopeAction() (bindingAction, error) {
	return bindingAction{data: a.Data, Excluded: a.Excluded}, sendOptions{nil, a.Filter, a.TTL}.envelope()
}

func (a SendToGroup) envelopeAction() (bindingAction, error) {
	return bindingAction{Group: a.Group, data: a.Data, Excluded: a.Excluded}, sendOptions{nil, a.Filter, a.TTL}.envelope()
}

func (a SendToUser) envelopeAction() (bindingAction, error) {
	return bindingAction{UserID: a.UserID, data: a.Data}, sendOptions{nil, a.Filter, a.TTL}.envelope()
}

func (a SendToConnection) envelopeAction() (bindingAction, error) {
	return bindingAction{ConnectionID: a.ConnectionID, data: a.Data}, sendOptions{ttl: a.TTL}.envelope()
}

// sendOptions are what is said of a message beside its data and its target.
type sendOptions struct {
	excluded []string
	filter   string
	ttl      time.Duration
}

// query returns the options as a query.
func (o sendOptions) query() (string, error) {
	if o.ttl%time.Second != 0 || o.ttl < 0 || o.ttl > maxTTL {
		return "", fmt.Errorf("TTL %v is not in whole seconds up to %v", o.ttl, maxTTL)
	}
	q := query{}
	q.addAll("excluded", o.excluded)
	q.addIfSet("filter", o.filter)
	if o.ttl > 0 {
		q.add("messageTtlSeconds", strconv.Itoa(int(o.ttl/time.Second)))
	}
	return q.String(), nil
}

// envelope reports which option the binding does not know (extension-spec 8).
func (o sendOptions) envelope() error {
	switch {
	case o.filter != "":
		return &restOnlyError{what: "Filter"}
	case o.ttl != 0:
		return &restOnlyError{what: "TTL"}
	}
	return nil
}
