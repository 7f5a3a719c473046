package wps_test

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http/httptest"

	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/glue"
)

// Negotiate gives a browser the URL it connects to. Anyone may claim any name here: fit for a demo.
//
//	//wps:http methods=get,post authLevel=anonymous
//	//wps:connection hub=chat userId={query.userid}
func Negotiate(connection wps.Connection) wps.Connection { return connection }

// A client asks for its URL and token before it connects.
func ExampleConnection() {
	app := newApp([]wps.Function{{
		Name: "negotiate",
		Bindings: []wps.Binding{
			wps.HTTPTrigger{Name: "req", AuthLevel: "anonymous", Methods: []string{"get", "post"}},
			wps.HTTPOutput{Name: "res"},
			wps.WebPubSubConnection{Name: "connection", Hub: "chat", UserID: "{query.userid}"},
		},
		Handler: glue.Call1R(glue.Connection("connection"), glue.HTTPReply, Negotiate),
	}})

	w := httptest.NewRecorder()
	app.ServeHTTP(w, httptest.NewRequest("GET", "/api/negotiate?userid=ada", nil))
	var answer wps.Connection
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		log.Fatal(err)
	}
	fmt.Println(w.Code, w.Header().Get("Cache-Control"), answer.BaseURL)
	fmt.Println(answer.URL == answer.BaseURL+"?access_token="+answer.AccessToken)
	serve(app, httptest.NewRequest("GET", "/api/negotiate", nil))
	// Output:
	// 200 no-store wss://example.webpubsub.azure.com/client/hubs/chat
	// true
	// 400 binding connection: {query.userid}: Error while accessing 'userid': property doesn't exist.
}
