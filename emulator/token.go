package emulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// clockSkew is how far clocks may differ when a token's times are checked (service-spec 1.5).
const clockSkew = 5 * time.Minute

// Names of claims that stand for the same thing.
const (
	claimSubject    = "sub"
	claimSubjectURI = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier"
	claimRole       = "role"
	claimRoleURI    = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"
	claimGroup      = "webpubsub.group"
)

// claims are those of an accepted token; nil for an anonymous client.
type claims jwt.MapClaims

// parseToken checks signature and times. Errors name the claim that is wrong and never the token.
func (e *Emulator) parseToken(token string) (claims, error) {
	if token == "" {
		return nil, errors.New("there is no access token")
	}
	parsed := jwt.MapClaims{}
	_, err := jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
		jwt.WithLeeway(clockSkew),
		jwt.WithExpirationRequired(),
		jwt.WithJSONNumber(),
	).ParseWithClaims(token, parsed, func(*jwt.Token) (any, error) { return []byte(e.key), nil })
	switch {
	case err == nil:
		return claims(parsed), nil
	case errors.Is(err, jwt.ErrTokenSignatureInvalid):
		return nil, errors.New("signature: the token was not signed with the emulator's access key (HS256)")
	case errors.Is(err, jwt.ErrTokenExpired):
		return nil, fmt.Errorf("claim exp: the token has expired (%v)", parsed["exp"])
	case errors.Is(err, jwt.ErrTokenRequiredClaimMissing):
		return nil, errors.New("claim exp: the token has none")
	case errors.Is(err, jwt.ErrTokenNotValidYet):
		return nil, fmt.Errorf("claim nbf: the token is not valid yet (%v)", parsed["nbf"])
	}
	return nil, errors.New("the token is not a JWT with usable claims")
}

// bearer returns the token of an Authorization header.
func bearer(h http.Header) string {
	scheme, token, _ := strings.Cut(h.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// audiences returns the aud claim, a string or a list.
func (c claims) audiences() []string {
	list, err := jwt.MapClaims(c).GetAudience()
	if err != nil {
		return nil
	}
	return list
}

// checkClientAudience accepts {endpoint}/client/hubs/{hub}. Only the path must be right: applications
// name one endpoint in many ways. The result says whether the host was another one, too.
func (c claims) checkClientAudience(hub, host string) (otherHost bool, err error) {
	want := "/" + wire.ProtocolDefault.ClientPath(hub)
	for _, aud := range c.audiences() {
		u, err := url.Parse(aud)
		if err == nil && strings.EqualFold(u.Path, want) {
			return !strings.EqualFold(u.Host, host), nil
		}
	}
	return false, fmt.Errorf("claim aud: %s is not a URL with the path %s", quoteShort(strings.Join(c.audiences(), " ")), want)
}

// checkRESTAudience accepts the URL of the request, with or without its query, as it was sent or
// decoded once (service-spec 4.1). The scheme does not count, and the host only when it is given,
// since requests may come by a proxy.
func (c claims) checkRESTAudience(target, host string) error {
	bare, _, _ := strings.Cut(target, "?")
	for _, aud := range c.audiences() {
		named, path := splitHost(aud)
		if host != "" && !strings.EqualFold(named, host) {
			continue
		}
		for _, form := range []string{target, bare, unescaped(target), unescaped(bare)} {
			if strings.EqualFold(path, form) || strings.EqualFold(unescaped(path), form) {
				return nil
			}
		}
	}
	return fmt.Errorf("claim aud: %s is not the URL of the request, %s", quoteShort(strings.Join(c.audiences(), " ")), quoteShort(host+bare))
}

// splitHost cuts a URL into its host and what follows; without a host all of it follows.
func splitHost(rawURL string) (host, rest string) {
	_, rest, ok := strings.Cut(rawURL, "://")
	slash := strings.IndexByte(rest, '/')
	if !ok || slash < 0 {
		return "", rawURL
	}
	return rest[:slash], rest[slash:]
}

func unescaped(s string) string {
	if decoded, err := url.PathUnescape(s); err == nil {
		return decoded
	}
	return s
}

// userID returns the user the token names, nil for none.
func (c claims) userID() *string {
	for _, name := range []string{claimSubject, claimSubjectURI} {
		if list := claimTexts(c[name]); len(list) > 0 {
			return &list[0]
		}
	}
	return nil
}

func (c claims) roles() []string {
	return append(claimTexts(c[claimRole]), claimTexts(c[claimRoleURI])...)
}

func (c claims) groups() []string { return claimTexts(c[claimGroup]) }

// values returns the claims as a connect event shows them: lists of strings, the user id under both
// of its names.
func (c claims) values() map[string][]string {
	out := make(map[string][]string, len(c)+1)
	for name, value := range c {
		out[name] = append([]string{}, claimTexts(value)...) // null becomes an empty list
	}
	if id := c.userID(); id != nil {
		out[claimSubject] = []string{*id}
		out[claimSubjectURI] = []string{*id}
	}
	return out
}

// claimTexts writes the values of a claim as text.
func claimTexts(value any) []string {
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		return []string{v}
	case []any:
		out := make([]string, 0, len(v))
		for _, item := range v {
			out = slices.Concat(out, claimTexts(item))
		}
		return out
	}
	text, err := json.Marshal(value)
	if err != nil {
		return nil
	}
	return []string{string(text)}
}
