package wps_test

import (
	"fmt"

	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/glue"
)

// Weigh says what came. A data parameter of a struct type would be decoded from JSON instead.
//
//	//wps:trigger hub=chat eventType=user eventName=message
func Weigh(data []byte, dataType wps.DataType) string {
	return fmt.Sprintf("%d bytes of %s", len(data), dataType)
}

// The payload of a user event and its type.
func ExampleDataType() {
	app := newApp([]wps.Function{{
		Name:     "weigh",
		Bindings: []wps.Binding{wps.WebPubSubTrigger{Name: "data", Hub: "chat", EventType: "user", EventName: "message"}},
		Handler:  glue.Call2R(glue.Data, glue.DataType, glue.UserReply, Weigh),
	}})

	for _, contentType := range []string{"text/plain; charset=utf-8", "application/json", "application/octet-stream"} {
		r := event("user", "message", `"hello"`)
		r.Header.Set("Content-Type", contentType)
		serve(app, r)
	}
	// Output:
	// 200 7 bytes of text
	// 200 7 bytes of json
	// 200 7 bytes of binary
}
