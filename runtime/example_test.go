package wps_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/glue"
)

// Greet answers whoever says something.
//
//	//wps:trigger hub=chat eventType=user eventName=message
func Greet(data string, connectionContext *wps.ConnectionContext) string {
	return "hello " + connectionContext.UserID + ", you said " + data
}

// A function with its directive, and what wpsgen writes for it in wps_gen.go. The program's main would be
// wps.Main(Functions()). Directives are quoted in these examples, since nothing reads them in a test; in a
// program they stand at the margin of the comment, as //wps:trigger does in the README.
func Example() {
	functions := []wps.Function{{
		Name:     "greet",
		Bindings: []wps.Binding{wps.WebPubSubTrigger{Name: "data", Hub: "chat", EventType: "user", EventName: "message"}},
		Handler:  glue.Call2R(glue.Data, glue.ConnectionContext, glue.UserReply, Greet),
	}}

	app, err := wps.New(functions, settings)
	if err != nil {
		log.Fatal(err)
	}
	serve(app, event("user", "message", "hi"))
	// Output: 200 hello ada, you said hi
}

// accessKey is that of the examples' service. It protects nothing.
const accessKey = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGH"

// settings are those of the examples. A program leaves them to its environment.
var settings = wps.WithSettings(map[string]string{
	"WebPubSubConnectionString": "Endpoint=https://example.webpubsub.azure.com;AccessKey=" + accessKey + ";Version=1.0;",
})

// newApp makes an app that logs nothing and prints what it would send to the service.
func newApp(functions []wps.Function, options ...wps.Option) *wps.App {
	options = append(options, settings, wps.WithLogger(slog.New(slog.DiscardHandler)),
		wps.WithServiceHTTPClient(&http.Client{Transport: printer{}}))
	app, err := wps.New(functions, options...)
	if err != nil {
		log.Fatal(err)
	}
	return app
}

// event is an event of the connection conn-1 of the user ada, signed as the service does.
func event(eventType, name, body string) *http.Request {
	mac := hmac.New(sha256.New, []byte(accessKey))
	mac.Write([]byte("conn-1"))
	prefix, contentType := "azure.webpubsub.user.", "text/plain; charset=utf-8"
	if eventType == "system" {
		prefix, contentType = "azure.webpubsub.sys.", "application/json"
	}
	r := httptest.NewRequest(http.MethodPost, "/runtime/webhooks/webpubsub", strings.NewReader(body))
	for header, value := range map[string]string{
		"ce-type":                prefix + name,
		"ce-eventName":           name,
		"ce-hub":                 "chat",
		"ce-connectionId":        "conn-1",
		"ce-userId":              "ada",
		"ce-signature":           "sha256=" + hex.EncodeToString(mac.Sum(nil)),
		"WebHook-Request-Origin": "example.webpubsub.azure.com",
		"Content-Type":           contentType,
	} {
		r.Header.Set(header, value)
	}
	return r
}

// serve serves a request, prints the answer and returns its header.
func serve(h http.Handler, r *http.Request) http.Header {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	fmt.Println(strings.TrimSpace(fmt.Sprintf("%d %s", w.Code, w.Body)))
	return w.Header()
}

// printer stands for the service: it prints the requests it gets.
type printer struct{}

func (printer) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	path, _, _ := strings.Cut(r.URL.RequestURI(), "?")
	fmt.Println(strings.TrimSpace(fmt.Sprintf("%s %s %s", r.Method, path, body)))
	status := map[string]int{http.MethodPost: 202, http.MethodPut: 200, http.MethodDelete: 204}[r.Method]
	return &http.Response{StatusCode: status, Body: http.NoBody, Request: r}, nil
}
