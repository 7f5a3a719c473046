package emulator

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestDecodeJSONRequest(t *testing.T) {
	ack := func(n uint64) *uint64 { return &n }
	tests := []struct {
		message string
		want    request
	}{
		{`{"type":"PING"}`, request{op: opPing}},
		{`{"type":"sequenceAck","sequenceId":18446744073709551615}`, request{op: opAcknowledge, sequence: 18446744073709551615}},
		{`{"type":"joinGroup","group":"g","ackId":0,"more":[]}`, request{op: opJoin, name: "g", ackID: ack(0)}},
		{`{"type":"leaveGroup","group":" g "}`, request{op: opLeave, name: " g "}},
		{`{"type":"sendToGroup","group":"g","data":"x"}`, request{op: opPublish, name: "g", payload: payload{kind: jsonData, data: []byte(`"x"`)}}},
		{`{"type":"sendToGroup","group":"g","dataType":"text","data":"a\n","noEcho":true,"ttlSeconds":300}`,
			request{op: opPublish, name: "g", noEcho: true, ttl: 5 * time.Minute, payload: payload{kind: textData, data: []byte("a\n")}}},
		{`{"type":"sendToGroup","group":"g","dataType":"binary","data":"AP8=","noEcho":false}`,
			request{op: opPublish, name: "g", payload: payload{kind: binaryData, data: []byte{0, 255}}}},
		{`{"type":"event","event":"a.b-c","data": [1, 2.0],"ackId":7}`,
			request{op: opEvent, name: "a.b-c", ackID: ack(7), payload: payload{kind: jsonData, data: []byte(`[1, 2.0]`)}}},
		{`{"type":"event","event":"e","metadata":{"b":"1","B":"2"}}`,
			request{op: opEvent, name: "e", payload: payload{kind: textData, metadata: []metadataEntry{{"b", "1"}, {"B", "2"}}}}},
	}
	for _, tt := range tests {
		got, err := decodeJSONRequest([]byte(tt.message))
		if err != nil {
			t.Errorf("%s: %v", tt.message, err)
			continue
		}
		if len(got.data) == 0 {
			got.data = nil
		} else {
			got.data = append([]byte(nil), got.data...)
		}
		if !reflect.DeepEqual(*got, tt.want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", tt.message, *got, tt.want)
		}
	}
}

func TestDecodeJSONRequestRefuses(t *testing.T) {
	event := func(rest string) string { return `{"type":"event","event":"e",` + rest + `}` }
	publish := func(rest string) string { return `{"type":"sendToGroup","group":"g","data":1,` + rest + `}` }
	metadata := func(key, value string) string { return event(fmt.Sprintf(`"metadata":{%q:%q}`, key, value)) }
	big := strings.Repeat(`"k%d":"`+strings.Repeat("v", 1000)+`",`, 1)
	var many strings.Builder
	for i := range 9 {
		fmt.Fprintf(&many, big, i)
	}
	tests := []string{
		"", "null", "[]", "1", "{} x", `{"type":1}`, `{"Type":"ping"}`, `{"type":"invoke"}`, "{\"type\":\"ping\xff\"}",
		`{"type":"sequenceAck"}`, `{"type":"sequenceAck","sequenceId":-1}`, `{"type":"sequenceAck","sequenceId":"x"}`,
		`{"type":"joinGroup"}`, `{"type":"joinGroup","group":1}`, `{"type":"joinGroup","group":"\t "}`,
		`{"type":"joinGroup","group":"g","ackId":"1"}`, `{"type":"joinGroup","group":"g","ackId":1.0}`,
		`{"type":"joinGroup","group":"g","ackId":null}`, `{"type":"joinGroup","group":"g","ackId":18446744073709551616}`,
		`{"type":"event","data":1}`, `{"type":"event","event":"a b","data":1}`, `{"type":"event","event":"e"}`,
		event(`"data":null`), event(`"dataType":"text","data":1`), event(`"dataType":"binary","data":"?"`),
		event(`"dataType":"protobuf","data":"AA=="`), event(`"dataType":1,"data":1`), event(`"metadata":{}`),
		publish(`"noEcho":"true"`), publish(`"noEcho":null`), publish(`"ttlSeconds":301`), publish(`"ttlSeconds":-1`),
		publish(`"stream":{"streamId":"s"}`),
		event(`"metadata":[]`), event(`"metadata":{"a":1}`), event(`"metadata":{"a":{}}`), event(`"metadata":{"a":"1","a":"2"}`),
		metadata("", "v"), metadata("a b", "v"), metadata("é", "v"), metadata("k", "é"), metadata("k", "a\nb"),
		metadata(strings.Repeat("k", 257), "v"), metadata("k", strings.Repeat("v", 1025)),
		event(`"metadata":{` + many.String() + `"last":""}`),
	}
	for _, message := range tests {
		if got, err := decodeJSONRequest([]byte(message)); err == nil {
			t.Errorf("%.120s is taken as %+v", message, *got)
		}
	}
	for _, good := range []string{metadata(strings.Repeat("k", 256), strings.Repeat("v", 1024)), publish(`"ttlSeconds":0`)} {
		if _, err := decodeJSONRequest([]byte(good)); err != nil {
			t.Errorf("%.120s: %v", good, err)
		}
	}
}
