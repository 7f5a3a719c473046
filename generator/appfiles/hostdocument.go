package appfiles

import (
	"bytes"
	"encoding/json"
)

// HostDocument is a host.json to be written. The names are the Functions host's (host-spec 4.1).
type HostDocument struct {
	GeneratedBy     string           `json:"generatedBy,omitempty"`
	Version         string           `json:"version"`
	ExtensionBundle *ExtensionBundle `json:"extensionBundle,omitempty"`
	CustomHandler   CustomHandler    `json:"customHandler"`
}

// ExtensionBundle asks for the host's extensions.
type ExtensionBundle struct {
	ID      string `json:"id"`
	Version string `json:"version"`
}

// CustomHandler says what the host runs.
type CustomHandler struct {
	Description struct {
		DefaultExecutablePath string `json:"defaultExecutablePath"`
	} `json:"description"`
	EnableProxyingHTTPRequest bool `json:"enableProxyingHttpRequest,omitempty"`
}

// NewHostDocument returns a host.json for a program, without extensions.
func NewHostDocument(program string) HostDocument {
	h := HostDocument{Version: "2.0"}
	h.CustomHandler.Description.DefaultExecutablePath = program
	return h
}

// Bundle returns the bundle that has the extensions, in the versions to ask for (host-spec 4.2).
func Bundle() *ExtensionBundle {
	return &ExtensionBundle{ID: "Microsoft.Azure.Functions.ExtensionBundle", Version: "[4.*, 5.0.0)"}
}

// Marshal renders one of the host's files, indented and with a line break at its end. It fails as
// [json.Marshal] does.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return b.Bytes(), err
}
