package wps

import (
	"errors"
	"fmt"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// bindVerifier resolves the keys that may sign the function's events. Where there is no key nothing can
// be held against a signature, so that something else must vouch for the events, or the function say that
// it wants no proof.
func (c *config) bindVerifier(b *boundFunction, from signers, vouched bool) ([]connection, []error) {
	connections, problems := c.connections(from)
	if c.hostDoes(b) {
		return connections, nil
	}
	for i, err := range problems {
		problems[i] = fmt.Errorf("%w; without its key no event can be checked (the flag unsigned would accept every event unchecked)", err)
	}
	for _, conn := range connections {
		if !conn.signs() && !vouched {
			problems = append(problems, conn.unprovable())
		}
	}
	if from.unsigned {
		problems = nil
	}
	b.verifier = newVerifier(from.unsigned, connections, c.signer)
	return connections, problems
}

// signer returns the one signer of the app for a key.
func (c *config) signer(key string) *wire.Signer {
	if c.keySigners[key] == nil {
		c.keySigners[key] = wire.NewSigner(key)
	}
	return c.keySigners[key]
}

var (
	errNoSignature    = errors.New("the connection string has no AccessKey, so that no event can be checked")
	errSignedByNobody = errors.New("a connection by identity has no key, so that no signature can be checked")
)

// unprovable is why events of a connection without a key cannot be told from forged ones.
func (c connection) unprovable() error {
	err := errNoSignature
	if c.byIdentity() {
		err = errSignedByNobody
	}
	return fmt.Errorf("setting %s: %w; check the tokens that the service sends with entra.WithEventTokens of package runtime/entra, put a key of your own into the event handler's URL as ?code= and into the setting %s, or accept every event unchecked with the flag unsigned",
		c.setting, err, settingWebhookKey)
}
