package emulator

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	// reconnectionLifetime is how long a reconnection token is valid (service-spec 2.6).
	reconnectionLifetime = 7 * 24 * time.Hour
	reconnectionIssuer   = "https://webpubsub.azure.com"
)

// reconnectionToken returns a new token for the connection. Earlier ones stay valid, since a client
// may be lost again before it has read the new one.
func (c *connection) reconnectionToken() string {
	now := time.Now()
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{
		Issuer:    reconnectionIssuer,
		Audience:  jwt.ClaimStrings{c.id},
		ID:        newID(),
		ExpiresAt: jwt.NewNumericDate(now.Add(reconnectionLifetime)),
	}).SignedString(c.emulator.recoveryKey[:])
	if err != nil {
		c.emulator.log.Warn("no reconnection token", "connection", c.id, "error", err)
	}
	return token
}

// checkReconnection holds a token against the connection it was given to.
func (e *Emulator) checkReconnection(token, id string) error {
	_, err := jwt.ParseWithClaims(token, jwt.MapClaims{},
		func(*jwt.Token) (any, error) { return e.recoveryKey[:], nil },
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
		jwt.WithIssuer(reconnectionIssuer), jwt.WithAudience(id), jwt.WithExpirationRequired())
	if err != nil {
		return fmt.Errorf("query %s: it is not a token of this connection", paramReconnectionToken)
	}
	return nil
}

// recovers reports whether the client wants an earlier connection back.
func (h *handshake) recovers() bool {
	return lastValue(h.query, paramConnectionID) != "" || lastValue(h.query, paramReconnectionToken) != ""
}

// recover gives the client its earlier connection back, without a connect event or an access token.
// It upgrades in any case, and closes with 1008 what cannot be recovered, which makes clients connect
// anew at once; an HTTP error would make them try again and again (service-spec 0, rule 3).
func (h *handshake) recover(w http.ResponseWriter) {
	subprotocol := ""
	if len(h.offered) > 0 {
		subprotocol = h.offered[0]
	}
	c, err := h.recoverable()
	if err == nil {
		subprotocol = c.subprotocol
	}
	s, failed := upgrade(w, h.request, subprotocol)
	if failed != nil {
		h.emulator.log.Warn("client refused", "hub", h.hub.name, "reason", failed)
		return
	}
	if err == nil && !c.resume(s) {
		err = errors.New("the connection has ended meanwhile")
	}
	if err != nil {
		h.emulator.log.Warn("recovery refused", "hub", h.hub.name, "reason", err)
		h.closeRefused(s)
	}
}

// recoverable finds the connection the client may have back.
func (h *handshake) recoverable() (*connection, error) {
	id := lastValue(h.query, paramConnectionID)
	c := h.hub.connection(id)
	if c == nil {
		return nil, fmt.Errorf("query %s: there is no connection %s, or no longer", paramConnectionID, quoteShort(id))
	}
	return c, h.emulator.checkReconnection(lastValue(h.query, paramReconnectionToken), id)
}

// closeRefused closes a socket that carries no connection.
func (h *handshake) closeRefused(s *socket) {
	stop := make(chan struct{})
	h.emulator.spawn(func() {
		select {
		case <-h.emulator.ctx.Done():
			s.cut()
		case <-stop:
		}
	})
	defer close(stop)
	s.close(closeUnrecoverable)
}
