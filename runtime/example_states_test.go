package wps_test

import (
	"fmt"

	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/glue"
)

// Count counts the messages of a connection. The service keeps the count, so that any replica can go on.
//
//	//wps:trigger hub=chat eventType=user eventName=message
func Count(request *wps.UserEventRequest) (*wps.UserEventResponse, error) {
	if string(request.Data) == "forget" {
		response := request.CreateResponse(wps.Text("forgotten"))
		response.ClearStates()
		return response, nil
	}
	var count int
	if _, err := request.State("count", &count); err != nil {
		return nil, err
	}
	response := request.CreateResponse(wps.Text(fmt.Sprint("message ", count+1)))
	response.SetState("count", count+1)
	return response, nil
}

// States of a connection are set by one event's response and come with the next event.
func ExampleUserEventResponse_SetState() {
	app := newApp([]wps.Function{{
		Name:     "count",
		Bindings: []wps.Binding{wps.WebPubSubTrigger{Name: "data", Hub: "chat", EventType: "user", EventName: "message"}},
		Handler:  glue.Call1RE(glue.UserEventRequest, glue.UserEventReply, Count),
	}})

	state := ""
	for _, text := range []string{"one", "two", "forget", "three"} {
		r := event("user", "message", text)
		r.Header.Set("ce-connectionState", state)
		state = serve(app, r).Get("ce-connectionState") // the service keeps it
	}
	// Output:
	// 200 message 1
	// 200 message 2
	// 200 forgotten
	// 200 message 1
}
