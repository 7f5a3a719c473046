package entra

import (
	"context"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
)

// maxKeys bounds the document of keys. That of a tenant has about 20 KB.
const maxKeys = 1 << 20

// keySource is where a tenant's signing keys come from.
type keySource struct {
	url     string
	tenant  string
	issuers []string
	client  http.Client
}

func newKeySource(t EventTokens) *keySource {
	s := &keySource{url: t.KeysURL, tenant: t.Tenant, issuers: t.Issuers}
	if t.HTTPClient != nil {
		s.client = *t.HTTPClient
	}
	// A redirect could lead away from https.
	s.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return s
}

// fetch returns the tenant's keys by kid, at least one.
func (s *keySource) fetch(ctx context.Context) (map[string]*rsa.PublicKey, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	res, err := s.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answered %s", s.url, res.Status)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxKeys+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.url, err)
	}
	if len(body) > maxKeys {
		return nil, fmt.Errorf("%s answered with more than 1 MiB", s.url)
	}
	keys, err := s.parse(body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.url, err)
	}
	return keys, nil
}

// parse reads a JWK set. Keys that are of no use are passed over, since a tenant's set may hold others, too.
func (s *keySource) parse(document []byte) (map[string]*rsa.PublicKey, error) {
	var set struct{ Keys []jwk }
	if err := json.Unmarshal(document, &set); err != nil {
		return nil, fmt.Errorf("no JWK set: %w", err)
	}
	keys := make(map[string]*rsa.PublicKey)
	for _, k := range set.Keys {
		if !k.signs() || !s.issues(k.Issuer) {
			continue
		}
		if key := k.public(); key != nil {
			keys[k.ID] = key
		}
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("none of the %d keys is an RSA key with which the tenant signs", len(set.Keys))
	}
	return keys, nil
}

// issues reports whether a key's issuer is the tenant's. Keys need not name one; one of another tenant must
// not sign for this one.
func (s *keySource) issues(issuer string) bool {
	return issuer == "" || slices.Contains(s.issuers, strings.ReplaceAll(issuer, "{tenantid}", strings.ToLower(s.tenant)))
}
