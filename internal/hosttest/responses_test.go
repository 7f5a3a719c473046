package hosttest

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

type responseVector struct {
	ID       string
	Response struct {
		Status      int
		ContentType string
		Body        json.RawMessage
		RawBody     *string
	}
	Bindings []json.RawMessage
	Host     json.RawMessage
}

func (v *responseVector) answer() answer {
	a := answer{status: v.Response.Status, contentType: v.Response.ContentType, body: v.Response.Body}
	if v.Response.RawBody != nil {
		a.body = []byte(*v.Response.RawBody)
	}
	return a
}

// effect is what the host makes of an answer.
type effect struct {
	answer answer
	result *scriptResult
	bound  *bound
	err    error
}

// effectOf applies an answer to a function of the bindings.
func effectOf(t testing.TB, a answer, bindings []json.RawMessage) *effect {
	t.Helper()
	f := &function{name: "f"}
	for _, raw := range bindings {
		o, err := parseObject(raw)
		if err != nil {
			t.Fatal(err)
		}
		f.bindings = append(f.bindings, newBinding(o))
	}
	x := &effect{answer: a}
	if x.result, x.err = readAnswer(a); x.err != nil || x.result == nil {
		return x
	}
	x.bound, x.err = f.bindOutputs(x.result)
	return x
}

func TestResponseVectors(t *testing.T) {
	for _, v := range vectors.Load[*responseVector](t, "host/responses.json") {
		t.Run(v.ID, func(t *testing.T) {
			x := effectOf(t, v.answer(), v.Bindings)
			if !strings.Contains(string(v.Host), `"success": false`) && !strings.Contains(string(v.Host), `"success":false`) && x.err != nil {
				t.Fatal(x.err)
			}
			vectors.Check(t, v.Host, x.checks())
		})
	}
}

func (x *effect) checks() checks {
	all := x.outcomeChecks()
	maps.Copy(all, checks{
		"logs": func(t testing.TB, want json.RawMessage) {
			if err := vectors.Same(want, marshal(x.result.logs)); err != nil {
				t.Error(err)
			}
		},
		"outputs": func(t testing.TB, want json.RawMessage) { x.checkOutputs(t, want) },
		"output":  func(t testing.TB, want json.RawMessage) { x.checkOutputs(t, want) },
		"http":    func(t testing.TB, want json.RawMessage) { x.checkHTTP(t, want) },
		"returnValue": func(t testing.TB, want json.RawMessage) {
			if err := vectors.Same(want, orNull(x.result.returnValue)); err != nil {
				t.Error(err)
			}
		},
	})
	return all
}

func (x *effect) outcomeChecks() checks {
	hostError := new(HostError)
	errors.As(x.err, &hostError)
	return checks{
		"success": func(t testing.TB, want json.RawMessage) {
			if ok := x.err == nil && x.result != nil; ok != vectors.Decode[bool](t, want) {
				t.Errorf("success %t, want %s: %v", ok, want, x.err)
			}
		},
		"hangs": func(t testing.TB, want json.RawMessage) {
			if hangs := x.err == nil && x.result == nil; hangs != vectors.Decode[bool](t, want) {
				t.Errorf("hangs %t, want %s: %v", hangs, want, x.err)
			}
		},
		// TestFunctionTimeout shows what ends it.
		"until": func(t testing.TB, want json.RawMessage) {
			if vectors.Text(t, want) != "function timeout" {
				t.Errorf("%s is not understood", want)
			}
		},
		"exception": func(t testing.TB, want json.RawMessage) {
			if hostError.Exception != vectors.Text(t, want) {
				t.Errorf("exception %v, want %s", x.err, want)
			}
		},
		"inner": func(t testing.TB, want json.RawMessage) {
			if hostError.Inner != vectors.Text(t, want) {
				t.Errorf("inner exception %q, want %s", hostError.Inner, want)
			}
		},
		"messageContains": func(t testing.TB, want json.RawMessage) {
			for _, text := range vectors.Decode[[]string](t, want) {
				if !strings.Contains(hostError.Message, text) {
					t.Errorf("message %q, want %q in it", hostError.Message, text)
				}
			}
		},
	}
}

func (x *effect) checkOutputs(t testing.TB, want json.RawMessage) {
	t.Helper()
	values := vectors.Decode[map[string]json.RawMessage](t, want)
	if len(values) != len(x.bound.outputs) {
		t.Errorf("%d outputs, want %s", len(x.bound.outputs), want)
	}
	for name, value := range values {
		got, ok := x.bound.outputs[name]
		if !ok {
			t.Errorf("no output %s", name)
			continue
		}
		vectors.Check(t, value, got.checks())
	}
}

