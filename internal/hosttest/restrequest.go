package hosttest

import (
	"slices"
	"strconv"
	"strings"
)

// restRequest is an action as a call of the service's REST API.
type restRequest struct {
	method      string
	path        string // escaped
	query       []queryValue
	contentType string
	body        []byte
	success     int
}

// url is the call's address. A parameter without a value is left out.
func (r *restRequest) url(endpoint, apiVersion string) string {
	query := append(slices.Clone(r.query), queryValue{"api-version", apiVersion})
	var parts []string
	for _, q := range query {
		if q.value != "" {
			parts = append(parts, q.name+"="+escapeData(q.value))
		}
	}
	return endpoint + r.path + "?" + strings.Join(parts, "&")
}

// escapeData is .NET's Uri.EscapeDataString: all but the unreserved characters are percent-encoded.
func escapeData(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_.~", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + strings.ToUpper(strconv.FormatInt(int64(c)|0x100, 16)[1:]))
		}
	}
	return b.String()
}
