package wps_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log"
	"net/http/httptest"
	"strings"

	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/glue"
)

// Login gives a person who has signed in the URL to connect to, under the name App Service knows.
//
//	//wps:http methods=get authLevel=anonymous
//	//wps:connection hub=chat userId={headers.x-ms-client-principal-name}
func Login(connection wps.Connection) wps.Connection { return connection }

// Easy Auth of App Service tells in headers who has signed in; x-ms-client-principal-id is another.
// Without the option they are dropped, because anybody could send them.
func ExampleTrustClientPrincipal() {
	functions := []wps.Function{{
		Name: "login",
		Bindings: []wps.Binding{
			wps.HTTPTrigger{Name: "req", AuthLevel: "anonymous", Methods: []string{"get"}},
			wps.HTTPOutput{Name: "res"},
			wps.WebPubSubConnection{Name: "connection", Hub: "chat", UserID: "{headers.x-ms-client-principal-name}"},
		},
		Handler: glue.Call1R(glue.Connection("connection"), glue.HTTPReply, Login),
	}}

	request := httptest.NewRequest("GET", "/api/login", nil)
	request.Header.Set("X-MS-CLIENT-PRINCIPAL-ID", "7a1c")
	request.Header.Set("X-MS-CLIENT-PRINCIPAL-NAME", "ada@example.com")

	w := httptest.NewRecorder()
	newApp(functions, wps.TrustClientPrincipal()).ServeHTTP(w, request)
	var answer wps.Connection
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		log.Fatal(err)
	}
	fmt.Println(w.Code, "for", subject(answer.AccessToken))

	serve(newApp(functions), request)
	// Output:
	// 200 for ada@example.com
	// 400 binding connection: {headers.x-ms-client-principal-name}: Error while accessing 'x-ms-client-principal-name': property doesn't exist.
}

// subject is the user a token names.
func subject(token string) string {
	var claims struct{ Sub string }
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	if err == nil {
		err = json.Unmarshal(payload, &claims)
	}
	if err != nil {
		log.Fatal(err)
	}
	return claims.Sub
}
