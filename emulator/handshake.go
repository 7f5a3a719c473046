package emulator

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Query parameters the service reads; names ignore case (service-spec 1.1).
const (
	paramAccessToken       = "access_token"
	paramConnectionID      = "awps_connection_id"
	paramReconnectionToken = "awps_reconnection_token"
	paramMode              = "webpubsub_mode"
	paramGroup             = "group"
	paramNoEcho            = "noEcho"

	modeSendEvent   = "sendEvent"
	modeSendToGroup = "sendToGroup"
)

// handshake is one client on its way in.
type handshake struct {
	emulator *Emulator
	request  *http.Request
	hub      *hub
	query    url.Values
	consumed []string // parameters that are not the application's
	offered  []string // subprotocols, in the client's order
	claims   claims
	simple   simpleProtocol
}

// refusal is a handshake that ends without an upgrade.
type refusal struct {
	status      int
	reason      string // for the log, and for the client unless hidden or replaced by body
	hidden      bool
	contentType string
	body        []byte
}

func refuse(status int, format string, args ...any) *refusal {
	return &refusal{status: status, reason: fmt.Sprintf(format, args...)}
}

// quiet keeps the reason from the client.
func (r *refusal) quiet() *refusal {
	r.hidden = true
	return r
}

// serveClient takes a client through the handshake in the service's order (service-spec 1.2) and
// serves it. The parameters named by consumed are not shown to the application.
func (e *Emulator) serveClient(w http.ResponseWriter, r *http.Request, hubName string, consumed ...string) {
	h := &handshake{
		emulator: e,
		request:  r,
		query:    r.URL.Query(),
		consumed: append(consumed, paramAccessToken),
		offered:  offeredSubprotocols(r.Header),
	}
	no := h.begin(hubName)
	if no == nil && h.recovers() {
		h.recover(w)
		return
	}
	if no == nil {
		no = h.admit(w)
	}
	if no != nil {
		h.refuse(w, hubName, no)
	}
}

// begin checks what needs no token.
func (h *handshake) begin(hubName string) *refusal {
	if !isUpgrade(h.request) {
		return refuse(http.StatusBadRequest, "the request is not a WebSocket upgrade")
	}
	if err := checkHubName(hubName); err != nil {
		return refuse(http.StatusBadRequest, "%v", err)
	}
	h.hub = h.emulator.hub(hubName)
	return nil
}

// admit authenticates the client, asks the connect handler, and upgrades.
func (h *handshake) admit(w http.ResponseWriter) *refusal {
	if no := h.authenticate(); no != nil {
		return no
	}
	for _, group := range h.claims.groups() {
		if !isGroupName(group) {
			return refuse(http.StatusBadRequest, "claim %s: %s is not a group name", claimGroup, quoteShort(group))
		}
	}
	if no := h.readMode(); no != nil {
		return no
	}
	c := newConnection(h.emulator, h.hub)
	c.userID = h.claims.userID()
	decided, no := h.connect(c)
	if no != nil {
		c.cancel()
		return no
	}
	return h.activate(w, c, decided)
}

// authenticate checks the token; a hub may do without one, but never with a bad one.
func (h *handshake) authenticate() *refusal {
	token := lastValue(h.query, paramAccessToken)
	if token == "" {
		token = bearer(h.request.Header)
	}
	if token == "" && h.hub.settings.Load().allowAnonymous {
		return nil
	}
	parsed, err := h.emulator.parseToken(token)
	if err != nil {
		return refuse(http.StatusUnauthorized, "%v", err)
	}
	otherHost, err := parsed.checkClientAudience(h.hub.name, h.request.Host)
	if err != nil {
		return refuse(http.StatusUnauthorized, "%v", err)
	}
	if otherHost && h.emulator.options.StrictAudience {
		return refuse(http.StatusUnauthorized, "claim aud: %s names another host than %s, which the client uses",
			quoteShort(strings.Join(parsed.audiences(), " ")), h.request.Host)
	}
	if otherHost {
		h.emulator.otherHost.Do(func() {
			h.emulator.log.Warn("claim aud names another host than the client uses; accepted here, refused by the service",
				"aud", parsed.audiences(), "host", h.request.Host)
		})
	}
	h.claims = parsed
	return nil
}

// readMode reads what a simple client wants done with its messages. Others must not get it wrong
// either.
func (h *handshake) readMode() *refusal {
	mode := lastValue(h.query, paramMode)
	h.consumed = append(h.consumed, paramMode)
	switch {
	case mode == "", strings.EqualFold(mode, modeSendEvent):
		return nil
	case !strings.EqualFold(mode, modeSendToGroup):
		return refuse(http.StatusBadRequest, "query %s: use %s or %s", paramMode, modeSendEvent, modeSendToGroup)
	}
	h.consumed = append(h.consumed, paramGroup, paramNoEcho)
	groups := valuesOf(h.query, paramGroup)
	if len(groups) != 1 || !isGroupName(groups[0]) {
		return refuse(http.StatusBadRequest, "query %s: %s needs exactly one group name", paramGroup, modeSendToGroup)
	}
	noEcho := lastValue(h.query, paramNoEcho)
	if noEcho != "" && !strings.EqualFold(noEcho, "true") && !strings.EqualFold(noEcho, "false") {
		return refuse(http.StatusBadRequest, "query %s: use true or false", paramNoEcho)
	}
	h.simple = simpleProtocol{group: groups[0], noEcho: strings.EqualFold(noEcho, "true")}
	return nil
}

// forwardedQuery is the query as the application sees it.
func (h *handshake) forwardedQuery() map[string][]string {
	out := make(map[string][]string, len(h.query))
	for name, values := range h.query {
		if !slices.ContainsFunc(h.consumed, func(c string) bool { return strings.EqualFold(c, name) }) {
			out[name] = values
		}
	}
	return out
}

// refuse answers without an upgrade, and says in the log why.
func (h *handshake) refuse(w http.ResponseWriter, hubName string, no *refusal) {
	h.emulator.log.Warn("client refused", "hub", hubName, "status", no.status, "reason", no.reason)
	if no.body == nil {
		text := no.reason
		if no.hidden {
			text = http.StatusText(no.status)
		}
		http.Error(w, text, no.status)
		return
	}
	if no.contentType != "" {
		w.Header().Set("Content-Type", no.contentType)
	}
	w.WriteHeader(no.status)
	_, _ = w.Write(no.body)
}

func isUpgrade(r *http.Request) bool {
	return r.Method == http.MethodGet &&
		hasToken(r.Header.Values("Connection"), "upgrade") && hasToken(r.Header.Values("Upgrade"), "websocket")
}

func hasToken(values []string, token string) bool {
	for _, value := range values {
		for item := range strings.SplitSeq(value, ",") {
			if strings.EqualFold(strings.TrimSpace(item), token) {
				return true
			}
		}
	}
	return false
}

// valuesOf returns the values of a parameter whose name ignores case.
func valuesOf(query url.Values, name string) []string {
	if values, ok := query[name]; ok {
		return values
	}
	for key, values := range query {
		if strings.EqualFold(key, name) {
			return values
		}
	}
	return nil
}

// lastValue returns the last value of a parameter, which is the one that counts.
func lastValue(query url.Values, name string) string {
	values := valuesOf(query, name)
	if len(values) == 0 {
		return ""
	}
	return values[len(values)-1]
}
