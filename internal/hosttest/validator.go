package hosttest

import (
	"crypto/subtle"
	"net/http"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// access is a resolved connection to the service.
type access struct {
	endpoint string // scheme://host[:port], no slash at the end
	host     string
	key      string
	hasKey   bool
	identity bool
}

// validator checks who sends events: the RequestValidator of one binding (extension-spec 2).
type validator struct {
	accesses []access
}

// newValidator fails for two connections to one host. None at all accept everything.
func newValidator(accesses []access) (*validator, error) {
	seen := make(map[string]bool)
	for _, a := range accesses {
		if seen[a.host] {
			return nil, ownText("Duplicate host '%s' found in accesses.", a.host)
		}
		seen[a.host] = true
	}
	return &validator{accesses}, nil
}

// find returns the first of the origins that is an allowed host. Origins are compared as they are.
func (v *validator) find(origins []string) (access, bool) {
	for _, origin := range origins {
		if i := slices.IndexFunc(v.accesses, func(a access) bool { return a.host == origin }); i >= 0 {
			return v.accesses[i], true
		}
	}
	return access{}, false
}

// allows answers abuse protection for the origins of a request.
func (v *validator) allows(origins []string) bool {
	if len(v.accesses) == 0 {
		return true
	}
	_, ok := v.find(origins)
	return ok
}

// valid checks an event's signature: the first origin that is an allowed host decides.
func (v *validator) valid(c *connectionContext) bool {
	if len(v.accesses) == 0 {
		return true
	}
	if c.origin == nil {
		return false
	}
	a, ok := v.find(splitList(*c.origin))
	if !ok {
		return false
	}
	if a.identity || !a.hasKey {
		return true
	}
	if c.signature == nil {
		return false
	}
	want := []byte(wire.NewSigner(a.key).Sign(c.connectionID))
	return slices.ContainsFunc(splitList(*c.signature), func(token string) bool {
		return subtle.ConstantTimeCompare([]byte(strings.ToLower(token)), want) == 1
	})
}

// splitList splits at commas and blanks and drops what is empty.
func splitList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}

// originsOf are the origins of all lines of WebHook-Request-Origin; nil when there is no such header.
func originsOf(h http.Header) []string {
	lines := headerLines(h, wire.HeaderRequestOrigin)
	if len(lines) == 0 {
		return nil
	}
	return append([]string{}, splitList(strings.Join(lines, ","))...)
}
