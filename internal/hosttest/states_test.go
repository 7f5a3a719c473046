package hosttest

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

func TestStateVectors(t *testing.T) {
	for _, v := range vectors.Load[struct {
		ID, Op          string
		Input, Expected json.RawMessage
	}](t, "extension/states.json") {
		t.Run(v.ID, func(t *testing.T) {
			switch v.Op {
			case "decode":
				header := vectors.Decode[*string](t, v.Input)
				if header == nil {
					header = new(string)
				}
				got := decodeStates(*header)
				if isNull(v.Expected) != (got == nil) {
					t.Errorf("states %v, want %s", got, v.Expected)
				}
				sameStates(t, got, v.Expected)
			case "encode":
				if got, want := statesOf(t, v.Input).encode(), vectors.Text(t, v.Expected); got != want {
					t.Errorf("header %s, want %s", got, want)
				}
			case "roundtrip":
				sameStates(t, decodeStates(statesOf(t, v.Input).encode()), v.Expected)
			case "toWorkerJSON":
				if err := vectors.Same(v.Expected, statesOf(t, v.Input).json()); err != nil {
					t.Error(err)
				}
			default:
				checkDotNetForm(t, v.Op, v.Input, v.Expected)
			}
		})
	}
}

// checkDotNetForm checks the form of states that .NET keeps to itself: an object of base64, which is what
// the header holds within its own base64. It never reaches a worker.
func checkDotNetForm(t *testing.T, op string, input, want json.RawMessage) {
	t.Helper()
	switch {
	case strings.HasPrefix(op, "to"):
		inner, _ := fromBase64(statesOf(t, input).encode())
		if err := vectors.Same(want, inner); err != nil {
			t.Error(err)
		}
	case strings.HasPrefix(op, "from"), strings.HasPrefix(op, "decode"), strings.HasPrefix(op, "parse"):
		if text, ok := stringIn(input); ok {
			input = json.RawMessage(text)
		}
		sameStates(t, decodeStates(base64.StdEncoding.EncodeToString(input)), want)
	default:
		t.Fatalf("operation %q is not understood", op)
	}
}

// TestInvalidState shows that a state that is no JSON spoils the document it is written into.
func TestInvalidState(t *testing.T) {
	if json.Valid(states{{"a", []byte("no JSON")}}.json()) {
		t.Error("the document is valid")
	}
}

// TestStatesAreOneDocument: what follows the object makes it unreadable, as it does to System.Text.Json.
func TestStatesAreOneDocument(t *testing.T) {
	header := base64.StdEncoding.EncodeToString([]byte(`{"a":"ImIi"} x`))
	if got := decodeStates(header); got == nil || len(got) > 0 {
		t.Errorf("got %v", got)
	}
}

func TestMergeKeepsOrder(t *testing.T) {
	got := states{{"a", []byte("1")}, {"b", []byte("2")}}.merge(json.RawMessage(`{"c": {"x": 1}, "a": null}`))
	want := states{{"a", []byte("null")}, {"b", []byte("2")}, {"c", []byte(`{"x":1}`)}}
	if got.encode() != want.encode() {
		t.Errorf("got %s, want %s", got.json(), want.json())
	}
}

// TestDatesInStates shows that the host writes dates anew wherever they stand in a response.
func TestDatesInStates(t *testing.T) {
	for _, tt := range []struct{ returned, want string }{
		{`"2026-08-22T10:00:00"`, `"2026-08-22T10:00:00"`},
		{`"2026-08-22T10:00:00.120Z"`, `"2026-08-22T10:00:00.12Z"`},
		{`"2026-08-22T10:00:00.1234567Z"`, `"2026-08-22T10:00:00.1234567Z"`},
		{`"2026-08-22T10:00:00.123456789Z"`, `"2026-08-22T10:00:00.123456789Z"`}, // no date: seven digits are the most
		{`"2026-08-22T24:00:00+02"`, `"2026-08-22T22:00:00+00:00"`},
		{`{"a": [1, "2026-08-22T10:00:00+05:30"]}`, `{"a":[1,"2026-08-22T04:30:00+00:00"]}`},
		{`["/Date(0)/", "/Date(0+0200)/"]`, `["1970-01-01T00:00:00Z","1970-01-01T00:00:00+00:00"]`},
		{`{"2026-08-22T10:00:00.0Z": "on 2026-08-22T10:00:00.0Z"}`, `{"2026-08-22T10:00:00.0Z":"on 2026-08-22T10:00:00.0Z"}`},
	} {
		e := &event{kind: kindUser, context: &connectionContext{}}
		got := newReply(e, fromHandler(json.RawMessage(`{"data": "", "states": {"s": `+tt.returned+`}}`))).states
		if len(got) != 1 || string(got[0].value) != tt.want {
			t.Errorf("%s is %s, want %s", tt.returned, got.json(), tt.want)
		}
	}
}
