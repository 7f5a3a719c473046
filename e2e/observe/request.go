package observe

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
	wps "github.com/wpsgen/wpsgen/runtime"
)

// Request is a vector of requests.json: the service's request, and the app it comes to.
type Request struct {
	*vectors.Case
	Settings  map[string]string
	Listeners []struct {
		Hub, EventType, EventName, ClientProtocols string
		Connections                                []string
		Connection                                 string
	}
	Request struct {
		Method, Path string
		Headers      [][2]string
		BodyBase64   string
	}
	FunctionReturns json.RawMessage
}

// Requests returns the vectors of requests.json.
func Requests(t testing.TB) []*Request {
	t.Helper()
	var list []*Request
	for _, c := range vectors.Cases(t, vectors.FileRequests) {
		r := &Request{Case: c}
		c.Decode(t, r)
		list = append(list, r)
	}
	return list
}

// Functions are the vector's listeners, named f0, f1 and so on. Each gives what it sees to seen and answers
// what the vector says.
func (r *Request) Functions(seen func(listener int, event json.RawMessage)) []wps.Function {
	var list []wps.Function
	for i, l := range r.Listeners {
		trigger := wps.WebPubSubTrigger{
			Name: "request", Hub: l.Hub, EventType: l.EventType, EventName: l.EventName, ClientProtocols: l.ClientProtocols,
			Connections: l.Connections, Connection: l.Connection,
			Unsigned: r.Unsigned && len(l.Connections) == 0 && l.Connection == "",
		}
		if l.EventType == wps.EventTypeUser {
			trigger.Name = "data"
		}
		list = append(list, wps.Function{Name: fmt.Sprintf("f%d", i), Bindings: []wps.Binding{trigger}, Handler: wps.Handler{
			Call: func(inv *wps.Invocation) error {
				seen(i, Event(inv))
				return Answer(inv, l.EventType, l.EventName, r.FunctionReturns)
			},
		}})
	}
	return list
}

// Answer answers an event with what a function returned.
func Answer(inv *wps.Invocation, eventType, eventName string, returned json.RawMessage) error {
	if eventType == wps.EventTypeUser {
		eventName = "user"
	}
	response, err := Reply(eventName, returned)
	if err != nil {
		return err
	}
	if refusal, ok := response.(*wps.EventErrorResponse); ok {
		return refusal
	}
	inv.Respond(response)
	return nil
}

// Options are those of the vector's app: where it has a key-less connection, something else vouches for
// its events.
func (r *Request) Options() []wps.Option {
	options := []wps.Option{wps.WithSettings(r.Settings)}
	if r.Vouched {
		options = append(options, Vouch())
	}
	return options
}

// Vouch is an event check that accepts everything.
func Vouch() wps.Option { return wps.WithEventCheck(func(*http.Request) error { return nil }) }

// HTTP is the service's request to an app at base.
func (r *Request) HTTP(t testing.TB, base string) *http.Request {
	t.Helper()
	body, err := base64.StdEncoding.DecodeString(r.Request.BodyBase64)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), r.Request.Method, base+r.Request.Path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	SetHeaders(req, r.Request.Headers)
	return req
}

// SetHeaders adds header lines to a request.
func SetHeaders(r *http.Request, lines [][2]string) {
	for _, line := range lines {
		r.Header.Add(line[0], line[1])
	}
}
