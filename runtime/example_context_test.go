package wps_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/glue"
)

// EventHandler takes all events of the service as an http function does, at /api/eventhandler.
//
//	//wps:http methods=post,options authLevel=anonymous
//	//wps:context
func EventHandler(wpsContext *wps.RequestContext) (wps.EventResponse, error) {
	switch request := wpsContext.Request.(type) {
	case *wps.ConnectEventRequest:
		return request.CreateResponse("", []string{"lobby"}, "", nil), nil
	case *wps.UserEventRequest:
		return request.CreateResponse(wps.Text("got " + request.EventName)), nil
	}
	return nil, nil
}

// Events where there is no webPubSubTrigger, such as on Flex Consumption. The service's preflight, and
// requests that are not signed, are answered without the function.
func ExampleRequestContext() {
	app := newApp([]wps.Function{{
		Name: "eventhandler",
		Bindings: []wps.Binding{
			wps.HTTPTrigger{Name: "req", AuthLevel: "anonymous", Methods: []string{"post", "options"}},
			wps.HTTPOutput{Name: "res"},
			wps.WebPubSubContext{Name: "wpsContext"},
		},
		Handler: glue.Call1RE(glue.RequestContext, glue.EventReply, EventHandler),
	}})

	preflight := httptest.NewRequest(http.MethodOptions, "/api/eventhandler", nil)
	preflight.Header.Set("WebHook-Request-Origin", "example.webpubsub.azure.com")
	fmt.Println("allowed:", serve(app, preflight).Get("WebHook-Allowed-Origin"))

	message := event("user", "message", "hello")
	message.URL.Path = "/api/eventhandler"
	serve(app, message)

	forged := event("user", "message", "hello")
	forged.URL.Path = "/api/eventhandler"
	forged.Header.Set("ce-signature", "sha256=00")
	serve(app, forged)
	// Output:
	// 200
	// allowed: *
	// 200 got message
	// 401 Signature validation failed.
}
