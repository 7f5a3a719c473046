package wps

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/jsonio"
	"github.com/wpsgen/wpsgen/internal/vectors"
)

func TestStateVectors(t *testing.T) {
	for _, v := range vectors.Load[struct {
		ID, Op          string
		Input, Expected json.RawMessage
	}](t, "extension/states.json") {
		t.Run(v.ID, func(t *testing.T) {
			switch {
			case v.Op == "decode":
				header := vectors.Decode[*string](t, v.Input)
				if header == nil {
					header = new(string)
				}
				sameStates(t, decodeStates(*header).values, v.Expected)
			case v.Op == "encode":
				// The order of the keys is free.
				if err := vectors.Same(innerOf(t, vectors.Text(t, v.Expected)), innerOf(t, encodedStates(t, v.Input))); err != nil {
					t.Error(err)
				}
			case v.Op == "roundtrip":
				sameStates(t, decodeStates(encodedStates(t, v.Input)).values, v.Expected)
			case v.Op == "toWorkerJSON":
				checkWorkerStates(t, v.Input, v.Expected)
			case strings.HasPrefix(v.Op, "to"):
				// The form that .NET keeps to itself is what the header holds within its base64.
				if err := vectors.Same(v.Expected, innerOf(t, encodedStates(t, v.Input))); err != nil {
					t.Error(err)
				}
			case strings.HasPrefix(v.Op, "from"), strings.HasPrefix(v.Op, "decode"), strings.HasPrefix(v.Op, "parse"):
				doc := v.Input
				if text, ok := unquote(string(doc)); ok {
					doc = json.RawMessage(text)
				}
				sameStates(t, decodeStates(base64.StdEncoding.EncodeToString(doc)).values, v.Expected)
			default:
				t.Fatalf("operation %q is not understood", v.Op)
			}
		})
	}
}

// innerOf is the JSON in a header.
func innerOf(t *testing.T, header string) json.RawMessage {
	t.Helper()
	inner, err := base64.StdEncoding.DecodeString(header)
	if err != nil {
		t.Fatal(err)
	}
	return inner
}

// checkWorkerStates reads states as a worker gets them, and as the service has them: both are what the worker
// sees, but for a state that is null, which reads as absent.
func checkWorkerStates(t *testing.T, texts, doc json.RawMessage) {
	t.Helper()
	want := vectors.Decode[map[string]json.RawMessage](t, doc)
	maps.DeleteFunc(want, func(_ string, value json.RawMessage) bool { return isNull(value) })
	worker := &ConnectionContext{states: readStates(jsonio.New(string(doc)))}
	service := &ConnectionContext{rawState: encodedStates(t, texts)}
	service.readStates()
	for _, states := range []map[string]json.RawMessage{worker.States(), service.States()} {
		got, err := json.Marshal(states)
		if err != nil {
			t.Fatal(err)
		}
		wanted, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if err := vectors.Same(wanted, got); err != nil {
			t.Error(err)
		}
	}
}

// encodedStates makes a header of texts by key.
func encodedStates(t *testing.T, doc json.RawMessage) string {
	t.Helper()
	var states stateSet
	for key, text := range vectors.Decode[map[string]string](t, doc) {
		states.set(key, json.RawMessage(text))
	}
	return states.encode()
}

// sameStates compares states with texts by key. null, no states at all, is the same as an empty set.
func sameStates(t *testing.T, got map[string]json.RawMessage, want json.RawMessage) {
	t.Helper()
	texts := make(map[string]string)
	for key, value := range got {
		texts[key] = string(value)
	}
	if isNull(want) {
		want = json.RawMessage("{}")
	}
	doc, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	if err := vectors.Same(want, doc); err != nil {
		t.Errorf("states: %v", err)
	}
}
