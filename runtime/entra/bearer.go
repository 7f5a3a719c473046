package entra

import (
	"errors"
	"strings"
)

// maxToken bounds tokens. Those of applications have about 2 KB.
const maxToken = 16 << 10

var (
	errNoHeader   = errors.New("the event carries no token: Authorization is missing; turn on managed identity in the authentication of the service's event handler")
	errTwoHeaders = errors.New("the event carries Authorization more than once")
	errNotBearer  = errors.New("the event carries no token: Authorization is not of the form Bearer and a token")
	errLongToken  = errors.New("the event's token is longer than 16 KiB")
)

// bearer returns the token in the lines of the header Authorization.
func bearer(lines []string) (string, error) {
	switch len(lines) {
	case 0:
		return "", errNoHeader
	case 1:
	default:
		return "", errTwoHeaders
	}
	scheme, token, ok := strings.Cut(lines[0], " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") || token == "" {
		return "", errNotBearer
	}
	if len(token) > maxToken {
		return "", errLongToken
	}
	if strings.ContainsFunc(token, func(c rune) bool { return !inToken(c) }) {
		return "", errNotBearer
	}
	return token, nil
}

// inToken reports whether a character may stand in a JWT in compact form: base64url and dots.
func inToken(c rune) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '.':
		return true
	}
	return false
}
