package wps_test

import (
	"fmt"
	"net/url"

	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/glue"
)

// Look prints all that is known of a client that connects. A function names the parts it wants.
//
//	//wps:trigger hub=chat eventType=system eventName=connect
func Look(connectionContext *wps.ConnectionContext, claims wps.Claims, query url.Values, subprotocols []string, clientCertificates []wps.ClientCertificate) {
	fmt.Println("connection:", connectionContext.ConnectionID, "of user", connectionContext.UserID, "in hub", connectionContext.Hub)
	fmt.Println("claims:", claims.Get("sub"), claims["role"])
	fmt.Println("query:", query.Get("room"))
	fmt.Println("subprotocols:", subprotocols)
	fmt.Println("clientCertificates:", clientCertificates[0].Thumbprint)
}

// The parts of a connect event, by the names that they have in the bindings.
func ExampleClaims() {
	app := newApp([]wps.Function{{
		Name:     "look",
		Bindings: []wps.Binding{wps.WebPubSubTrigger{Name: "request", Hub: "chat", EventType: "system", EventName: "connect"}},
		Handler:  glue.Call5(glue.ConnectionContext, glue.Claims, glue.Query, glue.Subprotocols, glue.ClientCertificates, Look),
	}})

	serve(app, event("system", "connect", `{
		"claims": {"sub": ["ada"], "role": ["webpubsub.sendToGroup", "webpubsub.joinLeaveGroup"]},
		"query": {"room": ["blue"]},
		"headers": {},
		"subprotocols": ["json.webpubsub.azure.v1"],
		"clientCertificates": [{"thumbprint": "d4f1"}]
	}`))
	// Output:
	// connection: conn-1 of user ada in hub chat
	// claims: ada [webpubsub.sendToGroup webpubsub.joinLeaveGroup]
	// query: blue
	// subprotocols: [json.webpubsub.azure.v1]
	// clientCertificates: d4f1
	// 200
}
