package otel

import (
	"errors"
	"slices"
	"strconv"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"

	"github.com/wpsgen/wpsgen/runtime"
)

// end ends a call's span.
func end(span trace.Span, err error) {
	if err != nil && span.IsRecording() {
		span.SetAttributes(errorType(err))
		if !callersFault(err) {
			span.SetStatus(codes.Error, err.Error())
		}
	}
	span.End()
}

// failureOf is why a call failed: its error or, where a function has answered with one, that.
func failureOf(inv *wps.Invocation, err error) error {
	if refusal, ok := inv.Response().(*wps.EventErrorResponse); ok && err == nil && refusal != nil {
		return refusal
	}
	return err
}

// errorType names an error: by the code a function chose, else by its type.
func errorType(err error) attribute.KeyValue {
	switch refusal := refusalOf(err); {
	case refusal == nil:
	case refusal.Code != "":
		return semconv.ErrorTypeKey.String(string(refusal.Code))
	case refusal.MQTT != nil:
		return semconv.ErrorTypeKey.String("CONNACK " + strconv.Itoa(int(refusal.MQTT.Code)))
	}
	return semconv.ErrorType(err)
}

// callersFault reports whether a call failed for what its caller sent or is, which the conventions do not take
// for an error of a server.
func callersFault(err error) bool {
	var payload *wps.PayloadError
	if errors.As(err, &payload) {
		return true
	}
	refusal := refusalOf(err)
	switch {
	case refusal == nil:
		return false
	case refusal.Code == "" && refusal.MQTT != nil:
		return !slices.Contains(serverCodes, refusal.MQTT.Code)
	}
	return refusal.Code == wps.CodeUnauthorized || refusal.Code == wps.CodeUserError
}

// serverCodes are the CONNACK codes by which a server says that it is at fault.
var serverCodes = []wps.MQTTConnectCode{
	wps.MQTT311ServerUnavailable, wps.MQTT5UnspecifiedError, wps.MQTT5ImplementationSpecificError,
	wps.MQTT5ServerUnavailable, wps.MQTT5ServerBusy,
}

// refusalOf returns the answer that a function chose for its error, or nil.
func refusalOf(err error) *wps.EventErrorResponse {
	var refusal *wps.EventErrorResponse
	errors.As(err, &refusal)
	return refusal
}
