package hosttest

import (
	"fmt"
	"net/http"
	"strings"
)

// listener is a webPubSubTrigger that takes events.
type listener struct {
	function  *function
	binding   *binding
	validator *validator
}

// listeners find the function of an event (extension-spec 1.5).
type listeners struct {
	byKey   map[string]*listener
	ordered []*listener
}

func newListeners() *listeners { return &listeners{byKey: make(map[string]*listener)} }

// add registers a trigger under hub.type.event.protocol.
func (l *listeners) add(r *resolver, f *function, b *binding) error {
	if !b.has("eventName") { // marked as required (extension-spec 10)
		return ownText("The EventName field is required.")
	}
	event, err := r.substitute(b.text("eventName"))
	if err != nil {
		return err
	}
	hub, err := r.triggerHub(b)
	if err != nil {
		return err
	}
	eventType, err := triggerType(b)
	if err != nil {
		return err
	}
	protocol, err := triggerProtocol(b)
	if err != nil {
		return err
	}
	accesses, err := r.accesses(b)
	if err != nil {
		return err
	}
	v, err := newValidator(accesses)
	if err != nil {
		return err
	}
	key := dispatchKey(hub, eventType, event, protocol)
	if l.byKey[lower(key)] != nil {
		return ownText("Duplicated binding attribute find: %s", strings.ReplaceAll(key, ".", ","))
	}
	added := &listener{function: f, binding: b, validator: v}
	l.byKey[lower(key)] = added
	l.ordered = append(l.ordered, added)
	return nil
}

func dispatchKey(parts ...string) string { return strings.Join(parts, ".") }

func triggerType(b *binding) (string, error) {
	switch lower(b.text("eventType")) {
	case "system":
		return typeSystem, nil
	case "user":
		return typeUser, nil
	}
	return "", fmt.Errorf("eventType %q is neither system nor user", b.text("eventType"))
}

func triggerProtocol(b *binding) (string, error) {
	switch lower(b.text("clientProtocols")) {
	case "", "all", "0":
		return "All", nil
	case "webpubsub", "1":
		return "WebPubSub", nil
	case "mqtt", "2":
		return "Mqtt", nil
	}
	return "", fmt.Errorf("clientProtocols %q is none of all, webPubSub, mqtt", b.text("clientProtocols"))
}

// find looks for the context's own protocol first, then for All.
func (l *listeners) find(c *connectionContext) *listener {
	protocol := "WebPubSub"
	if c.mqtt {
		protocol = "Mqtt"
	}
	if found := l.byKey[lower(dispatchKey(c.hub, c.eventType, c.eventName, protocol))]; found != nil {
		return found
	}
	return l.byKey[lower(dispatchKey(c.hub, c.eventType, c.eventName, "All"))]
}

// receive checks a request to the extension's endpoint, in the order of extension-spec 1.2. Without a
// listener, the reply is the answer; with one, its function is to be run for the event.
func (l *listeners) receive(method string, h http.Header, body []byte) (reply, *event, *listener) {
	if method == http.MethodOptions || method == http.MethodGet {
		return reply{status: l.preflight(h)}, nil, nil
	}
	c, err := parseCloudEvents(h)
	if err != nil {
		return reply{status: http.StatusBadRequest}, nil, nil
	}
	found := l.find(c)
	switch {
	case found == nil:
		return reply{status: http.StatusNotFound}, nil, nil
	case !found.validator.valid(c):
		return reply{status: http.StatusUnauthorized}, nil, nil
	case method != http.MethodPost:
		return reply{status: http.StatusBadRequest}, nil, nil
	}
	e := &event{kind: c.kind(), context: c}
	unsupported, err := e.readBody(h, body)
	switch {
	case unsupported != "":
		return reply{status: http.StatusBadRequest, contentType: contentTypeError, body: []byte(unsupported)}, nil, nil
	case err != nil:
		return reply{status: http.StatusInternalServerError}, nil, nil
	}
	return reply{}, e, found
}

// preflight answers abuse protection. Without the header the extension throws ([I]: 500).
func (l *listeners) preflight(h http.Header) int {
	origins := originsOf(h)
	if origins == nil {
		return http.StatusInternalServerError
	}
	for _, listener := range l.ordered {
		if listener.validator.allows(origins) {
			return http.StatusOK
		}
	}
	return http.StatusBadRequest
}

// write sends a reply to the service. allowedOrigin tells that it answers abuse protection.
func (r reply) write(w http.ResponseWriter, allowedOrigin bool) {
	if allowedOrigin && r.status == http.StatusOK {
		w.Header()["WebHook-Allowed-Origin"] = []string{"*"}
	}
	if len(r.states) > 0 {
		w.Header()["ce-connectionState"] = []string{r.states.encode()}
	}
	w.Header()["Content-Type"] = nil
	if r.contentType != "" {
		w.Header().Set("Content-Type", r.contentType)
	}
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body) // the service may have gone
}
