package emulator

import (
	"encoding/base64"
	"strconv"

	"github.com/coder/websocket"
)

// jsonProtocol is json.webpubsub.azure.v1 (service-spec 2.2 to 2.4). Members are written in the order
// the service has been seen to write them.
type jsonProtocol struct{}

func (jsonProtocol) encoding() encoding { return encodingJSON }

func (jsonProtocol) message(m *message) frame {
	b := make([]byte, 0, len(m.data)*4/3+len(m.group)+160)
	if m.group != "" {
		b = append(b, `{"type":"message","from":"group","group":`...)
		b = appendString(b, m.group)
		b = append(b, `,"fromUserId":`...)
		b = appendStringOrNull(b, m.fromUserID)
	} else {
		b = append(b, `{"type":"message","from":"server"`...)
	}
	b = appendData(b, m.payload)
	b = appendMetadata(b, m.metadata)
	return textFrame(append(b, '}'))
}

func appendData(b []byte, p payload) []byte {
	switch p.kind {
	case textData:
		b = append(b, `,"dataType":"text","data":`...)
		return appendString(b, string(p.data))
	case jsonData:
		b = append(b, `,"dataType":"json","data":`...)
		return append(b, p.data...)
	case binaryData:
		b = append(b, `,"dataType":"binary","data":"`...)
	case protobufData:
		b = append(b, `,"dataType":"protobuf","data":"`...)
	}
	return append(base64.StdEncoding.AppendEncode(b, p.data), '"')
}

func appendMetadata(b []byte, entries []metadataEntry) []byte {
	if len(entries) == 0 {
		return b
	}
	b = append(b, `,"metadata":`...)
	separator := byte('{')
	for _, m := range entries {
		b = appendString(append(b, separator), m.key)
		b = appendString(append(b, ':'), m.value)
		separator = ','
	}
	return append(b, '}')
}

func (jsonProtocol) connected(userID *string, connectionID, reconnectionToken string) (frame, bool) {
	b := append([]byte(nil), `{"type":"system","event":"connected","userId":`...)
	b = appendStringOrNull(b, userID)
	b = appendString(append(b, `,"connectionId":`...), connectionID)
	if reconnectionToken != "" {
		b = appendString(append(b, `,"reconnectionToken":`...), reconnectionToken)
	}
	return textFrame(append(b, '}')), true
}

func (jsonProtocol) disconnected(reason string) (frame, bool) {
	b := append([]byte(nil), `{"type":"system","event":"disconnected","message":`...)
	return textFrame(append(appendString(b, reason), '}')), true
}

func (jsonProtocol) pong() frame { return textFrame([]byte(`{"type":"pong"}`)) }

func (jsonProtocol) invalid() closing { return closeInvalidJSON }

func (jsonProtocol) cancelsPending() bool { return false }

// answer is an ack for requests that asked for one; without ackId even a failure stays silent.
func (jsonProtocol) answer(req *request, f *failure) (frame, bool, *closing) {
	if req.ackID == nil {
		return frame{}, false, nil
	}
	b := strconv.AppendUint([]byte(`{"type":"ack","ackId":`), *req.ackID, 10)
	if f == nil {
		return textFrame(append(b, `,"success":true}`...)), true, nil
	}
	b = appendString(append(b, `,"success":false,"error":{"name":`...), f.name)
	b = appendString(append(b, `,"message":`...), f.message)
	return textFrame(append(b, `}}`...)), true, nil
}

// decode accepts UTF-8 JSON in text and in binary messages: sources differ on the second.
func (jsonProtocol) decode(_ websocket.MessageType, data []byte) (*request, error) {
	return decodeJSONRequest(data)
}
