package generator

import (
	"bytes"
	"encoding/json"
)

// functionJSON renders a function.json: our mark first, then the bindings with their members in the
// order of the definitions.
func functionJSON(bindings []*Binding) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(`{"generatedBy":"` + generatedBy + `","bindings":[`)
	for i, bind := range bindings {
		if i > 0 {
			b.WriteByte(',')
		}
		entry, err := bind.MarshalJSON()
		if err != nil {
			return nil, err
		}
		b.Write(entry)
	}
	b.WriteString("]}")
	var out bytes.Buffer
	if err := json.Indent(&out, b.Bytes(), "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// isOurJSON reports whether wpsgen wrote a function.json or host.json. What cannot be parsed is somebody else's.
func isOurJSON(src []byte) bool {
	var doc struct {
		GeneratedBy string `json:"generatedBy"`
	}
	return json.Unmarshal(src, &doc) == nil && doc.GeneratedBy == generatedBy
}

// isOurGo reports whether wpsgen wrote a Go file.
func isOurGo(src []byte) bool { return bytes.HasPrefix(src, []byte(goHeader+"\n")) }
