package wps_test

import (
	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/glue"
)

// Broadcast sends what one client says to all.
//
//	//wps:trigger hub=chat eventType=user eventName=message
//	//wps:output hub=chat
func Broadcast(data string) wps.Action {
	return wps.SendToAll{Data: wps.Text(data)}
}

// One action as the function's result.
func ExampleSendToAll() {
	app := newApp([]wps.Function{{
		Name: "broadcast",
		Bindings: []wps.Binding{
			wps.WebPubSubTrigger{Name: "data", Hub: "chat", EventType: "user", EventName: "message"},
			wps.WebPubSub{Name: "actions", Hub: "chat"},
		},
		Handler: glue.Call1R(glue.Data, glue.ActionReply("actions"), Broadcast),
	}})

	serve(app, event("user", "message", "hello"))
	// Output:
	// POST /api/hubs/chat/:send hello
	// 200
}
