package wps

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

func TestParseActions(t *testing.T) {
	for doc, want := range map[string][]Action{
		`{"actionName":"sendToAll","data":"hi"}`:                                                                      {SendToAll{Data: Text("hi")}},
		`{"ACTIONNAME":"SENDTOGROUP","Group":"g","DATA":"1","DataType":1}`:                                            {SendToGroup{Group: "g", Data: Payload{dataType: DataTypeJSON, bytes: []byte("1")}}},
		`{"actionName":"sendToUser","userId":"u","data":{"type":"Buffer","data":[104,105]},"dataType":0,"more":[{}]}`: {SendToUser{UserID: "u", Data: Binary([]byte("hi"))}},
		`{"actionName":"sendToUser","userId":"u","data":{"type":"x","data":"aGk="},"dataType":"TEXT"}`:                {SendToUser{UserID: "u", Data: Text("hi")}},
		`{"actionName":"sendToConnection","connectionId":"c","data":{"type":"Buffer","data":[]},"dataType":"binary"}`: {SendToConnection{ConnectionID: "c", Data: Binary([]byte{})}},
		`{"actionName":"closeGroupConnections","group":"g","excluded":null,"reason":null}`:                            {CloseGroupConnections{Group: "g"}},
		`{"actionName":"addUserToGroup","userId":"u","group":"g","data":5}`:                                           {AddUserToGroup{UserID: "u", Group: "g"}},
		`{"actionName":"grantPermission","connectionId":"c","permission":1}`:                                          {GrantPermission{ConnectionID: "c", Permission: PermissionSendToGroup}},
		`{"actionName":"revokePermission","connectionId":"c","permission":"2"}`:                                       {RevokePermission{ConnectionID: "c", Permission: PermissionJoinLeaveGroup}},
		`{"actionName":"sendToAll"}`: {SendToAll{}},
		`{"actionName":"sendToAll","data":{"type":"BUFFER","DATA":[104]},"dataType":"Binary"}`: {SendToAll{Data: Binary([]byte("h"))}},
		` [] `: {},
		"[{\"actionName\":\"closeAllConnections\"},\n{\"actionName\":\"removeUserFromAllGroups\",\"userId\":\"u\"}]": {CloseAllConnections{}, RemoveUserFromAllGroups{UserID: "u"}},
		`{"actionName":"sendToAll","data":{"data":[104],"type":1}}`:                                                  {SendToAll{Data: Text("h")}},
	} {
		if got, err := ParseActions([]byte(doc)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %#v, %v, want %#v", doc, got, err, want)
		}
	}
}

func TestParseActionErrors(t *testing.T) {
	for doc, want := range map[string]string{
		``:                                      "unexpected end",
		`null`:                                  "the action is null",
		`"x"`:                                   "an action is a JSON object, not string",
		`[{}`:                                   "unexpected end",
		`{}`:                                    "Not supported WebPubSubOperation: .",
		`{"actionName":"fly"}`:                  "Not supported WebPubSubOperation: fly.",
		`{"actionName":"closeUserConnections"}`: "Not supported WebPubSubOperation: closeUserConnections.",
		`{"actionName":"addUserToGroup","userId":[5]}`:                                "userId cannot be a JSON array",
		`{"actionName":"addUserToGroup","userId":"u","group":{}}`:                     "group cannot be a JSON object",
		`{"actionName":"closeAllConnections","excluded":"x"}`:                         "excluded cannot be a JSON string",
		`{"actionName":"sendToAll","data":"x","dataType":"xml"}`:                      `dataType "xml" is none of`,
		`{"actionName":"sendToAll","data":"x","dataType":true}`:                       "bool",
		`{"actionName":"sendToAll","data":{"a":1}}`:                                   "Message data should be string, please stringify object.",
		`{"actionName":"sendToAll","data":{"type":null,"data":[1]}}`:                  "Message data should be string, please stringify object.",
		`{"actionName":"sendToAll","data":true}`:                                      "Message data should be string, please stringify object.",
		`{"actionName":"sendToAll","data":"x","dataType":"binary"}`:                   "WebPubSubDataType is binary, please use ArrayBuffer as message data type.",
		`{"actionName":"sendToAll","data":{"Type":"Buffer","data":[1]}}`:              "Message data should be string, please stringify object.",
		`{"actionName":"sendToAll","data":{"Type":"Buffer","data":[1]},"dataType":0}`: "WebPubSubDataType is binary, please use ArrayBuffer as message data type.",
		`{"actionName":"sendToNobody","dataType":0}`:                                  "WebPubSubDataType is binary, please use ArrayBuffer as message data type.",
		`{"actionName":"sendToAll","data":{"type":"Buffer","data":[256]}}`:            "item 1 of its data is 256",
		`{"actionName":"sendToAll","data":{"type":"Buffer","data":"?"}}`:              "illegal base64",
		`{"actionName":"sendToAll","data":{"type":"Buffer"}}`:                         "neither an array of bytes nor base64",
		`[{"actionName":"closeAllConnections"},{"actionName":"sendToAll","data":1}]`:  "action 2 of 2: Message data should be string",
		`[["x"]]`: "action 1 of 1: an action is a JSON object, not array",
	} {
		_, err := ParseActions([]byte(doc))
		wantError(t, err, want)
	}
}

// TestOutputVectors reads what the Functions host takes in an output, and writes what it would take. A
// value that became a date on its way is the host's doing: what is written here does not.
func TestOutputVectors(t *testing.T) {
	for _, v := range vectors.Load[struct {
		ID, Host string
		Output   json.RawMessage
	}](t, "host/outputs-webpubsub.json") {
		t.Run(v.ID, func(t *testing.T) {
			if isNull(v.Output) || len(v.Output) == 0 {
				return // no output at all is what a function has that adds no action
			}
			doc := v.Output
			if text, ok := unquote(string(doc)); ok {
				doc = json.RawMessage(text) // the host parses it
			}
			actions, err := ParseActions(doc)
			for _, a := range actions {
				if _, refused := encodeAction(a); refused != nil { // what lacks a part is refused before it is sent
					err = errors.Join(err, refused)
					continue
				}
				readsBack(t, a)
			}
			if fails := refuses(t, v.Host) && !strings.Contains(v.Host, "date"); fails != (err != nil) {
				t.Errorf("%v, the host: %s", err, v.Host)
			}
		})
	}
}

// refuses reads in words whether the host refuses an output.
func refuses(t *testing.T, words string) bool {
	t.Helper()
	words = strings.ToLower(words)
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(words, part) })
	}
	switch {
	case has("fail", "argumentexception", "not supported", "rejected") && !has("first failing"):
		return true
	case has("accepted", "nothing", "no action", " run", "parsed"):
		return false
	}
	t.Fatalf("%q is not understood", words)
	return false
}

// FuzzParseAction checks that nothing breaks the reader, and that what it reads can be written if the
// service would take it at all.
func FuzzParseAction(f *testing.F) {
	f.Add([]byte(`{"actionName":"sendToAll","data":{"type":"Buffer","data":[1]},"dataType":"binary"}`))
	f.Add([]byte(`[{"ActionName":"grantPermission","permission":1,"connectionId":"c"},null]`))
	f.Add([]byte(`{"actionName":"closeAllConnections","excluded":["a",null],"reason":"2026-08-22T10:00:00"}`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		actions, err := ParseActions(doc)
		if err != nil {
			return
		}
		for _, a := range actions {
			if _, err := encodeAction(a); err == nil {
				readsBack(t, a)
			}
		}
	})
}
