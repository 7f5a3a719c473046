package wps

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

func queueFunction(call func(*Invocation) error, dataType string) Function {
	return Function{Name: "queue", Handler: handler(call), Bindings: []Binding{
		OtherBinding{Name: "item", Type: "queueTrigger", Direction: "in", DataType: dataType},
		OtherBinding{Name: "out", Type: "queue", Direction: "out", DataType: dataType},
	}}
}

func TestHostValues(t *testing.T) {
	for _, c := range []struct{ dataType, raw, text, decoded string }{
		{"", `"\"hello\""`, "hello", ""},
		{"", `"hello"`, "hello", ""},
		{"", `"4"`, "4", "4"},
		{"", `4`, "4", "4"},
		{"", `"[1,2]"`, "[1,2]", "[1,2]"},
		{"", `"\"{\\\"a\\\":1}\""`, `{"a":1}`, `{"a":1}`},
		{"", `{"a":1}`, `{"a":1}`, `{"a":1}`},
		{"", `"\"ann\""`, "ann", `"ann"`},
		{"", `"null"`, "", "null"},
		{"binary", `"eyJhIjoxfQ=="`, `{"a":1}`, `{"a":1}`},
		{"BINARY", `"null"`, "\x9e\xe9\x65", ""},
	} {
		front := newFront(t, []Function{queueFunction(func(inv *Invocation) error {
			v, err := inv.Input("item")
			if err != nil {
				return err
			}
			if got, err := v.Text(); err != nil || got != c.text {
				t.Errorf("%s: text %q, %v, want %q", c.raw, got, err, c.text)
			}
			if c.decoded == "" {
				return nil
			}
			var into any
			err = v.Decode(&into)
			got, _ := json.Marshal(into)
			if want := strings.Replace(c.decoded, `"ann"`, `"ann"`, 1); err != nil || string(got) != want {
				t.Errorf("%s: decoded %s, %v, want %s", c.raw, got, err, want)
			}
			return nil
		}, c.dataType)})
		if status, _ := invoke(t, front, "queue", `{"Data":{"item":`+c.raw+`}}`); status != 200 {
			t.Errorf("%s: %d", c.raw, status)
		}
	}
	front := newFront(t, []Function{queueFunction(func(inv *Invocation) error { _, err := inv.Input("item"); return err }, "")}, logTo(&logBuffer{}))
	if status, _ := invoke(t, front, "queue", `{"Data":{}}`); status != 500 {
		t.Errorf("no value: %d", status)
	}
}

func TestHostOutputs(t *testing.T) {
	for _, c := range []struct {
		dataType string
		value    any
		want     string // "" for nothing
	}{
		{"", nil, ""},
		{"", "test", `"dGVzdA=="`},
		{"", "hello!", `"aGVsbG8h"`},
		{"", []byte{0xff}, `"/w=="`},
		{"", map[string]string{"a": "test"}, `{"a":"test"}`},
		{"", []int{1}, `[1]`},
		{"binary", "test", `"test"`},
		{"binary", []byte("test"), `"test"`},
	} {
		front := newFront(t, []Function{queueFunction(func(inv *Invocation) error {
			return inv.SetOutput("out", func() any { return c.value })
		}, c.dataType)})
		status, answer := invoke(t, front, "queue", `{"Data":{"item":"1"}}`)
		if status != 200 || string(answer.Outputs["out"]) != c.want {
			t.Errorf("%s %v: %d %s, want %s", c.dataType, c.value, status, answer.Outputs["out"], c.want)
		}
	}
	for _, bad := range []any{[]byte{0xff}, func() {}} {
		front := newFront(t, []Function{queueFunction(func(inv *Invocation) error {
			return inv.SetOutput("out", func() any { return bad })
		}, "binary")}, logTo(&logBuffer{}))
		if status, answer := invoke(t, front, "queue", `{"Data":{"item":"1"}}`); status != 500 || len(answer.Outputs) > 0 {
			t.Errorf("%T: %d %s", bad, status, answer.Outputs)
		}
	}
}

// TestBase64Samples: what the host may take for base64 reaches an output as it is.
func TestBase64Samples(t *testing.T) {
	var file struct {
		Rule struct{ Samples [][2]any } `json:"base64_rule"`
	}
	vectors.Read(t, "host/responses.json", &file)
	vectors.Some(t, len(file.Rule.Samples), "samples")
	for _, sample := range file.Rule.Samples {
		text := sample[0].(string)
		var got []byte
		doc, err := OtherBinding{}.outgoing(text)
		if err == nil {
			err = json.Unmarshal(doc, &got)
		}
		if err != nil || string(got) != text {
			t.Errorf("%q arrives as %q, %v", text, got, err)
		}
	}
}
