package wps

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// The extension's own texts (extension-spec 8).
var (
	errDataNotText   = errors.New("Message data should be string, please stringify object.")                   //lint:ignore ST1005 the extension's text
	errDataNotBinary = errors.New("WebPubSubDataType is binary, please use ArrayBuffer as message data type.") //lint:ignore ST1005 the extension's text
)

// looseName is a name or the number that .NET knows it by.
type looseName string

// UnmarshalJSON takes a string or a number; null leaves it empty.
func (n *looseName) UnmarshalJSON(doc []byte) error {
	if number := json.Number(""); json.Unmarshal(doc, &number) == nil {
		*n = looseName(number)
		return nil
	}
	return json.Unmarshal(doc, (*string)(n))
}

func parseDataType(name looseName) (DataType, error) {
	switch strings.ToLower(string(name)) {
	case "", "text", "2":
		return DataTypeText, nil
	case "json", "1":
		return DataTypeJSON, nil
	case "binary", "0":
		return DataTypeBinary, nil
	}
	return "", fmt.Errorf("dataType %q is none of text, json and binary", name)
}

func parsePermission(name looseName) Permission {
	switch name {
	case "1":
		return PermissionSendToGroup
	case "2":
		return PermissionJoinLeaveGroup
	}
	return Permission(name)
}

// buffer is bytes as JavaScript and .NET have them in JSON. What it says to be may be anything but null.
type buffer struct {
	kind, data json.RawMessage
}

// readBuffer reads an object that may be one. As the reference's converter has it, type is spelled so, and data
// in any case.
func readBuffer(doc json.RawMessage) (b buffer, ok bool) {
	var members map[string]json.RawMessage
	if json.Unmarshal(doc, &members) != nil {
		return b, false
	}
	for name, value := range members {
		if strings.EqualFold(name, "data") && (b.data == nil || name == "data") {
			b.data = value
		}
	}
	b.kind = members["type"]
	return b, len(b.kind) > 0 && !isNull(b.kind)
}

// isBuffer reports whether data is an object that says it is a Buffer, in any case as the reference's
// CheckDataType has it.
func isBuffer(data json.RawMessage) bool {
	b, ok := readBuffer(data)
	var kind string
	return ok && json.Unmarshal(b.kind, &kind) == nil && strings.EqualFold(kind, "Buffer")
}

// parseData reads data: a string as it is, whatever its type, or an object with bytes.
func parseData(data json.RawMessage, t DataType) (Payload, error) {
	if len(data) == 0 || string(data) == "null" {
		return Payload{}, nil
	}
	var text string
	if json.Unmarshal(data, &text) == nil {
		return Payload{dataType: t, bytes: []byte(text)}, nil
	}
	b, ok := readBuffer(data)
	if !ok {
		return Payload{}, errDataNotText
	}
	content, err := parseBytes(b.data)
	if err != nil {
		return Payload{}, fmt.Errorf("data of type %.50s: %w", b.kind, err)
	}
	return Payload{dataType: t, bytes: content}, nil
}

func parseBytes(doc json.RawMessage) ([]byte, error) {
	var text *string
	if json.Unmarshal(doc, &text) == nil && text != nil {
		return base64.StdEncoding.DecodeString(*text)
	}
	var numbers []int
	if json.Unmarshal(doc, &numbers) != nil || numbers == nil {
		return nil, errors.New("its data is neither an array of bytes nor base64")
	}
	content := make([]byte, len(numbers))
	for i, n := range numbers {
		if n < 0 || n > 255 {
			return nil, fmt.Errorf("item %d of its data is %d, which is no byte", i+1, n)
		}
		content[i] = byte(n)
	}
	return content, nil
}
