package emulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// connectedBody is the body of connected events: never empty, which some handlers cannot read.
var connectedBody = []byte("{}")

func disconnectedBody(reason string) []byte {
	return append(appendString([]byte(`{"reason":`), reason), '}')
}

// notify raises connected or disconnected. Nothing depends on the answer. It is not cut short when
// the client leaves.
func (c *connection) notify(name string, body []byte) {
	ev := &event{system: true, name: name, id: eventIDConnected, payload: payload{kind: jsonData, data: body}}
	if name == eventDisconnected {
		ev.id = c.upstream.takeID()
	}
	answer, err := c.emulator.upstream.send(c.emulator.ctx, c, ev)
	if err == nil && !answer.ok() {
		err = fmt.Errorf("the event handler answered %d", answer.status)
	}
	if err != nil && !errors.Is(err, errNoHandler) {
		c.emulator.log.Warn("system event failed",
			"hub", c.hub.name, "event", name, "connection", c.id, "error", err)
	}
}

// connectRequest is the body of a connect event (service-spec 3.4).
type connectRequest struct {
	Claims             map[string][]string `json:"claims"`
	Query              map[string][]string `json:"query"`
	Headers            map[string][]string `json:"headers"`
	Subprotocols       []string            `json:"subprotocols"`
	ClientCertificates []struct{}          `json:"clientCertificates"`
}

// connectResponse is what a handler may decide; absent and null keep what the token says.
type connectResponse struct {
	UserID      *string   `json:"userId"`
	Groups      []*string `json:"groups"`
	Roles       []*string `json:"roles"`
	Subprotocol *string   `json:"subprotocol"`
}

// connect asks the connect handler, if the hub has one. It returns an empty response when there is
// none, a refusal with the handler's status when it says no, and 500 when it gave no usable answer.
func (h *handshake) connect(c *connection) (*connectResponse, *refusal) {
	body, err := json.Marshal(h.connectBody())
	if err != nil {
		return nil, refuse(http.StatusInternalServerError, "the connect event cannot be encoded: %v", err)
	}
	decided := new(connectResponse)
	ev := &event{system: true, name: eventConnect, id: eventIDConnect, payload: payload{kind: jsonData, data: body}}
	ev.accept = func(r *reply) error {
		if !r.ok() {
			return nil
		}
		return decided.read(r.body)
	}
	answer, err := h.emulator.upstream.send(h.request.Context(), c, ev)
	switch {
	case errors.Is(err, errNoHandler):
		return decided, nil
	case err != nil:
		return nil, refuse(http.StatusInternalServerError, "connect event: %v", err).quiet()
	case !answer.ok():
		return nil, refusedByHandler(answer)
	}
	c.upstream.keepState(answer.header)
	return decided, nil
}

// refusedByHandler passes the handler's status on, and the words of a 4xx, which are meant for the
// client. What is neither 4xx nor 5xx is a handler that does not work.
func refusedByHandler(answer *reply) *refusal {
	status := answer.status
	if status < 400 || status > 599 {
		status = http.StatusInternalServerError
	}
	no := refuse(status, "the connect event handler answered %d", answer.status)
	if status < 500 {
		no.contentType, no.body = answer.header.Get("Content-Type"), answer.body
	}
	return no
}

func (h *handshake) connectBody() connectRequest {
	body := connectRequest{
		Claims:             h.claims.values(),
		Query:              h.forwardedQuery(),
		Headers:            h.request.Header.Clone(),
		Subprotocols:       h.offered,
		ClientCertificates: []struct{}{},
	}
	delete(body.Headers, "Authorization")
	body.Headers["Host"] = []string{h.request.Host}
	return body
}

// read decodes a handler's answer. An empty one and null decide nothing.
func (r *connectResponse) read(body []byte) error {
	if len(body) == 0 {
		return nil
	}
	if err := json.Unmarshal(body, r); err != nil {
		return errors.New("the connect event handler's answer is not the JSON object it should be")
	}
	for _, group := range r.Groups {
		if group == nil || !isGroupName(*group) {
			return errors.New("the connect event handler's answer has a group that is null, blank or too long")
		}
	}
	for _, role := range r.Roles {
		if role == nil || strings.TrimSpace(*role) == "" {
			return errors.New("the connect event handler's answer has a role that is null or blank")
		}
	}
	return nil
}
