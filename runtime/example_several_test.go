package wps_test

import (
	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/glue"
)

// Join puts a client into the room it names, tells the room, and answers the client.
//
//	//wps:trigger hub=chat eventType=user eventName=join
//	//wps:output hub=chat
func Join(data struct{ Room string }, connectionContext *wps.ConnectionContext, actions *wps.Actions) string {
	actions.Add(
		wps.AddConnectionToGroup{ConnectionID: connectionContext.ConnectionID, Group: data.Room},
		wps.SendToGroup{Group: data.Room, Data: wps.JSON(map[string]string{"joined": connectionContext.UserID})},
	)
	return "welcome to " + data.Room
}

// Several actions go out in their order, before the reply.
func ExampleActions() {
	app := newApp([]wps.Function{{
		Name: "join",
		Bindings: []wps.Binding{
			wps.WebPubSubTrigger{Name: "data", Hub: "chat", EventType: "user", EventName: "join"},
			wps.WebPubSub{Name: "actions", Hub: "chat"},
		},
		Handler: glue.Call3R(glue.Data, glue.ConnectionContext, glue.Actions("actions"), glue.UserReply, Join),
	}})

	r := event("user", "join", `{"room":"blue"}`)
	r.Header.Set("Content-Type", "application/json")
	serve(app, r)
	// Output:
	// PUT /api/hubs/chat/groups/blue/connections/conn-1
	// POST /api/hubs/chat/groups/blue/:send {"joined":"ada"}
	// 200 welcome to blue
}
