package wps

import "github.com/wpsgen/wpsgen/internal/wire"

// verifier decides whether an event comes from the service (extension-spec 2).
type verifier struct {
	unsigned bool // accept everything
	hosts    []hostKey
}

// hostKey is a host events may come from. Where the connection has no key there is no signer: something
// else must vouch for the event, without which the app does not start.
type hostKey struct {
	host   string
	signer *wire.Signer
}

// newVerifier takes the signers of keys from a function, so that all functions of an app have one for each key.
func newVerifier(unsigned bool, connections []connection, signer func(key string) *wire.Signer) verifier {
	v := verifier{unsigned: unsigned}
	for _, c := range connections {
		h := hostKey{host: c.Host}
		if c.signs() {
			h.signer = signer(c.AccessKey)
		}
		v.hosts = append(v.hosts, h)
	}
	return v
}

// accepts checks the signature of an event. The first origin that is an allowed host decides which key
// must have signed; no later one is tried.
func (v *verifier) accepts(c *ConnectionContext) bool {
	if v.unsigned {
		return true
	}
	h := v.find(c.Origin)
	return h != nil && (h.signer == nil || h.signer.Verify(c.Signature, c.ConnectionID))
}

// allows answers a preflight: some origin is an allowed host.
func (v *verifier) allows(origin string) bool { return v.unsigned || v.find(origin) != nil }

func (v *verifier) find(origins string) *hostKey {
	for origins != "" {
		var origin string
		origin, origins = cutOrigin(origins)
		for i := range v.hosts {
			if v.hosts[i].host == origin {
				return &v.hosts[i]
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
