package wps

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// brokenEnvelopes are what no host sends, or only one that is ill: nothing of it may keep an event from its answer.
func brokenEnvelopes() map[string]string {
	deep := strings.Repeat("[", 20000) + strings.Repeat("]", 20000)
	nested := strings.Repeat(`{"a":`, 9000) + "1" + strings.Repeat("}", 9000)
	return map[string]string{
		"nothing": "", "blanks": " \n", "null": "null", "a number": "5", "text": `"x"`, "a list": "[]", "half": `{"Data":`, "two": "{}{}",
		"no UTF-8": "{\"Data\":{\"data\":\"\xff\xfe\"}}", "zeros": "\x00\x00", "a byte order mark": "\ufeff{}",
		"empty": "{}", "null members": `{"Data":null,"Metadata":null}`, "members of wrong types": `{"Data":5,"Metadata":"x"}`,
		"lists for members": `{"Data":[1],"Metadata":[2]}`, "members twice": `{"Data":{"data":"eA=="},"Data":{},"Metadata":{},"Metadata":{"Request":5}}`,
		"other case": `{"data":{"DATA":"aGk="},"METADATA":{}}`, "too deep": `{"Data":{"data":` + deep + `}}`, "deep": `{"Data":{"data":` + nested + `,"request":` + nested + `}}`,
		"no base64": `{"Data":{"data":"?"}}`, "a number for data": `{"Data":{"data":5,"request":5}}`, "a list for data": `{"Data":{"data":[1],"request":[1]}}`,
		"truth for data": `{"Data":{"data":true,"request":false}}`, "null for data": `{"Data":{"data":null,"request":null}}`,
		"text of null":             `{"Data":{"data":"null","request":"null"},"Metadata":{"Request":"null"}}`,
		"a request of wrong types": `{"Data":{"data":"eA==","request":{"connectionContext":5}},"Metadata":{"Request":{"connectionContext":[],"claims":5}}}`,
		"wrong types within":       `{"Data":{"data":"eA=="},"Metadata":{"Request":{"connectionContext":{"headers":5,"states":"x","userId":{}},"claims":{"a":5},"query":"x","subprotocols":5,"clientCertificates":{},"mqtt":"x","reason":5,"dataType":5,"data":{}}}}`,
		"text thrice":              `{"Data":{"request":"\"\\\"{}\\\"\""}}`, "an unended text": `{"Data":{"request":"\"{"}}`,
		"half a surrogate": `{"Data":{"data":"\ud800","request":"\"\\ud800\""}}`,
		"names of nobody":  `{"Data":{"other":1},"Other":{"Request":{}}}`, "large": `{"Data":{"data":"` + strings.Repeat("QUJD", 1<<20) + `"}}`,
	}
}

// TestBrokenEnvelopes: an event is answered with 200 and a reply whatever comes, and refused if somebody waits.
func TestBrokenEnvelopes(t *testing.T) {
	front := newFront(t, []Function{
		userFunction("message", func(*Invocation) error { return nil }), systemFunction("connect", func(*Invocation) error { return nil }),
		systemFunction("connected", func(*Invocation) error { return nil }), systemFunction("disconnected", func(*Invocation) error { return nil }),
	}, logTo(&logBuffer{}))
	for name, body := range brokenEnvelopes() {
		for _, function := range []string{"message", "connect", "connected", "disconnected"} {
			r := httptest.NewRequest(http.MethodPost, "/"+function, strings.NewReader(body))
			r.Header.Set(headerInvocationID, "1")
			w := httptest.NewRecorder()
			front.ServeHTTP(w, r)
			var answer struct {
				Outputs     map[string]json.RawMessage
				ReturnValue json.RawMessage
			}
			if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != http.StatusOK || len(answer.Outputs) > 0 {
				t.Errorf("%s, %s: %d %.200s, %v", name, function, w.Code, w.Body, err)
			}
			refused := strings.HasPrefix(string(answer.ReturnValue), `{"code":"`)
			if waits := function == "message" || function == "connect"; !refused && string(answer.ReturnValue) != "null" || refused && !waits {
				t.Errorf("%s, %s: %.200s", name, function, answer.ReturnValue)
			} else if !refused && waits && name != "other case" {
				t.Errorf("%s, %s: it passed for an event", name, function)
			}
		}
	}
}
