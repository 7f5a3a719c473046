// Package otel makes OpenTelemetry traces and metrics of the calls of an app of package wps:
//
//	wps.Main(functions, otel.With())
//
// It speaks to the OpenTelemetry API only. Without an SDK that the program sets up, nothing is recorded; an app
// that does not import this package carries none of it.
//
// # Spans
//
// Every call of a function is a span with the function's name, of kind server for events and HTTP requests,
// internal for timers and consumer for triggers of other extensions. It covers the function and the sending of
// its actions. Its parent is the span in the call's context, where the program's own server has begun one, else
// that of the headers traceparent, or ce-traceparent of an event. The function's context carries it on. An
// error that is the server's own makes the span one in error; one that is the caller's, such as
// wps.Unauthorized or a payload that cannot be decoded, is told by error.type alone.
//
// Attributes are those of the semantic conventions for FaaS, CloudEvents, messaging and HTTP, and
// webpubsub.connection.id. User ids are personal data, and left out without [WithUserID]; queries are never told.
//
// # Metrics
//
//   - messaging.process.duration: calls for events, in seconds, by hub;
//   - http.server.request.duration: calls for HTTP requests, in seconds, by method;
//   - faas.invoke_duration: calls for timers and other triggers, in seconds;
//   - wps.active_calls: calls that are under way;
//   - wps.refusals: requests that were refused before a function ran, by status.
//
// All but the last are by function, too, and the first three by error.type. The status of an HTTP answer is not
// known where a call is measured. The conventions for FaaS, CloudEvents and messaging are still under
// development, and names may change with them.
package otel
