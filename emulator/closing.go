package emulator

import (
	"unicode/utf8"

	"github.com/coder/websocket"
)

// closing is how the service ends a connection (service-spec 1.7).
type closing struct {
	code   websocket.StatusCode
	text   string // of the close frame
	reason string // of the disconnected event and the disconnected frame
}

// Texts of the close frames the service starts.
var (
	closeGoingAway     = closeWith(websocket.StatusGoingAway, "The service is shutting down.")
	closeInvalidJSON   = closeWith(websocket.StatusInvalidFramePayloadData, "The client message is not a valid JSON protocol message.")
	closeInvalidText   = closeWith(websocket.StatusInvalidFramePayloadData, "The client message is not valid UTF-8.")
	closeTooLarge      = closeWith(websocket.StatusMessageTooBig, "The client message is too large.")
	closeSlowClient    = closeWith(websocket.StatusPolicyViolation, "The client is too slow: its outbound queue is full.")
	closeBacklogFull   = closeWith(websocket.StatusPolicyViolation, "The client has not acknowledged too many messages.")
	closeUnrecoverable = closeWith(websocket.StatusPolicyViolation, "The connection could not be recovered.")
)

func closeWith(code websocket.StatusCode, text string) closing {
	return closing{code: code, text: clipCloseText(text), reason: text}
}

// closeByServer is a close that a REST call asked for.
func closeByServer(reason string) closing {
	c := closeWith(websocket.StatusNormalClosure, reason)
	c.reason = "Application server closed the connection."
	if reason != "" {
		c.reason += " Reason: " + reason
	}
	return c
}

// maxCloseText is what a close frame has room for beside its code, in bytes.
const maxCloseText = 123

// clipCloseText shortens a text to what fits, at a character boundary, and makes it valid UTF-8 as
// a close frame must be.
func clipCloseText(s string) string {
	if !utf8.ValidString(s) {
		s = string([]rune(s))
	}
	if len(s) <= maxCloseText {
		return s
	}
	end := maxCloseText
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}
