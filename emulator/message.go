package emulator

import (
	"time"

	"github.com/coder/websocket"
)

// dataType is what a payload is made of.
type dataType uint8

const (
	textData dataType = iota
	jsonData
	binaryData
	protobufData // an encoded google.protobuf.Any
)

// payload is the data of a message with its metadata. The bytes are shared and never changed.
type payload struct {
	kind     dataType
	data     []byte
	metadata []metadataEntry
}

// message is one data message on its way to clients, from a group when group is not empty and from
// the server otherwise.
type message struct {
	payload
	group      string
	fromUserID *string   // nil for an anonymous sender and for REST
	expires    time.Time // after which nobody wants it any more; zero for never
}

// expiry is when a message with a time to live sent now expires; 0 is for ever.
func expiry(ttl time.Duration) time.Time {
	if ttl == 0 {
		return time.Time{}
	}
	return time.Now().Add(ttl)
}

// frame is one WebSocket message, ready to be written.
type frame struct {
	kind websocket.MessageType
	data []byte
}

func textFrame(data []byte) frame   { return frame{websocket.MessageText, data} }
func binaryFrame(data []byte) frame { return frame{websocket.MessageBinary, data} }
