package wps

import (
	"reflect"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

// everyAction is one of each that the binding has.
func everyAction(text, other string, excluded []string, data Payload) []Action {
	return []Action{
		SendToAll{Data: data, Excluded: excluded},
		SendToGroup{Group: text, Data: data, Excluded: excluded},
		SendToUser{UserID: text, Data: data},
		SendToConnection{ConnectionID: text, Data: data},
		AddUserToGroup{UserID: text, Group: other},
		RemoveUserFromGroup{UserID: text, Group: other},
		RemoveUserFromAllGroups{UserID: text},
		AddConnectionToGroup{ConnectionID: text, Group: other},
		RemoveConnectionFromGroup{ConnectionID: text, Group: other},
		CloseAllConnections{Excluded: excluded, Reason: other},
		CloseClientConnection{ConnectionID: text, Reason: other},
		CloseGroupConnections{Group: text, Excluded: excluded, Reason: other},
		GrantPermission{ConnectionID: text, Permission: PermissionSendToGroup, TargetName: other},
		RevokePermission{ConnectionID: text, Permission: "JOINLEAVEGROUP", TargetName: other},
	}
}

func TestEncodeAction(t *testing.T) {
	for _, c := range []struct {
		action Action
		want   string
	}{
		{SendToAll{Data: Text("hi"), Excluded: []string{"a", "b"}},
			`{"actionName":"sendToAll","excluded":["a","b"],"data":"hi","dataType":"text"}`},
		{SendToGroup{Group: `"g"`, Data: JSON(map[string]int{"a": 1})},
			`{"actionName":"sendToGroup","group":"\"g\"","data":"{\"a\":1}","dataType":"json"}`},
		{SendToUser{UserID: "u", Data: Binary([]byte{0, 255})},
			`{"actionName":"sendToUser","userId":"u","data":{"type":"Buffer","data":[0,255]},"dataType":"binary"}`},
		{SendToConnection{ConnectionID: "c", Data: Text("2026-08-22T10:00:00")},
			`{"actionName":"sendToConnection","connectionId":"c","data":{"type":"Buffer","data":[50,48,50,54,45,48,56,45,50,50,84,49,48,58,48,48,58,48,48]},"dataType":"text"}`},
		{SendToAll{Data: Text("\xff")}, `{"actionName":"sendToAll","data":{"type":"Buffer","data":[255]},"dataType":"text"}`},
		{SendToAll{Data: Text("")}, `{"actionName":"sendToAll","data":"","dataType":"text"}`},
		{SendToAll{Data: Binary(nil)}, `{"actionName":"sendToAll","data":{"type":"Buffer","data":[]},"dataType":"binary"}`},
		{CloseAllConnections{}, `{"actionName":"closeAllConnections"}`},
		{RevokePermission{ConnectionID: "c", Permission: "JOINLEAVEGROUP", TargetName: "g"},
			`{"actionName":"revokePermission","connectionId":"c","permission":"joinLeaveGroup","targetName":"g"}`},
	} {
		if got, err := encodeAction(c.action); err != nil || string(got) != c.want {
			t.Errorf("%#v:\n%s, %v, want\n%s", c.action, got, err, c.want)
		}
	}
}

// TestEncodedActionsReadBack checks that a peer that reads the JSON does what the action says.
func TestEncodedActionsReadBack(t *testing.T) {
	for _, data := range []Payload{Text("hi"), JSON("2026-08-22T10:00:00Z"), Binary([]byte("\x00\xff"))} {
		for _, a := range everyAction("a/b ü", "o", []string{"x", "y"}, data) {
			readsBack(t, a)
		}
	}
}

func readsBack(t *testing.T, a Action) {
	t.Helper()
	doc, err := encodeAction(a)
	if err != nil {
		t.Errorf("%#v: %v", a, err)
		return
	}
	back, err := ParseAction(doc)
	if err != nil {
		t.Errorf("%s: %v", doc, err)
		return
	}
	want, _ := a.restRequest()
	if got, err := back.restRequest(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s: request %+v, %v, want %+v", doc, got, err, want)
	}
}

func TestEncodeActionErrors(t *testing.T) {
	const date = "2026-08-22T10:00:00Z"
	const client = "*wps.ServiceClient"
	for _, c := range []struct {
		action Action
		want   []string
	}{
		{nil, []string{"nil"}},
		{SendToAll{}, []string{"SendToAll", "Data is missing"}},
		{SendToAll{Data: Text("x"), Filter: "userId eq null"}, []string{"SendToAll: Filter", client}},
		{SendToGroup{Group: "g", Data: Text("x"), TTL: time.Second}, []string{"SendToGroup: TTL", client}},
		{SendToUser{UserID: "u", Data: Text("x"), Filter: "f"}, []string{"SendToUser: Filter", client}},
		{SendToConnection{ConnectionID: "c", Data: Text("x"), TTL: time.Second}, []string{"SendToConnection: TTL", client}},
		{CloseUserConnections{UserID: "u"}, []string{"CloseUserConnections: this action", client}},
		{RemoveConnectionFromAllGroups{ConnectionID: "c"}, []string{"RemoveConnectionFromAllGroups: this action", client}},
		{AddConnectionsToGroups{Groups: []string{"g"}}, []string{"AddConnectionsToGroups: this action", client}},
		{RemoveConnectionsFromGroups{Groups: []string{"g"}}, []string{"RemoveConnectionsFromGroups: this action", client}},
		{SendToAll{Data: Text("x"), Excluded: []string{"a", date}}, []string{"Excluded", date, "date"}},
		{SendToGroup{Group: date, Data: Text("x")}, []string{"SendToGroup: Group", "date"}},
		{SendToUser{UserID: "/Date(1)/", Data: Text("x")}, []string{"UserID", "date"}},
		{AddConnectionToGroup{ConnectionID: date, Group: "g"}, []string{"ConnectionID", "date"}},
		{CloseAllConnections{Reason: date}, []string{"Reason", "date"}},
		{GrantPermission{ConnectionID: "c", Permission: PermissionSendToGroup, TargetName: date}, []string{"TargetName", "date"}},
		{AddUserToGroup{UserID: "u", Group: "\xff"}, []string{"Group", "UTF-8"}},
		{GrantPermission{ConnectionID: "c", Permission: "fly"}, []string{`"fly" is neither`}},
	} {
		_, err := encodeAction(c.action)
		wantError(t, err, c.want...)
	}
}

// TestLooksLikeDate holds the rule against its samples and what is close by, which is from Newtonsoft.Json's
// DateTimeParser.
func TestLooksLikeDate(t *testing.T) {
	var file struct {
		Rule struct{ Samples [][2]any } `json:"date_rule"`
	}
	vectors.Read(t, "host/responses.json", &file)
	vectors.Some(t, len(file.Rule.Samples), "samples")
	samples := append(file.Rule.Samples, [][2]any{
		{"", false}, {"/Date()/", false}, {"/Date(1)", false}, {"/Date(-1)/", true}, {"/Date(1+0200)/", true}, {"/Date(x)/", false}, {"/Date(1Z)/", false},
		{"2026-08-22T10:00:0", false}, {"2026-08-22t10:00:00", false}, {"2026_08_22T10:00:00", false}, {"1234567890Tabcdefghij", false},
		{"2026-02-30T10:00:00", false}, {"0000-01-01T00:00:00", false}, {"2026-08-22T24:00:00", true}, {"2026-08-22T24:00:00.0", true},
		{"2026-08-22T24:00:00.1", false}, {"2026-08-22T24:00:01", false}, {"2026-08-22T10:00:60", false}, {"2026-08-22T10:00:00.", false},
		{"2026-08-22T10:00:00.1234567", true}, {"2026-08-22T10:00:00.12345678Z", false}, {"2026-08-22T10:00:00.1234567890123456789012", false},
		{"2026-08-22T10:00:00z", true}, {"2026-08-22T10:00:00+02", true}, {"2026-08-22T10:00:00-0200", true}, {"2026-08-22T10:00:00+2", false},
		{"2026-08-22T10:00:00+02:00 ", false}, {"2026-08-22T10:00:00 ", false}, {"2026-08-22T10:00:0000", true},
	}...)
	for _, sample := range samples {
		if text := sample[0].(string); looksLikeDate(text) != sample[1].(bool) {
			t.Errorf("%q: %v, want %v", text, !sample[1].(bool), sample[1])
		}
	}
}

// FuzzAction checks that what is encoded reads back as the same request, or is refused.
func FuzzAction(f *testing.F) {
	f.Add("g", "reason", "x", []byte("hi"), byte(0))
	f.Add("2026-08-22T10:00:00", "\xff", "", []byte("2026-08-22T10:00:00"), byte(1))
	f.Add("..", "/Date(1)/", "a\x00", []byte{0xff}, byte(2))
	f.Fuzz(func(t *testing.T, text, other, excluded string, data []byte, kind byte) {
		types := []DataType{DataTypeText, DataTypeJSON, DataTypeBinary}
		payload := Payload{dataType: types[int(kind)%len(types)], bytes: data}
		for _, a := range everyAction(text, other, []string{excluded}, payload) {
			if _, err := encodeAction(a); err == nil {
				readsBack(t, a)
			}
		}
	})
}
