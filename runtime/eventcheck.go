package wps

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/url"
	"strings"
)

// webhookKey is the hash of the key that the service must name in the webhook's URL; nil when none is
// asked for. It stands for the system key webpubsub_extension of the Functions host (extension-spec 1.1).
func (s settings) webhookKey() *[sha256.Size]byte {
	key := s.get(settingWebhookKey)
	if key == "" {
		return nil
	}
	hash := sha256.Sum256([]byte(key))
	return &hash
}

// namesKey reports, in constant time, whether a URL's parameter code is the key of that hash.
func namesKey(r *http.Request, hash *[sha256.Size]byte) bool {
	given := sha256.Sum256([]byte(queryCode(r.URL.RawQuery)))
	return subtle.ConstantTimeCompare(given[:], hash[:]) == 1
}

// queryCode is the parameter code of a query, found without parsing all of it.
func queryCode(query string) string {
	for query != "" {
		var part string
		part, query, _ = strings.Cut(query, "&")
		value, ok := strings.CutPrefix(part, "code=")
		if !ok {
			continue
		}
		if text, err := url.QueryUnescape(value); err == nil {
			return text
		}
		return value
	}
	return ""
}

// vouched reports whether something other than a signature proves where events of the webhook come from.
func (c *config) vouched() bool { return len(c.eventChecks) > 0 || c.settings.webhookKey() != nil }

// checkEvent holds an event against the app's own checks. Functions that accept events
// from anybody are left alone.
func (a *App) checkEvent(v *verifier, r *http.Request) error {
	if v.unsigned {
		return nil
	}
	for _, check := range a.config.eventChecks {
		if err := check(r); err != nil {
			return err
		}
	}
	return nil
}
