package emulator

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Limits of message metadata in bytes (service-spec 2.2).
const (
	maxMetadataKey   = 256
	maxMetadataValue = 1024
	maxMetadata      = 8 << 10
)

// metadataHeader starts the header that carries one metadata entry between the service and
// applications, in the canonical form of http.Header.
const metadataHeader = "X-Webpubsub-Metadata-"

// metadataEntry is one key with its value; order is kept.
type metadataEntry struct{ key, value string }

// checkMetadata holds the entries against the service's limits.
func checkMetadata(entries []metadataEntry) error {
	total := 0
	for _, m := range entries {
		if m.key == "" || len(m.key) > maxMetadataKey || strings.ContainsFunc(m.key, notTokenChar) {
			return fmt.Errorf("metadata key %.40q is not an HTTP token of up to %d characters", m.key, maxMetadataKey)
		}
		if len(m.value) > maxMetadataValue || strings.ContainsFunc(m.value, notHeaderChar) {
			return fmt.Errorf("metadata value of %q is not ASCII text of up to %d characters", m.key, maxMetadataValue)
		}
		total += len(m.key) + len(m.value)
	}
	if total > maxMetadata {
		return fmt.Errorf("metadata has %d bytes, more than %d", total, maxMetadata)
	}
	return nil
}

func notTokenChar(r rune) bool {
	return r > 0x7e || r <= ' ' || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
}

func notHeaderChar(r rune) bool { return r > 0x7e || r < ' ' && r != '\t' }

// metadataFrom reads the metadata headers of a REST call or a handler's answer: keys in lower case,
// the last value of a repeated header.
func metadataFrom(h http.Header) ([]metadataEntry, error) {
	var entries []metadataEntry
	for name, values := range h {
		key, ok := strings.CutPrefix(name, metadataHeader)
		if ok && key != "" {
			entries = append(entries, metadataEntry{strings.ToLower(key), values[len(values)-1]})
		}
	}
	slices.SortFunc(entries, func(a, b metadataEntry) int { return strings.Compare(a.key, b.key) })
	return entries, checkMetadata(entries)
}
