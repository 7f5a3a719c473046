package emulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// userEvent raises a user event and returns the message the handler answered with, nil for none. The
// connection state of the answer is kept (service-spec 3.5).
func (u *upstream) userEvent(c *connection, req *request) (*message, error) {
	var answered *message
	ev := &event{name: req.name, id: c.upstream.takeID(), payload: req.payload}
	ev.accept = func(r *reply) (err error) {
		if r.ok() {
			answered, err = replyMessage(r)
		}
		return err
	}
	answer, err := u.send(c.ctx, c, ev)
	if err != nil {
		return nil, err
	}
	if !answer.ok() {
		return nil, fmt.Errorf("the event handler answered %d", answer.status)
	}
	c.upstream.keepState(answer.header)
	return answered, nil
}

// replyMessage turns a handler's answer into the message for the client, nil when it says nothing.
func replyMessage(r *reply) (*message, error) {
	metadata, err := metadataFrom(r.header)
	if err != nil {
		return nil, err
	}
	if len(r.body) == 0 {
		if len(metadata) == 0 {
			return nil, nil
		}
		return &message{payload: payload{kind: textData, metadata: metadata}}, nil
	}
	kind, err := replyType(r.header.Get("Content-Type"))
	if err != nil {
		return nil, err
	}
	switch {
	case kind == jsonData && !json.Valid(r.body):
		return nil, errors.New("the event handler's answer is application/json but not JSON")
	case kind == textData:
		r.body = []byte(strings.ToValidUTF8(string(r.body), "\uFFFD"))
	}
	return &message{payload: payload{kind: kind, data: r.body, metadata: metadata}}, nil
}

// replyType reads a Content-Type, of which parameters do not count; none means binary.
func replyType(contentType string) (dataType, error) {
	if contentType == "" {
		return binaryData, nil
	}
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media, _, _ = strings.Cut(contentType, ";")
		media = strings.ToLower(strings.TrimSpace(media))
	}
	switch media {
	case wire.MediaTypeText:
		return textData, nil
	case wire.MediaTypeJSON:
		return jsonData, nil
	case wire.MediaTypeBinary:
		return binaryData, nil
	case contentTypeProtobuf:
		return protobufData, nil
	}
	return 0, fmt.Errorf("the event handler's answer is %s: use text/plain, application/json or application/octet-stream", quoteShort(media))
}
