package emulator

import (
	"strings"
	"time"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// protocol is how one kind of client spells messages and requests. Values are shared between
// connections where they hold no settings of one client.
type protocol interface {
	// encoding names the wire form: connections with the same one get the same bytes.
	encoding() encoding
	// message is a data message.
	message(*message) frame
	// connected is the first frame a client gets, if the protocol has one. The token is empty for
	// protocols that are not reliable.
	connected(userID *string, connectionID, reconnectionToken string) (frame, bool)
	// disconnected comes before a close the service starts, if the protocol has one.
	disconnected(reason string) (frame, bool)
	// pong answers a ping request.
	pong() frame
	// answer tells the client how its request went: with a frame, by closing, or not at all.
	answer(*request, *failure) (f frame, ok bool, end *closing)
	// decode reads one client message; what it refuses ends the connection as invalid says.
	decode(websocket.MessageType, []byte) (*request, error)
	invalid() closing
	// cancelsPending says whether a handler call under way ends when the client leaves, and with it
	// what the client sent but was not worked on.
	cancelsPending() bool
}

// reliableProtocol is a protocol whose clients acknowledge data messages by number and can come back
// for those they missed.
type reliableProtocol interface {
	protocol
	// numbered puts the sequence id into a frame that message has made.
	numbered(f frame, sequenceID uint64) frame
}

// encoding is a wire form that frames can be shared in.
type encoding uint8

const (
	encodingSimple encoding = iota
	encodingJSON
	encodings // how many there are
)

// protocolFor returns the protocol of a subprotocol, or nil when the client is a simple one.
func protocolFor(subprotocol string) protocol {
	switch {
	case strings.EqualFold(subprotocol, wire.SubprotocolJSON):
		return jsonProtocol{}
	case strings.EqualFold(subprotocol, wire.SubprotocolReliableJSON):
		return reliableJSON{}
	}
	return nil
}

// unsupported lists the service's subprotocols that the emulator does not speak, to say so.
var unsupported = []string{
	"protobuf.webpubsub.azure.v1",
	"protobuf.reliable.webpubsub.azure.v1",
	"mqtt",
}

// request is what a client asks for.
type request struct {
	op       operation
	name     string  // of the group or event
	ackID    *uint64 // nil when the client wants no ack
	noEcho   bool
	ttl      time.Duration // 0 for no limit
	sequence uint64        // what opAcknowledge acknowledges
	payload
}

type operation uint8

const (
	opPing operation = iota
	opJoin
	opLeave
	opPublish
	opEvent
	opAcknowledge
)

// failure is why a request was not done.
type failure struct {
	name    string // of the error in an ack (service-spec 2.4)
	message string
	code    websocket.StatusCode // for clients that know no acks
}
