package wps_test

import (
	"net/http"
	"net/http/httptest"

	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/glue"
)

// Status is an http function.
//
//	//wps:http methods=get authLevel=anonymous
func Status() string { return "fine" }

// Echo is one that takes an event.
//
//	//wps:trigger hub=chat eventType=user eventName=message
func Echo(data string) string { return data }

// An App is an http.Handler for any server, under any path: here the service's event handler has a URL
// that ends in /realtime/runtime/webhooks/webpubsub, and the http function is at /realtime/api/status.
// A router of chi takes the same handler: router.Mount("/realtime", http.StripPrefix("/realtime", app)).
func ExampleApp() {
	mux := http.NewServeMux()
	mux.Handle("/realtime/", http.StripPrefix("/realtime", newApp(mounted())))

	message := event("user", "message", "hello")
	message.URL.Path = "/realtime" + message.URL.Path
	serve(mux, message)
	serve(mux, httptest.NewRequest("GET", "/realtime/api/status", nil))
	// Output:
	// 200 hello
	// 200 fine
}

// A plain function is what the native Go worker of Azure Functions takes for an HTTP trigger. It has
// triggers only, and its own routes, so the app does the rest: here all that comes to the route is an
// event. The trigger needs the methods POST and OPTIONS.
func ExampleApp_ServeHTTP() {
	app := newApp(mounted())
	handler := func(w http.ResponseWriter, r *http.Request) {
		r = r.Clone(r.Context())
		r.URL.Path = "/runtime/webhooks/webpubsub"
		app.ServeHTTP(w, r)
	}

	message := event("user", "message", "hello")
	message.URL.Path = "/api/events"
	serve(http.HandlerFunc(handler), message)
	// Output: 200 hello
}

// mounted is Functions in wps_gen.go.
func mounted() []wps.Function {
	return []wps.Function{
		{
			Name: "status",
			Bindings: []wps.Binding{
				wps.HTTPTrigger{Name: "req", AuthLevel: "anonymous", Methods: []string{"get"}},
				wps.HTTPOutput{Name: "res"},
			},
			Handler: glue.Call0R(glue.HTTPReply, Status),
		},
		{
			Name:     "echo",
			Bindings: []wps.Binding{wps.WebPubSubTrigger{Name: "data", Hub: "chat", EventType: "user", EventName: "message"}},
			Handler:  glue.Call1R(glue.Data, glue.UserReply, Echo),
		},
	}
}
