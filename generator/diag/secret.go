package diag

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
)

// secretValue matches the part of a connection string, or of a signed address, that has to stay secret.
var secretValue = regexp.MustCompile(`(?i)\b(?:accesskey|accountkey|sharedaccesskey|sharedaccesssignature|sig|password|pwd|clientsecret)=([^;\s"'&]+)`)

// mask replaces secrets in a line of source, which goes into logs, byte by byte.
func mask(line []byte) []byte {
	out := line
	for _, m := range secretValue.FindAllSubmatchIndex(line, -1) {
		if &out[0] == &line[0] {
			out = bytes.Clone(line)
		}
		copy(out[m[2]:m[3]], bytes.Repeat([]byte("*"), m[3]-m[2]))
	}
	return out
}

// withoutSecrets returns edits that a report may show: all, or none when one has a secret in it.
func withoutSecrets(edits []Edit) []Edit {
	for _, e := range edits {
		if secretValue.MatchString(e.NewText) {
			return nil
		}
	}
	return edits
}

// holdsSecrets reports whether any line of a file may be a secret, so that none is shown: app settings are.
func holdsSecrets(file string) bool {
	return strings.Contains(strings.ToLower(filepath.Base(file)), "local.settings")
}
