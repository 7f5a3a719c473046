package hosttest

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"time"
)

// envelope is the body of an invocation (host-spec 1.3).
type envelope struct {
	Data     object
	Metadata object
}

// nested is a value that stays a JSON object in the envelope: an HttpRequest, a JObject.
type nested json.RawMessage

// envelopeValue writes a value as the host's one routine for Data and Metadata does (host-spec 1.4):
// bytes as base64, dates as dates, objects as they are, and all else as a string that holds its JSON.
func envelopeValue(value any) json.RawMessage {
	switch v := value.(type) {
	case nil:
		return marshal("null")
	case nested:
		return json.RawMessage(v)
	case []byte:
		return marshal(base64.StdEncoding.EncodeToString(v))
	case payload:
		return marshal(string(marshal(utf8Text(v))))
	case time.Time:
		return marshal(v.Format("2006-01-02T15:04:05"))
	}
	raw := marshal(value)
	if isObject(raw) {
		return raw
	}
	return marshal(string(raw))
}

// newID returns a random GUID in format D.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// systemData is sys, the binding data every invocation has.
type systemData struct {
	MethodName string
	UtcNow     string
	RandGuid   string
}

func newSystemData(function string, now time.Time) systemData {
	return systemData{function, now.UTC().Format("2006-01-02T15:04:05.0000000Z"), newID()}
}

// retryContext tells an invocation which attempt it is; only functions with a retry policy get one.
type retryContext struct {
	RetryCount    int
	MaxRetryCount int
	Exception     json.RawMessage // an object, as .NET writes exceptions; nil is null
}

// triggerInput is a trigger's value and what it provides by name.
type triggerInput struct {
	value any
	data  *bindingData
}

// text makes a trigger's text value the input: JSON objects are merged into the binding data, which
// lets a sender replace what is there (host-spec 1.4). binary, the binding's dataType, rules that out.
func (t *triggerInput) text(text string, binary bool) {
	if binary {
		t.value = []byte(text)
		return
	}
	t.value = text
	t.data.merge(text)
}
