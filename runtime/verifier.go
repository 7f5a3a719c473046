package wps

import (
	"github.com/wpsgen/wpsgen/internal/wire"
)

// verifier decides whether an event comes from the service (extension-spec 2).
type verifier struct {
	unsigned bool // accept everything
	hosts    []hostKey
}

type hostKey struct {
	host   string
	signer *wire.Signer
}

func newVerifier(unsigned bool, connections []wire.ConnectionString) verifier {
	v := verifier{unsigned: unsigned}
	for _, cs := range connections {
		v.hosts = append(v.hosts, hostKey{host: cs.Host, signer: wire.NewSigner(cs.AccessKey)})
	}
	return v
}

// accepts checks the signature of an event. The first origin that is an allowed host decides which key
// must have signed; no later one is tried. It allocates nothing.
func (v *verifier) accepts(c *ConnectionContext) bool {
	if v.unsigned {
		return true
	}
	signer := v.signer(c.Origin)
	return signer != nil && signer.Verify(c.Signature, c.ConnectionID)
}

// allows answers a preflight: some origin is an allowed host.
func (v *verifier) allows(origin string) bool { return v.unsigned || v.signer(origin) != nil }

func (v *verifier) signer(origins string) *wire.Signer {
	for origins != "" {
		var origin string
		origin, origins = cutOrigin(origins)
		for i := range v.hosts {
			if v.hosts[i].host == origin {
				return v.hosts[i].signer
			}
		}
	}
	return nil
}

// cutOrigin splits a list at its first comma or blank. strings.IndexAny would take a tenth of an event's time.
func cutOrigin(s string) (first, rest string) {
	for i := range len(s) {
		if s[i] == ',' || s[i] == ' ' {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}
