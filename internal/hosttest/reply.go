package hosttest

import (
	"encoding/json"
	"net/http"

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
	errNotObject = ownText("Response should be a JObject.")
	errNotString = ownText("Message data should be string, please stringify object.")
	errNull      = ownText("Value cannot be null. (Parameter 'content')")
	errReference = ownText("Object reference not set to an instance of an object.")
)

// returned is a function's return value. token tells that it came as a JSON token; a custom handler's
// text, number or boolean comes as a value of .NET, and only its objects and arrays as tokens.
type returned struct {
	raw   json.RawMessage
	token bool
}

// fromHandler is a custom handler's ReturnValue (host-spec 2.4).
func fromHandler(raw json.RawMessage) returned {
	return returned{redated(raw), isObject(raw) || isArray(raw)}
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

func errorReply(o object) (reply, error) {
	code, ok := o.fold("code")
	if !ok {
		return reply{}, ownText("Required property 'code' not found in JSON.")
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
