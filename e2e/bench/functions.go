// Command bench is the app that is measured beside other servers for the same events: see docs/performance.md.
// Its functions do what the benchmark's contract asks for and nothing more.
//
//wps:defaults hub=bench
package main

import (
	"errors"

	"github.com/wpsgen/wpsgen/runtime"
)

// Message is the typed payload of the JSON workload.
type Message struct {
	ID      string            `json:"id"`
	From    string            `json:"from"`
	Room    string            `json:"room"`
	Seq     int64             `json:"seq"`
	Score   float64           `json:"score"`
	Urgent  bool              `json:"urgent"`
	Tags    []string          `json:"tags"`
	Attrs   map[string]string `json:"attrs"`
	Body    string            `json:"body"`
	ReplyTo *string           `json:"replyTo,omitempty"`
}

var errNoClaim = errors.New("the token has no claim sub")

// Connect lets in the user that the token names.
//
//wps:trigger eventType=system eventName=connect
func Connect(req *wps.ConnectEventRequest) (*wps.ConnectEventResponse, error) {
	user := req.Claims.Get("sub")
	if user == "" {
		return nil, errNoClaim
	}
	return &wps.ConnectEventResponse{UserID: user, Groups: []string{"g1", "g2"}, Roles: req.Claims["role"]}, nil
}

// OnMessage answers a line of text.
//
//wps:trigger eventType=user eventName=message
//wps:function name=message
func OnMessage(data string) string { return "ok!" }

// Echo sends a typed value back.
//
//wps:trigger eventType=user eventName=echo
func Echo(data *Message) *Message { return data }

// Blob answers octets with text.
//
//wps:trigger eventType=user eventName=blob
func Blob(data []byte) (string, error) {
	if len(data) == 0 {
		return "", wps.UserError("there is nothing in it")
	}
	return "ok!", nil
}

// Boom panics.
//
//wps:trigger eventType=user eventName=boom
func Boom(data string) { panic("boom") }
