package emulator

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/wpsgen/wpsgen/internal/wire"
)

func (c *call) sendToAll() *restError {
	return c.send(audience{kind: everybody, excluded: c.query["excluded"]})
}

func (c *call) sendToConnection() *restError {
	return c.send(audience{kind: oneConnection, name: c.id})
}

func (c *call) sendToGroup() *restError {
	return c.send(audience{kind: oneGroup, name: c.group, excluded: c.query["excluded"]})
}

func (c *call) sendToUser() *restError {
	return c.send(audience{kind: oneUser, name: c.user})
}

// send publishes the body. To a group it comes from the group without a sender, else from the server.
func (c *call) send(to audience) *restError {
	ttl, fail := c.timeToLive()
	if fail != nil {
		return fail
	}
	if to.kind != oneConnection {
		if to.filter, fail = parseFilter(lastValue(c.query, "filter")); fail != nil {
			return fail
		}
	}
	data, fail := c.payload()
	if fail != nil {
		return fail
	}
	c.hub.publish(&message{payload: data, group: c.group, expires: expiry(ttl)}, to)
	return nil
}

// timeToLive reads messageTtlSeconds; 0 is for ever.
func (c *call) timeToLive() (time.Duration, *restError) {
	text := lastValue(c.query, "messageTtlSeconds")
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > maxTTLSeconds {
		return 0, badRequest("messageTtlSeconds must be a number from 0 to %d.", maxTTLSeconds)
	}
	return time.Duration(n) * time.Second, nil
}

// payload reads the body of a send.
func (c *call) payload() (payload, *restError) {
	kind, charset, fail := c.contentType()
	if fail != nil {
		return payload{}, fail
	}
	if c.request.ContentLength < 0 {
		return payload{}, badRequest("Content-Length is required.")
	}
	if c.request.ContentLength > maxMessage {
		return payload{}, badRequest("The message has more than %d bytes.", maxMessage)
	}
	data, err := io.ReadAll(c.request.Body)
	if err != nil {
		return payload{}, badRequest("The message cannot be read.")
	}
	if kind != binaryData {
		if data, err = decodeText(data, charset); err != nil {
			return payload{}, badRequest("The message is not %s text.", charset)
		}
	}
	if kind == jsonData && !json.Valid(data) {
		return payload{}, badRequest("The message is not JSON, as its Content-Type says.")
	}
	metadata, err := metadataFrom(c.request.Header)
	if err != nil {
		return payload{}, badRequest("%v", err)
	}
	return payload{kind: kind, data: data, metadata: metadata}, nil
}

// contentType reads the Content-Type; none means binary.
func (c *call) contentType() (kind dataType, charset string, fail *restError) {
	header := c.request.Header.Get("Content-Type")
	if header == "" {
		return binaryData, "", nil
	}
	media, params, err := mime.ParseMediaType(header)
	charset = strings.ToLower(params["charset"])
	if charset == "" {
		charset = "utf-8"
	}
	if err == nil {
		switch media {
		case wire.MediaTypeText:
			kind = textData
		case wire.MediaTypeJSON:
			kind = jsonData
		case wire.MediaTypeBinary:
			return binaryData, "", nil
		default:
			err = fmt.Errorf("unknown media type")
		}
	}
	if err != nil || charset != "utf-8" && charset != "us-ascii" && charset != "iso-8859-1" {
		return 0, "", unsupportedMedia("Use text/plain, application/json or application/octet-stream, in UTF-8.")
	}
	return kind, charset, nil
}

// decodeText turns text in a charset into UTF-8.
func decodeText(data []byte, charset string) ([]byte, error) {
	if charset == "iso-8859-1" {
		runes := make([]rune, len(data))
		for i, b := range data {
			runes[i] = rune(b)
		}
		return []byte(string(runes)), nil
	}
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("not %s", charset)
	}
	return data, nil
}
