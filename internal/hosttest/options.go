package hosttest

import (
	"encoding/json"
	"io"
	"net/http"
)

// Options configure a Host. Only Dir is a must.
type Options struct {
	// Dir is the app folder: host.json and one folder with function.json per function.
	Dir string
	// Settings are the app settings. They are also in the process's environment. An app with a
	// webPubSubTrigger or a timer needs AzureWebJobsStorage, of any value.
	Settings map[string]string
	// Command starts the custom handler in Dir, instead of what host.json says.
	Command []string
	// HandlerURL is the base URL of a custom handler that listens already. No process is started then.
	HandlerURL string
	// Inputs give values to input bindings, by binding type (as function.json spells it). Those of a type
	// that is not here are null.
	Inputs map[string]InputFunc
	// Extension are the options a .NET app would set in code.
	Extension ExtensionOptions
	// SystemKey is the key of the extension's webhook, given as ?code=. "" asks for none, as on a laptop.
	SystemKey string
	// FunctionKey is the key of HTTP functions whose authLevel is not anonymous, given as ?code= or in
	// x-functions-key. "" asks for none.
	FunctionKey string
	// HTTPClient makes the REST calls of Web PubSub bindings.
	HTTPClient *http.Client
	// IdentityToken is the bearer token of REST calls over identity connections.
	IdentityToken string
	// Stdout gets the host's log, a line each with its level.
	Stdout io.Writer
	// Version is the host's version, 4.1052.200.0 by default.
	Version string
}

// Input says which input binding wants a value.
type Input struct {
	Function string
	Name     string
	// Properties are the binding's, as function.json has them.
	Properties map[string]json.RawMessage
}

// InputFunc gives an input binding's value: bytes, time.Time, or what has JSON. An error fails the
// invocation before the handler is called.
type InputFunc func(Input) (any, error)

const defaultVersion = "4.1052.200.0"
