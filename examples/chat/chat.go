//wps:defaults hub=chat
package main

import (
	"fmt"
	"time"

	"github.com/wpsgen/wpsgen/runtime"
)

// refusedName is the one user this chat does not let in.
const refusedName = "mallory"

// lobby is the group everybody joins.
const lobby = "lobby"

// Server holds what the functions share.
type Server struct {
	now func() time.Time
}

// Line is what the page shows: who did what.
type Line struct {
	Kind string `json:"kind"` // said, joined, left, or receipt for the sender alone
	From string `json:"from,omitempty"`
	Text string `json:"text,omitempty"`
}

// Say is what the page sends.
type Say struct {
	Text string `json:"text"`
}

// visit is kept on each connection, so that no server has to remember it.
type visit struct {
	Messages int       `json:"messages"`
	Last     time.Time `json:"last"`
}

// admit says whether a user may come in, and why not.
func admit(user string) error {
	switch user {
	case "":
		return wps.Unauthorized("tell us your name first")
	case refusedName:
		return wps.Unauthorized(refusedName + " is not welcome here")
	}
	return nil
}

// Connect lets everybody in who has a name, but one.
//
//wps:trigger eventType=system eventName=connect
func (s *Server) Connect(req *wps.ConnectEventRequest) (*wps.ConnectEventResponse, error) {
	if err := admit(req.UserID); err != nil {
		return nil, err
	}
	resp := &wps.ConnectEventResponse{UserID: req.UserID}
	resp.SetState("visit", visit{Last: s.now()})
	return resp, nil
}

// Connected puts the user in the lobby and tells everybody.
//
//wps:trigger eventType=system eventName=connected
//wps:output
func (s *Server) Connected(connection *wps.ConnectionContext) []wps.Action {
	return []wps.Action{
		wps.AddConnectionToGroup{ConnectionID: connection.ConnectionID, Group: lobby},
		wps.SendToGroup{Group: lobby, Data: wps.JSON(Line{Kind: "joined", From: connection.UserID})},
	}
}

// Message tells everybody, and the sender how many messages that makes.
//
//wps:trigger eventType=user eventName=message
//wps:output
func (s *Server) Message(data Say, connection *wps.ConnectionContext, actions *wps.Actions) (*wps.UserEventResponse, error) {
	if data.Text == "" {
		return nil, wps.UserError("say something")
	}
	var v visit
	if _, err := connection.State("visit", &v); err != nil {
		return nil, err
	}
	now := s.now()
	quiet := now.Sub(v.Last).Round(time.Second)
	v = visit{Messages: v.Messages + 1, Last: now}

	actions.Add(wps.SendToGroup{Group: lobby, Data: wps.JSON(Line{Kind: "said", From: connection.UserID, Text: data.Text})})
	resp := &wps.UserEventResponse{Data: wps.JSON(Line{
		Kind: "receipt",
		Text: fmt.Sprintf("message %d, after %s of silence", v.Messages, quiet),
	})}
	resp.SetState("visit", v)
	return resp, nil
}

// Disconnected says goodbye.
//
//wps:trigger eventType=system eventName=disconnected
//wps:output
func (s *Server) Disconnected(connection *wps.ConnectionContext) wps.Action {
	return wps.SendToGroup{Group: lobby, Data: wps.JSON(Line{Kind: "left", From: connection.UserID})}
}
