package hosttest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// codeStatus reads a WebPubSubStatusCode: -1 Success, 0 Unauthorized, 1 UserError, 2 ServerError, or
// their names in any case. Any other number is a server error.
func codeStatus(raw json.RawMessage) (int, error) {
	text := string(bytes.Trim(raw, `"`))
	if n, err := strconv.Atoi(text); err == nil {
		return numberStatus(n), nil
	}
	switch strings.ToLower(text) {
	case "success":
		return http.StatusOK, nil
	case "unauthorized":
		return http.StatusUnauthorized, nil
	case "usererror":
		return http.StatusBadRequest, nil
	case "servererror":
		return http.StatusInternalServerError, nil
	}
	return 0, conversionError(raw, "WebPubSubStatusCode")
}

func numberStatus(n int) int {
	switch n {
	case -1:
		return http.StatusOK
	case 0:
		return http.StatusUnauthorized
	case 1:
		return http.StatusBadRequest
	}
	return http.StatusInternalServerError
}

func conversionError(raw json.RawMessage, target string) error {
	return ownText("Error converting value %s to type '%s'.", raw, target)
}

// connectField converts as Newtonsoft does: a scalar has a text, a list takes scalars.
func connectField(name string, raw json.RawMessage) (json.RawMessage, error) {
	if isNull(raw) {
		return json.RawMessage("null"), nil
	}
	if name == "userId" || name == "subprotocol" {
		if isObject(raw) || isArray(raw) {
			return nil, conversionError(raw, "System.String")
		}
		return marshal(netText(raw)), nil
	}
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		return nil, conversionError(raw, "System.String[]")
	}
	texts := make([]*string, len(items))
	for i, item := range items {
		if isObject(item) || isArray(item) {
			return nil, conversionError(item, "System.String")
		}
		if !isNull(item) {
			text := netText(item)
			texts[i] = &text
		}
	}
	return marshal(texts), nil
}

// messageData reads data: a string, or an object with a type and bytes in data, which are a list of
// numbers or base64 (extension-spec 5.3, host-spec 2.4). What became a date is neither.
func messageData(raw json.RawMessage) ([]byte, error) {
	if _, date := isDate(raw); date {
		return nil, errNotString
	}
	if s, ok := stringIn(raw); ok {
		return []byte(s), nil
	}
	o, err := parseObject(raw)
	if err != nil {
		return nil, errNotString
	}
	kind, _ := o.exact("type")
	data, _ := o.fold("data")
	if isNull(kind) || isNull(data) {
		return nil, errNotString
	}
	if text, ok := stringIn(data); ok {
		decoded, ok := fromBase64(text)
		if !ok {
			return nil, errNotString
		}
		return decoded, nil
	}
	var numbers []int
	if err := json.Unmarshal(data, &numbers); err != nil {
		return nil, errNotString
	}
	bytes := make([]byte, len(numbers))
	for i, n := range numbers {
		if n < 0 || n > 255 {
			return nil, errNotString
		}
		bytes[i] = byte(n)
	}
	return bytes, nil
}

// dataTypeValue is the media type of a WebPubSubDataType: Binary 0, Json 1, Text 2, or a name in any case.
func dataTypeValue(raw json.RawMessage) (string, error) {
	switch strings.ToLower(string(bytes.Trim(raw, `"`))) {
	case "binary", "0":
		return wire.MediaTypeBinary, nil
	case "json", "1":
		return wire.MediaTypeJSON, nil
	case "text", "2":
		return wire.MediaTypeText, nil
	}
	return "", conversionError(raw, "WebPubSubDataType")
}
