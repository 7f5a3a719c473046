package hosttest

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// TestSignatureVectors checks who may have sent an event.
func TestSignatureVectors(t *testing.T) {
	for _, v := range vectors.Load[*struct {
		ID                string
		Accesses          []accessVector
		Origin, Signature *string
		ConnectionID      string
		Expected          json.RawMessage
	}](t, "extension/signatures.json") {
		t.Run(v.ID, func(t *testing.T) {
			accesses := accessesOf(t, v.Accesses)
			validator, err := newValidator(accesses)
			vectors.Check(t, v.Expected, checks{
				"error": func(t testing.TB, want json.RawMessage) {
					if err == nil { // TestDuplicateHost has the text
						t.Errorf("no error, want %s", want)
					}
				},
				"valid": func(t testing.TB, want json.RawMessage) {
					if err != nil {
						t.Fatal(err)
					}
					c := &connectionContext{connectionID: v.ConnectionID, origin: v.Origin, signature: v.Signature}
					if got := validator.valid(c); got != vectors.Decode[bool](t, want) {
						t.Errorf("valid %t, want %s", got, want)
					}
				},
				"computedHexLower": func(t testing.TB, want json.RawMessage) {
					signature := "sha256=" + vectors.Text(t, want)
					if !slices.ContainsFunc(accesses, func(a access) bool { return wire.NewSigner(a.key).Sign(v.ConnectionID) == signature }) {
						t.Errorf("no key makes %s", signature)
					}
				},
			})
		})
	}
}
