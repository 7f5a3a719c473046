package wps_test

import (
	"fmt"

	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/glue"
)

// Shout answers louder.
//
//	//wps:trigger hub=chat eventType=user eventName=message
func Shout(data string) (string, error) {
	if data == "hush" {
		return "", wps.UserError("no")
	}
	return data + "!", nil
}

// audit prints each call and what came of it. It needs to know nothing of the functions.
func audit(next func(*wps.Invocation) error) func(*wps.Invocation) error {
	return func(inv *wps.Invocation) error {
		err := next(inv)
		fmt.Println("audit:", inv.Function(), "for", inv.ConnectionContext().UserID, "error:", err)
		return err
	}
}

// Middleware wraps the calls of all functions.
func ExampleWithMiddleware() {
	app := newApp([]wps.Function{{
		Name:     "shout",
		Bindings: []wps.Binding{wps.WebPubSubTrigger{Name: "data", Hub: "chat", EventType: "user", EventName: "message"}},
		Handler:  glue.Call1RE(glue.Data, glue.UserReply, Shout),
	}}, wps.WithMiddleware(audit))

	serve(app, event("user", "message", "hello"))
	serve(app, event("user", "message", "hush"))
	// Output:
	// audit: shout for ada error: <nil>
	// 200 hello!
	// audit: shout for ada error: userError: no
	// 400 no
}
