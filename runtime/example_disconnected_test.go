package wps_test

import (
	"fmt"

	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/glue"
)

// Bye notes who has gone and why.
//
//	//wps:trigger hub=chat eventType=system eventName=disconnected
func Bye(connectionContext *wps.ConnectionContext, reason string) {
	fmt.Println(connectionContext.UserID, "has gone:", reason)
}

// The reason of a disconnected event, as the service words it.
func ExampleDisconnectedEventRequest() {
	app := newApp([]wps.Function{{
		Name:     "bye",
		Bindings: []wps.Binding{wps.WebPubSubTrigger{Name: "request", Hub: "chat", EventType: "system", EventName: "disconnected"}},
		Handler:  glue.Call2(glue.ConnectionContext, glue.Reason, Bye),
	}})

	serve(app, event("system", "disconnected", `{"reason":"the server is going away"}`))
	// Output:
	// ada has gone: the server is going away
	// 200
}
