package emulator

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// activate applies what the connect handler decided, makes the connection exist, and upgrades. The
// connection is in the hub before the client sees the 101, so that whoever has connected can be
// reached; until the socket is there, messages wait behind the connected frame.
func (h *handshake) activate(w http.ResponseWriter, c *connection, decided *connectResponse) *refusal {
	groups := h.settle(c, decided)
	if !h.emulator.remember(c) {
		c.cancel()
		return refuse(http.StatusServiceUnavailable, "the emulator is closing")
	}
	if f, ok := c.connectedFrame(); ok {
		c.send(f)
	}
	h.hub.add(c, groups)
	s, err := upgrade(w, h.request, c.subprotocol)
	if err != nil {
		c.end("", true)
		c.cancel()
		h.emulator.forget(c)
		h.emulator.log.Warn("client refused", "hub", h.hub.name, "reason", err)
		return nil // the upgrade has answered
	}
	c.run(s)
	return nil
}

// settle gives the connection its identity: the token's, unless the connect handler decided otherwise
// (service-spec 3.5). It returns the groups to join.
func (h *handshake) settle(c *connection, decided *connectResponse) []string {
	if decided.UserID != nil {
		c.userID = decided.UserID
	}
	roles := h.claims.roles()
	if decided.Roles != nil {
		roles = texts(decided.Roles)
	}
	groups := h.claims.groups()
	if len(decided.Groups) > 0 {
		groups = texts(decided.Groups)
	}
	var badJoin, badSend []string
	c.joinLeave, badJoin = newPermission(permissionJoinLeave, roles)
	c.sendToGroup, badSend = newPermission(permissionSend, roles)
	for _, role := range append(badJoin, badSend...) {
		h.emulator.log.Warn("role ignored: its pattern has more than five * characters",
			"hub", h.hub.name, "connection", c.id, "role", role)
	}
	h.negotiate(c, decided.Subprotocol)
	return groups
}

// negotiate selects the subprotocol: the handler's choice, else the first offered that is supported
// (service-spec 1.4).
func (h *handshake) negotiate(c *connection, chosen *string) {
	c.speak(h.simple)
	if len(h.offered) == 0 {
		return
	}
	if chosen != nil && *chosen != "" {
		h.choose(c, *chosen)
		return
	}
	for _, name := range h.offered {
		if p := protocolFor(name); p != nil {
			c.subprotocol = name
			c.speak(p)
			return
		}
	}
	h.emulator.log.Warn("no subprotocol selected, which many clients take for a failure: return subprotocol from the connect handler, or offer json.webpubsub.azure.v1",
		"hub", h.hub.name, "offered", h.offered)
}

// choose applies the handler's choice.
func (h *handshake) choose(c *connection, name string) {
	for _, known := range unsupported {
		if strings.EqualFold(known, name) {
			h.emulator.log.Warn("the connect handler chose a subprotocol the emulator does not speak; none selected",
				"hub", h.hub.name, "subprotocol", name)
			return
		}
	}
	if !isToken(name) {
		h.emulator.log.Warn("the connect handler chose a subprotocol that is not an HTTP token; none selected",
			"hub", h.hub.name, "subprotocol", name)
		return
	}
	if !slices.ContainsFunc(h.offered, func(o string) bool { return strings.EqualFold(o, name) }) {
		h.emulator.log.Warn("the connect handler chose a subprotocol the client did not offer; most clients give up",
			"hub", h.hub.name, "subprotocol", name, "offered", h.offered)
	}
	c.subprotocol = name
	if p := protocolFor(name); p != nil {
		c.speak(p)
	}
}

func offeredSubprotocols(h http.Header) []string {
	offered := []string{}
	for _, value := range h.Values("Sec-Websocket-Protocol") {
		for name := range strings.SplitSeq(value, ",") {
			if name = strings.TrimSpace(name); name != "" {
				offered = append(offered, name)
			}
		}
	}
	return offered
}

func texts(list []*string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = *s
	}
	return out
}

func isToken(s string) bool {
	return s != "" && utf8.ValidString(s) && !strings.ContainsFunc(s, notTokenChar)
}
