package vectors

import (
	"encoding/json"
	"fmt"
	"testing"
)

func TestApplies(t *testing.T) {
	for text, want := range map[string]bool{
		">=1.10.2": true, "<1.10.2": false, "<= 1.10.1": false, ">1.10": true, "<2": true, "<=1.11.0": true, ">=1.12.0": false,
		"1.11.0": true, "=1.10.1": false, "any": true, "": true, "<1.x": true,
	} {
		doc := fmt.Sprintf(`{"id":"v","expected":{"status":200,"appliesTo":%q}}`, text)
		if got := applies(json.RawMessage(doc)); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
	for _, doc := range []string{`{"expected":{"status":200}}`, `{"expected":null}`, `{}`, `{"expected":{"appliesTo":1}}`} {
		if !applies(json.RawMessage(doc)) {
			t.Errorf("%s does not apply", doc)
		}
	}
}
