package wps_test

import (
	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/glue"
)

// AdmitDevice lets in MQTT clients that have a user name.
//
//	//wps:trigger hub=chat eventType=system eventName=connect clientProtocols=mqtt
func AdmitDevice(request *wps.ConnectEventRequest) (*wps.ConnectEventResponse, error) {
	if request.MQTT.Username != "" {
		return &wps.ConnectEventResponse{UserID: request.MQTT.Username}, nil
	}
	code := wps.MQTT5NotAuthorized
	if request.MQTT.ProtocolVersion == wps.MQTTVersion311 {
		code = wps.MQTT311NotAuthorized
	}
	return nil, request.CreateMQTTErrorResponse(code, "name yourself", wps.MQTTUserProperty{Name: "retry", Value: "never"})
}

// An MQTT client is refused with a CONNACK code of its version.
func ExampleConnectEventRequest_CreateMQTTErrorResponse() {
	app := newApp([]wps.Function{{
		Name:     "admitDevice",
		Bindings: []wps.Binding{wps.WebPubSubTrigger{Name: "request", Hub: "chat", EventType: "system", EventName: "connect", ClientProtocols: "mqtt"}},
		Handler:  glue.Call1RE(glue.ConnectEventRequest, glue.ConnectReply, AdmitDevice),
	}})

	r := event("system", "connect", `{"claims":{},"query":{},"headers":{},"subprotocols":["mqtt"],"clientCertificates":[],
		"mqtt":{"protocolVersion":5,"username":null,"password":null,"userProperties":null}}`)
	r.Header.Set("ce-subprotocol", "mqtt")
	r.Header.Set("ce-physicalConnectionId", "physical-1")
	serve(app, r)
	// Output: 401 {"mqtt":{"code":135,"reason":"name yourself","userProperties":[{"name":"retry","value":"never"}]}}
}
