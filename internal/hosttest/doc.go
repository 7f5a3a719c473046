// Package hosttest is a stand-in for the Azure Functions host v4 with the Web PubSub extension, for tests
// of custom handlers.
//
// It loads an app folder as the host does, starts its custom handler (or takes one that listens already),
// and has the host's outside: the extension's webhook, the HTTP functions' routes, timers and triggers of
// any other type. What it does follows host-spec and extension-spec to the letter, and their warts on
// purpose: a failed connect or user function leaves the service's request hanging, strings that look like
// base64 or dates change on their way, chunked bodies are lost, the process is killed and never asked to
// end. A runtime that is not careful fails here as it would in Azure.
//
//	host := hosttest.New(t, hosttest.Options{Dir: "testdata/app", Settings: settings})
//	resp, err := http.Get(host.URL() + "/api/negotiate?userid=ann")
//
// The package is the judge of package runtime and shares nothing with it but the leaves.
package hosttest