// checks are the expectations that vectors have of output values.
func (v Value) checks() checks {
	asJSON := func(t testing.TB, want json.RawMessage) {
		if err := vectors.Same(want, v.raw); v.bytes != nil || err != nil {
			t.Errorf("%v, or bytes %q", err, v.bytes)
		}
	}
	asBytes := func(t testing.TB, want []byte) {
		if b, ok := v.Bytes(); !ok || string(b) != string(want) {
			t.Errorf("bytes %q, %t, want %q", b, ok, want)
		}
	}
	return checks{
		"text": func(t testing.TB, want json.RawMessage) {
			if text, ok := v.Text(); !ok || text != vectors.Text(t, want) {
				t.Errorf("text %q, %t, want %s", text, ok, want)
			}
		},
		"bytesHex":    func(t testing.TB, want json.RawMessage) { asBytes(t, fromHex(t, want)) },
		"bytesText":   func(t testing.TB, want json.RawMessage) { asBytes(t, []byte(vectors.Text(t, want))) },
		"bytesBase64": func(t testing.TB, want json.RawMessage) { asBytes(t, fromBase64Text(t, vectors.Text(t, want))) },
		"date": func(t testing.TB, want json.RawMessage) {
			if _, ok := v.Date(); !ok {
				t.Errorf("%s is no date", v.raw)
			}
		},
		"json": asJSON, "value": asJSON, "object": asJSON, "array": asJSON, "number": asJSON, "bool": asJSON,
	}
}

func fromHex(t testing.TB, want json.RawMessage) []byte {
	t.Helper()
	b, err := hex.DecodeString(vectors.Text(t, want))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (x *effect) checkHTTP(t testing.TB, want json.RawMessage) {
	t.Helper()
	got := x.bound.http
	if got == nil {
		t.Fatal("there is no HTTP answer")
	}
	vectors.Check(t, want, checks{
		"status": func(t testing.TB, want json.RawMessage) {
			status := string(marshal(got.Status))
			// Where it is not established, the vector names those that may be.
			if text, ok := stringIn(want); ok && !strings.Contains(text, status) || !ok && string(want) != status {
				t.Errorf("status %s, want %s", status, want)
			}
		},
		"headers": func(t testing.TB, want json.RawMessage) { checkHeaders(t, got.Header, want) },
		"contentType": func(t testing.TB, want json.RawMessage) {
			if have := got.Header.Get("Content-Type"); have != vectors.Text(t, want) {
				t.Errorf("content type %q, want %s", have, want)
			}
		},
		"body": func(t testing.TB, want json.RawMessage) { x.checkBody(t, want) },
		"bodyHex": func(t testing.TB, want json.RawMessage) {
			if string(got.Body) != string(fromHex(t, want)) {
				t.Errorf("body %x, want %s", got.Body, want)
			}
		},
		"bodyBytes": func(t testing.TB, want json.RawMessage) {
			if len(got.Body) != vectors.Decode[int](t, want) {
				t.Errorf("%d bytes, want %s", len(got.Body), want)
			}
		},
	})
}

// checkBody compares a body with its text, or with what the vector says of it in words.
func (x *effect) checkBody(t testing.TB, want json.RawMessage) {
	t.Helper()
	got := string(x.bound.http.Body)
	if !isString(want) {
		if err := vectors.Same(want, json.RawMessage(got)); err != nil {
			t.Error(err)
		}
		return
	}
	text := vectors.Text(t, want)
	switch {
	case got == text || json.Valid([]byte(text)) && vectors.Same(json.RawMessage(text), json.RawMessage(got)) == nil:
	case strings.HasPrefix(text, "not the same text"):
		if strings.Contains(string(x.answer.body), string(marshal(got))) {
			t.Errorf("body %q, which is what the handler sent", got)
		}
	case strings.Contains(text, "as indented JSON text"):
		if !json.Valid([]byte(got)) || !strings.Contains(got, "\n  ") {
			t.Errorf("body %q, want %s", got, text)
		}
	case strings.HasPrefix(text, "System.Collections.Generic."):
		if typ, _, _ := strings.Cut(text, "["); !strings.HasPrefix(got, typ) {
			t.Errorf("body %q, want %s", got, text)
		}
	default:
		t.Errorf("body %q, want %q", got, text)
	}
}

func TestStringRules(t *testing.T) {
	type samples struct{ Samples [][2]any }
	var file struct {
		Base64 samples `json:"base64_rule"`
		Date   samples `json:"date_rule"`
	}
	vectors.Read(t, "host/responses.json", &file)
	for _, s := range file.Base64.Samples {
		if _, ok := fromBase64(s[0].(string)); ok != s[1].(bool) {
			t.Errorf("%q passes for base64: %t", s[0], ok)
		}
	}
	for _, s := range file.Date.Samples {
		if _, ok := parseDate(s[0].(string)); ok != s[1].(bool) {
			t.Errorf("%q passes for a date: %t", s[0], ok)
		}
	}
}

// TestReturnValueOverwrites shows members of a returned object landing in outputs of their names.
func TestReturnValueOverwrites(t *testing.T) {
	a := answer{http.StatusOK, "application/json", []byte(`{"Outputs": {"data": "first", "msg": "hello!"}, "ReturnValue": {"data": "second"}}`)}
	x := effectOf(t, a, []json.RawMessage{
		json.RawMessage(`{"type": "queue", "direction": "out", "name": "data"}`),
		json.RawMessage(`{"type": "queue", "direction": "out", "name": "msg"}`),
	})
	x.checkOutputs(t, json.RawMessage(`{"data": {"text": "second"}, "msg": {"text": "hello!"}}`))
}
