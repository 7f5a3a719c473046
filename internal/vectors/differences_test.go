package vectors

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestDifferencesAreDocumented holds the two tables of docs/differences.md against the rules.
func TestDifferencesAreDocumented(t *testing.T) {
	src, err := os.ReadFile(filepath.Join("..", "..", "docs", "differences.md"))
	if err != nil {
		t.Fatal(err)
	}
	first, second, ok := strings.Cut(string(src), "\n## Behind the Functions host\n")
	if !ok {
		t.Fatal("the page has no part about the Functions host")
	}
	for _, c := range []struct {
		page string
		want []Difference
	}{{first, Differences}, {second, HostDecisions}} {
		var want []string
		for _, d := range c.want {
			want = append(want, "| "+d.Extension+" | "+d.Runtime+" | "+d.Why+" |")
		}
		if got := rows(c.page); !slices.Equal(got, want) {
			t.Errorf("the page has the rows\n%s\nthe rules are\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// rows are the lines of a table, but for its head.
func rows(page string) []string {
	var list []string
	for line := range strings.Lines(page) {
		if line = strings.TrimSuffix(line, "\n"); strings.HasPrefix(line, "| ") {
			list = append(list, line)
		}
	}
	return list[min(len(list), 1):]
}

// apply makes a case of a vector and returns what is expected of the runtime.
func apply(t *testing.T, file, doc string) *Case {
	t.Helper()
	c := &Case{File: file, Members: Decode[map[string]json.RawMessage](t, json.RawMessage(doc))}
	c.Expected = Decode[map[string]json.RawMessage](t, c.Members["expected"])
	c.Apply()
	return c
}

func TestDifferences(t *testing.T) {
	for _, c := range []struct{ name, file, doc, want string }{
		{"nothing applies", FileReturns, `{"event":"user","returned":{"code":1,"errorMessage":"m"},"expected":{"status":400,"bodyText":"m"}}`, `{"status":400,"bodyText":"m"}`},
		{"no message", FileReturns, `{"event":"user","returned":{"code":"userError"},"expected":{"status":500}}`,
			`{"status":400,"bodyText":"","contentType":"text/plain; charset=utf-8"}`},
		{"a code for MQTT", FileReturns, `{"event":"connect","clientProtocol":"mqtt","returned":{"code":"unauthorized","errorMessage":"m"},"expected":{"status":500}}`,
			`{"status":401,"bodyText":"{\"mqtt\":{\"code\":135,\"reason\":\"m\",\"userProperties\":null}}"}`},
		{"a code for an MQTT client's message", FileReturns, `{"event":"user","clientProtocol":"mqtt","returned":{"code":"unauthorized","errorMessage":"m"},"expected":{"status":401,"bodyText":"m"}}`,
			`{"status":401,"bodyText":"m"}`},
		{"a CONNACK code for others", FileReturns, `{"event":"user","returned":{"mqtt":{"code":133},"errorMessage":"m"},"expected":{"status":500,"bodyText":"x"}}`, `{"status":400,"bodyText":"m"}`},
		{"no CONNACK code", FileReturns, `{"event":"connect","clientProtocol":"mqtt","returned":{"mqtt":{"code":130}},"expected":{"status":500}}`,
			`{"status":500,"bodyText":"{\"mqtt\":{\"code\":136,\"reason\":\"The function failed.\",\"userProperties\":null}}"}`},
		{"a CONNACK code of a failure", FileReturns, `{"event":"connect","clientProtocol":"mqtt","returned":{"mqtt":{"code":136}},"expected":{"status":500,"bodyText":"b"}}`, `{"status":500,"bodyText":"b"}`},
		{"an exception", FileReturns, `{"event":"user","returned":5,"expected":{"status":500,"bodyText":"Response should be a JObject."}}`, `{"status":500,"bodyText":"The function failed."}`},
		{"nobody waits", FileReturns, `{"event":"connected","returned":{"code":"userError"},"expected":{"status":200}}`, `{"status":200}`},
		{"bad input", FileRequests, `{"settings":{},"expected":{"status":500,"dispatched":false}}`, `{"status":400,"dispatched":false}`},
		{"a function's failure", FileRequests, `{"settings":{},"expected":{"status":500,"dispatched":true}}`, `{"status":500,"dispatched":true,"bodyText":"The function failed."}`},
		{"a refusal of a request", FileRequests, `{"settings":{},"functionReturns":{"code":"serverError","ErrorMessage":"m"},"expected":{"status":500,"dispatched":true,"bodyText":"m"}}`,
			`{"status":500,"dispatched":true,"bodyText":"m"}`},
		{"no message for a request", FileRequests, `{"settings":{},"request":{"headers":[["ce-type","azure.webpubsub.sys.connect"],["ce-eventName","Connect"]]},"functionReturns":{"code":0},"expected":{"status":500,"dispatched":true}}`,
			`{"status":401,"dispatched":true,"bodyText":"","contentType":"text/plain; charset=utf-8"}`},
		{"a code for an MQTT client's request", FileRequests, `{"settings":{},"request":{"headers":[["ce-type","azure.webpubsub.sys.connect"],["ce-eventname","connect"],["ce-subprotocol","mqtt"],["ce-physicalConnectionId","p"]]},"functionReturns":{"code":1},"expected":{"status":500,"dispatched":true}}`,
			`{"status":400,"dispatched":true,"bodyText":"{\"mqtt\":{\"code\":134,\"reason\":null,\"userProperties\":null}}"}`},
		{"a code for an MQTT 3.1.1 client's request", FileRequests, `{"settings":{},"request":{"headers":[["ce-type","azure.webpubsub.sys.connect"],["ce-eventName","connect"],["ce-subprotocol","mqtt"],["ce-physicalConnectionId","p"]],"bodyBase64":"eyJtcXR0Ijp7InByb3RvY29sVmVyc2lvbiI6NH19"},"functionReturns":{"code":1},"expected":{"status":500,"dispatched":true}}`,
			`{"status":400,"dispatched":true,"bodyText":"{\"mqtt\":{\"code\":4,\"reason\":null,\"userProperties\":null}}"}`},
		{"a request that nobody answers", FileRequests, `{"settings":{},"request":{"headers":[["ce-type","azure.webpubsub.sys.connected"],["ce-eventName","connected"]]},"functionReturns":{"code":1},"expected":{"status":200,"dispatched":true}}`,
			`{"status":200,"dispatched":true}`},
		{"no origin", FilePreflight, `{"expected":{"status":500}}`, `{"status":400}`},
		{"nine signatures", FileSignatures, `{"accesses":[{"accessKey":"k"}],"signature":"1,2 3,4,5,6,7,8,9","expected":{"valid":true}}`, `{"valid":false}`},
		{"a context's exception", FileContext, `{"request":{},"expected":{"errorMessage":"Unexpected end.","response":{"status":400,"body":"Unexpected end."}}}`,
			`{"errorMessage":"The event's body could not be read.","response":{"status":400,"body":"The event's body could not be read."}}`},
		{"a text at the start", FileSettings, `{"settings":{},"binding":{},"expected":{"error":"Failed to resolve substitute configure: %x%, please add."}}`, `{"error":"'%x%' does not resolve to a value."}`},
		{"an exception at the start", FileSettings, `{"settings":{},"binding":{},"expected":{"error":"ArgumentNullException"}}`, `{"error":""}`},
		{"an empty hub", FileSettings, `{"settings":{"webpubsubhub":"h"},"binding":{"type":"webPubSub","hub":""},"expected":{"hub":""}}`, `{"hub":"h"}`},
		{"an empty connection", FileSettings, `{"settings":{"WebPubSubConnectionString__serviceUri":"u"},"binding":{"type":"webPubSub","connection":""},"expected":{"error":"Connection must be."}}`, `{}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := json.Marshal(apply(t, c.file, c.doc).Expected)
			if err == nil {
				err = Same(json.RawMessage(c.want), got)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestDifferencesInTheSetUp(t *testing.T) {
	for _, c := range []struct {
		file, doc                   string
		unsigned, vouched, refusing bool
	}{
		{FileRequests, `{"settings":{},"expected":{}}`, true, false, false},
		{FileRequests, `{"settings":{"WebPubSubConnectionString":"Endpoint=https://a;AccessKey=k"},"expected":{}}`, false, false, false},
		{FileRequests, `{"settings":{"webpubsubconnectionstring":"Endpoint=https://a"},"expected":{}}`, false, true, false},
		{FileRequests, `{"settings":{"WebPubSubConnectionString__serviceUri":"https://a"},"expected":{}}`, false, true, false},
		{FileSettings, `{"settings":{},"binding":{"type":"webPubSubTrigger"},"expected":{"accesses":null}}`, true, false, false},
		{FileSettings, `{"settings":{},"binding":{"type":"webPubSubTrigger","connection":"A"},"expected":{"accesses":null}}`, false, false, false},
		{FileSettings, `{"settings":{},"binding":{"type":"webPubSubContext"},"codeOptions":{"connectionString":"Endpoint=https://a;AccessKey=k"},"expected":{}}`, true, false, false},
		{FileSignatures, `{"accesses":[],"expected":{"valid":true}}`, true, false, false},
		{FileSignatures, `{"accesses":[{"accessKey":""}],"expected":{"valid":true}}`, false, false, true},
		{FileSignatures, `{"accesses":[{"accessKey":null}],"expected":{"valid":true}}`, false, true, false},
		{FileContext, `{"request":null,"expected":{"hasError":true}}`, true, false, true},
	} {
		got := apply(t, c.file, c.doc)
		if got.Unsigned != c.unsigned || got.Vouched != c.vouched || got.Refused != c.refusing {
			t.Errorf("%s %s: unsigned %t, vouched %t, refused %t", c.file, c.doc, got.Unsigned, got.Vouched, got.Refused)
		}
	}
}
