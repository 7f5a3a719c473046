package wps_test

import (
	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/glue"
)

// Reply answers the sender, and nobody else.
//
//	//wps:trigger hub=chat eventType=user eventName=message
func Reply(request *wps.UserEventRequest) (*wps.UserEventResponse, error) {
	if len(request.Data) == 0 {
		return nil, request.CreateErrorResponse(wps.CodeUserError, "say something")
	}
	return request.CreateResponse(wps.Text("ack: " + string(request.Data))), nil
}

// The reply to a user event goes to its sender. Results of type string, []byte and any other do the same
// as text, binary and JSON.
func ExampleUserEventRequest_CreateResponse() {
	app := newApp([]wps.Function{{
		Name:     "reply",
		Bindings: []wps.Binding{wps.WebPubSubTrigger{Name: "data", Hub: "chat", EventType: "user", EventName: "message"}},
		Handler:  glue.Call1RE(glue.UserEventRequest, glue.UserEventReply, Reply),
	}})

	serve(app, event("user", "message", "hello"))
	serve(app, event("user", "message", ""))
	// Output:
	// 200 ack: hello
	// 400 say something
}
