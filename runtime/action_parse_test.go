package wps

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
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
		` [] `:                       {},
		"[{\"actionName\":\"closeAllConnections\"},\n{\"actionName\":\"removeUserFromAllGroups\",\"userId\":\"u\"}]": {CloseAllConnections{}, RemoveUserFromAllGroups{UserID: "u"}},
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
		`{"actionName":"addUserToGroup","userId":5}`:                                 "userId cannot be a JSON number",
		`{"actionName":"closeAllConnections","excluded":"x"}`:                        "excluded cannot be a JSON string",
		`{"actionName":"sendToAll","data":"x","dataType":"xml"}`:                     `dataType "xml" is none of`,
		`{"actionName":"sendToAll","data":"x","dataType":true}`:                      "bool",
		`{"actionName":"sendToAll","data":{"a":1}}`:                                  "Message data should be string, please stringify object.",
		`{"actionName":"sendToAll","data":{"type":null,"data":[1]}}`:                 "Message data should be string, please stringify object.",
		`{"actionName":"sendToAll","data":true}`:                                     "Message data should be string, please stringify object.",
		`{"actionName":"sendToAll","data":"x","dataType":"binary"}`:                  "WebPubSubDataType is binary, please use ArrayBuffer as message data type.",
		`{"actionName":"sendToNobody","dataType":0}`:                                 "WebPubSubDataType is binary, please use ArrayBuffer as message data type.",
		`{"actionName":"sendToAll","data":{"type":"Buffer","data":[256]}}`:           "item 1 of its data is 256",
		`{"actionName":"sendToAll","data":{"type":"Buffer","data":"?"}}`:             "illegal base64",
		`{"actionName":"sendToAll","data":{"type":"Buffer"}}`:                        "neither an array of bytes nor base64",
		`[{"actionName":"closeAllConnections"},{"actionName":"sendToAll","data":1}]`: "action 2 of 2: Message data should be string",
		`[["x"]]`: "action 1 of 1: an action is a JSON object, not array",
	} {
		_, err := ParseActions([]byte(doc))
		wantError(t, err, want)
	}
}

// TestOutputVectors reads what the Functions host takes in an output, and writes what it would take.
func TestOutputVectors(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "testdata", "vectors", "host", "outputs-webpubsub.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Vectors []struct {
			ID     string
			Output json.RawMessage
			Host   string
		}
	}
	if err := json.Unmarshal(data, &file); err != nil || len(file.Vectors) == 0 {
		t.Fatalf("%d vectors: %v", len(file.Vectors), err)
	}
	for _, v := range file.Vectors {
		var text string
		if json.Unmarshal(v.Output, &text) == nil {
			v.Output = []byte(text) // the host parses it
		}
		actions, err := ParseActions(v.Output)
		if fails := strings.HasPrefix(v.Host, "fails") && !strings.Contains(v.Host, "date"); fails != (err != nil) {
			t.Errorf("%s: %v, the host: %s", v.ID, err, v.Host)
		}
		for _, a := range actions {
			readsBack(t, a)
		}
	}
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
