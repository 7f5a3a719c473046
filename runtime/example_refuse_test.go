package wps_test

import (
	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/glue"
)

// Admit lets in whoever knows the word, as a member of the lobby.
//
//	//wps:trigger hub=chat eventType=system eventName=connect
func Admit(request *wps.ConnectEventRequest) (*wps.ConnectEventResponse, error) {
	if request.Query.Get("word") != "sesame" {
		return nil, request.CreateErrorResponse(wps.CodeUnauthorized, "you do not know the word")
	}
	return request.CreateResponse(request.UserID, []string{"lobby"}, "", nil), nil
}

// A refused client gets the status of the code: unauthorized 401, userError 400, serverError 500.
// wps.Unauthorized("…") makes the same error where there is no request.
func ExampleConnectEventRequest_CreateErrorResponse() {
	app := newApp([]wps.Function{{
		Name:     "admit",
		Bindings: []wps.Binding{wps.WebPubSubTrigger{Name: "request", Hub: "chat", EventType: "system", EventName: "connect"}},
		Handler:  glue.Call1RE(glue.ConnectEventRequest, glue.ConnectReply, Admit),
	}})

	serve(app, event("system", "connect", `{"claims":{},"query":{"word":["please"]},"headers":{},"subprotocols":[],"clientCertificates":[]}`))
	serve(app, event("system", "connect", `{"claims":{},"query":{"word":["sesame"]},"headers":{},"subprotocols":[],"clientCertificates":[]}`))
	// Output:
	// 401 you do not know the word
	// 200 {"userId":"ada","groups":["lobby"],"subprotocol":null,"roles":null}
}
