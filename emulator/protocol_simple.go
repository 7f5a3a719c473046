package emulator

import (
	"errors"
	"unicode/utf8"

	"github.com/coder/websocket"
)

// simpleEvent is the user event that every message of a simple client is.
const simpleEvent = "message"

// simpleProtocol serves clients without a subprotocol of the service (service-spec 2.1): what they
// send is payload, what they get is payload.
type simpleProtocol struct {
	group  string // when set, messages are published to it instead of raised as events
	noEcho bool
}

func (simpleProtocol) encoding() encoding { return encodingSimple }

func (simpleProtocol) message(m *message) frame {
	if m.kind == textData || m.kind == jsonData {
		return textFrame(m.data)
	}
	return binaryFrame(m.data)
}

func (simpleProtocol) connected(*string, string, string) (frame, bool) { return frame{}, false }
func (simpleProtocol) disconnected(string) (frame, bool)               { return frame{}, false }
func (simpleProtocol) pong() frame                                     { return frame{} }
func (simpleProtocol) invalid() closing                                { return closeInvalidText }
func (simpleProtocol) cancelsPending() bool                            { return true }

func (simpleProtocol) answer(_ *request, f *failure) (frame, bool, *closing) {
	if f == nil {
		return frame{}, false, nil
	}
	end := closeWith(f.code, f.message)
	return frame{}, false, &end
}

func (p simpleProtocol) decode(kind websocket.MessageType, data []byte) (*request, error) {
	req := &request{op: opEvent, name: simpleEvent, payload: payload{kind: binaryData, data: data}}
	if kind == websocket.MessageText {
		if !utf8.Valid(data) {
			return nil, errors.New("a text message is not UTF-8")
		}
		req.kind = textData
	}
	if p.group != "" {
		req.op, req.name, req.noEcho = opPublish, p.group, p.noEcho
	}
	return req, nil
}
