package entra

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/runtime"
)

// EventTokens say which tokens of Microsoft Entra ID the service's events must carry. The service sends
// them when its event handlers use managed identity (service-spec 6.1: auth.type ManagedIdentity).
type EventTokens struct {
	// Tenant is the id of the tenant of the service's managed identity, a GUID and not a domain. It is required.
	Tenant string
	// Audiences are the values of which a token's aud must be one: what the event handler's
	// auth.managedIdentity.resource says or, where the audience's application asks for tokens of version 2,
	// the application's id. At least one is required.
	Audiences []string
	// ObjectIDs are the object ids (oid) of the identities that may send events; give that of the service's
	// managed identity. None lets in every application of the tenant that gets a token for the audience.
	ObjectIDs []string
	// AppIDs are the application ids (appid, azp) of those that may send events. Where ObjectIDs are given,
	// too, a token must meet both.
	AppIDs []string
	// Issuers are the issuers (iss) of the tenant's tokens and keys, of versions 1 and 2, in other clouds than
	// the public one, where they are https://sts.windows.net/{tenant}/ and
	// https://login.microsoftonline.com/{tenant}/v2.0.
	Issuers []string
	// KeysURL is where the tenant's signing keys are, in place of
	// https://login.microsoftonline.com/{tenant}/discovery/v2.0/keys. It must be https, but on loopback.
	KeysURL string
	// HTTPClient fetches the keys, in place of one with the default transport. It follows no redirects.
	HTTPClient *http.Client
}

// WithEventTokens lets events in only with a token of Microsoft Entra ID, sent as Authorization: Bearer. Its
// signature (RS256), issuer, tenant, audience, times and, where asked for, its bearer must be right; everything
// else is answered with 401 before the body is read, with the reason in the log. With it a connection by
// identity, which has no key to sign events with, may bring events. See the package's text for what a token proves.
//
// Keys are fetched at the first event and kept, anew every day and when a token names a key that is not known,
// at most once a minute. When that fails, the keys that are known stay; as long as there are none, every event
// is refused and a fetch tried every 5 seconds at most. A token that was good is taken for five minutes without
// another look at its signature, but not beyond its expiry.
//
// With fields missing or wrong the app does not start; the error names them.
func WithEventTokens(t EventTokens) wps.Option {
	c, err := newChecker(t)
	if err != nil {
		return wps.InvalidOption(fmt.Errorf("entra.EventTokens: %w", err))
	}
	return wps.WithEventCheck(c.check)
}

// completed fills in what the tenant determines and returns everything that is wrong.
func (t EventTokens) completed() (EventTokens, error) {
	var problems []error
	if !isGUID(t.Tenant) {
		problems = append(problems, fmt.Errorf("field Tenant: %q is no tenant's id; give the GUID that the portal shows as Tenant ID", t.Tenant))
	}
	if len(t.Audiences) == 0 {
		problems = append(problems, errors.New("field Audiences is empty; give what the event handler's auth.managedIdentity.resource says"))
	}
	if slices.Contains(t.Audiences, "") || slices.Contains(t.Issuers, "") {
		problems = append(problems, errors.New("an item of the fields Audiences or Issuers is empty"))
	}
	for _, id := range slices.Concat(t.ObjectIDs, t.AppIDs) {
		if !isGUID(id) {
			problems = append(problems, fmt.Errorf("fields ObjectIDs and AppIDs: %q is not a GUID", id))
		}
	}
	if len(t.Issuers) == 0 {
		tenant := strings.ToLower(t.Tenant)
		t.Issuers = []string{"https://sts.windows.net/" + tenant + "/", "https://login.microsoftonline.com/" + tenant + "/v2.0"}
	}
	if t.KeysURL == "" {
		t.KeysURL = "https://login.microsoftonline.com/" + strings.ToLower(t.Tenant) + "/discovery/v2.0/keys"
	}
	problems = append(problems, checkKeysURL(t.KeysURL))
	return t, errors.Join(problems...)
}

// checkKeysURL refuses URLs whose answer somebody on the way could forge.
func checkKeysURL(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && isLoopback(u.Hostname())) {
		return fmt.Errorf("field KeysURL: %q is not an https URL", text)
	}
	return nil
}
