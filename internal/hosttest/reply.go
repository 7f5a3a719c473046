package hosttest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// reply is what the service gets for an event.
type reply struct {
	status      int
	contentType string
	body        []byte
	states      states
}

const contentTypeError = "text/plain; charset=utf-8"

var (
	errNotObject = errors.New("Response should be a JObject.")                           //lint:ignore ST1005 the extension's own text
	errNotString = errors.New("Message data should be string, please stringify object.") //lint:ignore ST1005 the extension's own text
	errNull      = errors.New("Value cannot be null. (Parameter 'content')")             //lint:ignore ST1005 .NET's own text
	errReference = errors.New("Object reference not set to an instance of an object.")   //lint:ignore ST1005 .NET's own text
)

// returned is a function's return value. token tells that it came as a JSON token; a custom handler's
// text, number or boolean comes as a value of .NET, and only its objects and arrays as tokens.
type returned struct {
	raw   json.RawMessage
	token bool
}

// fromHandler is a custom handler's ReturnValue (host-spec 2.4).
func fromHandler(raw json.RawMessage) returned {
	return returned{raw, isObject(raw) || isArray(raw)}
}

// newReply is the answer to an event whose function returned r (extension-spec 5).
func newReply(e *event, r returned) reply {
	if e.kind != kindConnect && e.kind != kindUser {
		return reply{status: http.StatusOK}
	}
	if isNull(r.raw) || !r.token {
		return reply{status: http.StatusOK} // a connect is accepted, with a line in the host's log
	}
	answer, err := convertReply(e, r.raw)
	if err != nil {
		return reply{status: http.StatusInternalServerError, contentType: contentTypeError, body: []byte(err.Error())}
	}
	return answer
}

// convertReply finds out first whether the object is an error, by keys of exact case.
func convertReply(e *event, raw json.RawMessage) (reply, error) {
	o, err := parseObject(raw)
	if err != nil {
		return reply{}, errNotObject
	}
	status, failed := http.StatusOK, false
	if code, ok := o.exact("code"); ok {
		if status, err = codeStatus(code); err != nil {
			return reply{}, err
		}
		failed = status != http.StatusOK
	}
	mqttPart, _ := o.exact("mqtt")
	mqtt, err := parseObject(mqttPart)
	_, mqttCode := mqtt.exact("code")
	mqttCode = mqttCode && err == nil
	switch {
	case e.kind == kindConnect && e.context.mqtt && (failed || mqttCode):
		return mqttErrorReply(o)
	case failed || mqttCode:
		return errorReply(o)
	case e.kind == kindConnect:
		return connectReply(e, o)
	}
	return userReply(e, o)
}

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
	return fmt.Errorf("Error converting value %s to type '%s'.", raw, target) //lint:ignore ST1005 Newtonsoft's own text
}

func errorReply(o object) (reply, error) {
	code, ok := o.fold("code")
	if !ok {
		return reply{}, errors.New("Required property 'code' not found in JSON.") //lint:ignore ST1005 Newtonsoft's own text
	}
	status, err := codeStatus(code)
	if err != nil {
		return reply{}, err
	}
	message, ok := o.fold("errorMessage")
	if !ok || isNull(message) {
		return reply{}, errNull // the text body is built from null
	}
	return reply{status: status, contentType: contentTypeError, body: []byte(netText(message))}, nil
}

func connectReply(e *event, o object) (reply, error) {
	body := object{}
	if e.context.mqtt {
		mqtt, err := mqttSuccess(o)
		if err != nil {
			return reply{}, err
		}
		body = append(body, member{"mqtt", mqtt})
	}
	for _, field := range []string{"userId", "groups", "subprotocol", "roles"} {
		raw, _ := o.fold(field)
		value, err := connectField(field, raw)
		if err != nil {
			return reply{}, err
		}
		if field == "subprotocol" && isNull(value) && e.context.mqtt {
			value = marshal("mqtt")
		}
		body = append(body, member{field, value})
	}
	given, _ := o.fold("states")
	return reply{status: http.StatusOK, contentType: wire.MediaTypeJSON, body: marshal(body), states: e.context.states.merge(given)}, nil
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

func userReply(e *event, o object) (reply, error) {
	mediaType := wire.MediaTypeBinary // the enum's zero
	if raw, ok := o.fold("dataType"); ok {
		var err error
		if mediaType, err = dataTypeValue(raw); err != nil {
			return reply{}, err
		}
	}
	raw, ok := o.fold("data")
	if !ok {
		return reply{}, errReference // [I]: the body is made of no data
	}
	data, err := messageData(raw)
	if err != nil {
		return reply{}, err
	}
	given, _ := o.fold("states")
	return reply{status: http.StatusOK, contentType: mediaType, body: data, states: e.context.states.merge(given)}, nil
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
	kind, _ := o.fold("type")
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
