package emulator

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

const (
	defaultMinutes = 60
	maxMinutes     = 366 * 24 * 60
)

// clientToken is the answer of generateToken.
type clientToken struct {
	Token string `json:"token"`
}

// generateToken signs a client access token for the endpoint as the caller knows it.
func (c *call) generateToken() *restError {
	minutes, fail := c.number("minutesToExpire", maxMinutes, defaultMinutes)
	if fail != nil {
		return fail
	}
	var protocol wire.ClientProtocol
	switch clientType := lastValue(c.query, "clientType"); strings.ToLower(clientType) {
	case "", "default":
		protocol = wire.ProtocolDefault
	case "mqtt":
		protocol = wire.ProtocolMQTT
	default:
		return badRequest("clientType must be Default or MQTT, not %s.", quoteShort(clientType))
	}
	claims := wire.ClientToken{Roles: valuesOf(c.query, "role"), Groups: valuesOf(c.query, "group")}
	for _, group := range claims.Groups {
		if !isGroupName(group) {
			return badRequest("Invalid group name.")
		}
	}
	if user := lastValue(c.query, "userId"); user != "" {
		claims.UserID = &user
	}
	audience := c.base() + "/" + protocol.ClientPath(url.PathEscape(c.hub.name))
	token, err := wire.MintClientToken(c.server.key, audience, claims, time.Now(), time.Duration(minutes)*time.Minute)
	if err != nil {
		return &restError{status: http.StatusInternalServerError, Code: "Error.InternalServerError", Message: err.Error()}
	}
	c.answer = clientToken{token}
	return nil
}
