package entra

import (
	"context"
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// leeway is how far this machine's clock may be off.
const leeway = time.Minute

// claims are what of a token is looked at.
type claims struct {
	jwt.RegisteredClaims
	Tenant  string `json:"tid"`
	Object  string `json:"oid"`
	AppID   string `json:"appid"` // of tokens of version 1
	Party   string `json:"azp"`   // of tokens of version 2
	Version string `json:"ver"`
	Scope   string `json:"scp"` // what a user has consented to; applications have none
}

// checker holds events against what their tokens must be.
type checker struct {
	want   EventTokens
	parser *jwt.Parser
	keys   keyCache
	good   remembered
}

func newChecker(t EventTokens) (*checker, error) {
	t, err := t.completed()
	if err != nil {
		return nil, err
	}
	return &checker{
		want: t,
		// RS256 is the one algorithm that Entra ID signs with. Issuers are several, so checkBearer sees to them.
		parser: jwt.NewParser(
			jwt.WithValidMethods([]string{jwt.SigningMethodRS256.Alg()}),
			jwt.WithAudience(t.Audiences...),
			jwt.WithExpirationRequired(),
			jwt.WithLeeway(leeway),
			jwt.WithStrictDecoding(),
		),
		keys: keyCache{source: newKeySource(t)},
	}, nil
}

// check returns why an event's token is not good enough. No error holds any of the token but its claims.
func (c *checker) check(r *http.Request) error {
	token, err := bearer(r.Header["Authorization"])
	if err != nil {
		return err
	}
	hash, now := sha256.Sum256([]byte(token)), time.Now()
	if c.good.has(hash, now) {
		return nil
	}
	var found claims
	_, err = c.parser.ParseWithClaims(token, &found, func(t *jwt.Token) (any, error) { return c.key(r.Context(), t) })
	if err == nil {
		err = c.checkBearer(&found)
	} else {
		err = c.explain(err, &found)
	}
	if err != nil {
		return fmt.Errorf("the event's token: %w", err)
	}
	c.good.add(hash, now, found.ExpiresAt.Add(leeway))
	return nil
}

// key returns the key that a token says it is signed with.
func (c *checker) key(ctx context.Context, t *jwt.Token) (*rsa.PublicKey, error) {
	if _, ok := t.Header["crit"]; ok {
		return nil, errors.New("its header has crit, which asks for an extension that is not known")
	}
	id, _ := t.Header["kid"].(string)
	if id == "" {
		return nil, errors.New("its header names no key (kid)")
	}
	return c.keys.find(ctx, id)
}

// explain says more than the parser where a setting may be to blame. The parser looks at claims after the
// signature, so that they are Entra ID's own.
func (c *checker) explain(err error, found *claims) error {
	switch {
	case errors.Is(err, jwt.ErrTokenExpired):
		return fmt.Errorf("it expired at %s; is this machine's clock right?", found.ExpiresAt.UTC().Format(time.RFC3339))
	case errors.Is(err, jwt.ErrTokenNotValidYet):
		return fmt.Errorf("it is not valid before %s; is this machine's clock right?", found.NotBefore.UTC().Format(time.RFC3339))
	case errors.Is(err, jwt.ErrTokenInvalidAudience):
		return fmt.Errorf("its audience %q is none of Audiences, which are %q", []string(found.Audience), c.want.Audiences)
	}
	return err
}

// checkBearer checks who issued a token that is valid otherwise, and to whom.
func (c *checker) checkBearer(found *claims) error {
	app := found.AppID
	if found.Version == "2.0" {
		app = found.Party
	}
	switch {
	case !slices.Contains(c.want.Issuers, found.Issuer):
		return fmt.Errorf("its issuer %q is none of %q", found.Issuer, c.want.Issuers)
	case !strings.EqualFold(found.Tenant, c.want.Tenant):
		return fmt.Errorf("its tenant (tid) %q is not %s", found.Tenant, c.want.Tenant)
	case found.Scope != "":
		return errors.New("it is a user's (it has scp), not an application's")
	case !allows(c.want.ObjectIDs, found.Object):
		return fmt.Errorf("its object id (oid) %q is none of ObjectIDs", found.Object)
	case !allows(c.want.AppIDs, app):
		return fmt.Errorf("its application id (appid, azp) %q is none of AppIDs", app)
	}
	return nil
}
