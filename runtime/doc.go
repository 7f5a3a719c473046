// Package wps runs functions for Azure Web PubSub: ordinary Go functions with a directive above each,
// for which wpsgen writes the glue.
//
// A program hands the functions of its packages to [Main], or mounts the [App] that [New] returns in a
// server of its own. The same functions run in several places:
//
//   - Stand-alone, the service calls the app's webhook with its events; the app checks their signatures,
//     calls the function for each, sends the actions the function has added through the service's REST API
//     and answers with its reply. HTTP functions are served beside it, and timer functions run where the
//     setting WPS_TIMERS says so, or while [App.RunTimers] does.
//   - Started by the Azure Functions host as a custom handler, Main answers the host's calls. The host's
//     extension then checks events, makes connections and carries out actions.
//   - With upstream: http in wpsgen.yaml ([UpstreamHTTP]), the host passes requests through and the app does
//     everything as it does stand-alone.
//
// Settings, such as the connection string WebPubSubConnectionString, come from the environment. An app
// with anything missing, or without a key to check signatures with, does not start; the error of New
// names every problem with the function and its place.
//
// What an app answers otherwise than the .NET extension is listed in docs/differences.md. Package entra has
// connections by identity and checks of Microsoft Entra tokens, package otel traces and metrics.
package wps
