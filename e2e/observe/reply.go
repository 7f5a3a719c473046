package observe

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	wps "github.com/wpsgen/wpsgen/runtime"
)

// Reply returns what a Go function answers an event of that name (user for all user events) with where one
// in another language returned this JSON; nil where it returned nothing. Text that begins like an object or
// a string is JSON itself. The error tells that Go's types cannot say it: a function that tried fails.
func Reply(event string, returned json.RawMessage) (wps.EventResponse, error) {
	var text string
	if json.Unmarshal(returned, &text) == nil {
		if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, `"`) {
			return nil, nil // no value that an event could be answered with
		}
		returned = json.RawMessage(text)
	}
	if string(returned) == "null" || len(returned) == 0 {
		return nil, nil
	}
	var o members
	if err := json.Unmarshal(returned, &o); err != nil {
		return nil, fmt.Errorf("a reply is an object: %w", err)
	}
	refusal, err := o.refusal()
	switch {
	case err != nil:
		return nil, err
	case refusal != nil:
		return refusal, nil
	case event == "connect":
		return o.connect()
	}
	return o.user()
}

// members are those of a reply. Names but for code and mqtt ignore case.
type members map[string]json.RawMessage

func (o members) get(name string) json.RawMessage {
	if raw, ok := o[name]; ok {
		return raw
	}
	for key, raw := range o {
		if strings.EqualFold(key, name) {
			return raw
		}
	}
	return nil
}

// text is a scalar as text, "" for null.
func (o members) text(name string) (string, error) {
	text, ok := scalar(o.get(name))
	if !ok {
		return "", fmt.Errorf("%s is no text", name)
	}
	return text, nil
}

// scalar is a scalar as .NET makes text of it, "" for null and for none.
func scalar(raw json.RawMessage) (text string, ok bool) {
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return "", true
	case string(raw) == "true":
		return "True", true
	case string(raw) == "false":
		return "False", true
	case json.Unmarshal(raw, &text) == nil:
		return text, true
	}
	return string(raw), raw[0] != '{' && raw[0] != '['
}

func (o members) list(name string) ([]string, error) {
	raw := o.get(name)
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	list := make([]string, len(items))
	for i, item := range items {
		var ok bool
		if list[i], ok = scalar(item); !ok {
			return nil, fmt.Errorf("item %d of %s is no text", i+1, name)
		}
	}
	return list, nil
}

// refusal is the reply as an error, nil where it is none (extension-spec 5.2).
func (o members) refusal() (*wps.EventErrorResponse, error) {
	code, err := errorCode(o["code"])
	if err != nil {
		return nil, err
	}
	var mqtt struct {
		Code           *int
		Reason         string
		UserProperties []wps.MQTTUserProperty
	}
	_ = json.Unmarshal(o["mqtt"], &mqtt) // what is no object has no code
	message, err := o.text("errorMessage")
	if err != nil || code == "" && mqtt.Code == nil {
		return nil, err
	}
	refusal := &wps.EventErrorResponse{Code: code, Message: message}
	if mqtt.Code != nil {
		refusal.MQTT = &wps.MQTTConnectError{Code: wps.MQTTConnectCode(*mqtt.Code), Reason: mqtt.Reason, UserProperties: mqtt.UserProperties}
	}
	return refusal, nil
}

// errorCode reads a code by name or number, "" for success and for none.
func errorCode(raw json.RawMessage) (wps.ErrorCode, error) {
	if raw == nil {
		return "", nil
	}
	name := strings.Trim(string(raw), `"`)
	switch strings.ToLower(name) {
	case "success", "-1":
		return "", nil
	case "unauthorized", "0":
		return wps.CodeUnauthorized, nil
	case "usererror", "1":
		return wps.CodeUserError, nil
	case "servererror", "2":
		return wps.CodeServerError, nil
	}
	var number int
	if json.Unmarshal([]byte(name), &number) != nil {
		return "", fmt.Errorf("there is no code %s", raw)
	}
	return wps.ErrorCode(name), nil // to the extension, any other number is a server error
}

func (o members) connect() (wps.EventResponse, error) {
	r := &wps.ConnectEventResponse{}
	var errs [4]error
	r.UserID, errs[0] = o.text("userId")
	r.Subprotocol, errs[1] = o.text("subprotocol")
	r.Groups, errs[2] = o.list("groups")
	r.Roles, errs[3] = o.list("roles")
	if raw := o["mqtt"]; len(raw) > 0 && string(raw) != "null" {
		r.MQTT = &wps.MQTTConnectResponse{}
		if err := json.Unmarshal(raw, r.MQTT); err != nil {
			return nil, err
		}
	}
	o.eachState(r.SetState)
	return r, errors.Join(errs[:]...)
}

// eachState calls set for the states that are set; what is no object sets none.
func (o members) eachState(set func(key string, value any)) {
	var states map[string]json.RawMessage
	if json.Unmarshal(o.get("states"), &states) != nil {
		return
	}
	for key, value := range states {
		set(key, value)
	}
}

func (o members) user() (wps.EventResponse, error) {
	dataType, err := o.text("dataType")
	if err != nil {
		return nil, err
	}
	data, err := payload(o.get("data"), dataType)
	if err != nil {
		return nil, err
	}
	r := &wps.UserEventResponse{Data: data}
	o.eachState(r.SetState)
	return r, nil
}

var errNoData = errors.New("data is neither text nor bytes")

// payload reads data: text, or an object with a type and bytes (extension-spec 5.3). The reader of actions
// knows these forms, but wants binary data to be bytes.
func payload(data json.RawMessage, dataType string) (wps.Payload, error) {
	binary := strings.EqualFold(dataType, "binary") || dataType == "0" || dataType == ""
	if binary {
		dataType = "text"
	}
	doc, err := json.Marshal(map[string]any{"actionName": "sendToAll", "data": data, "dataType": dataType})
	if err != nil {
		return wps.Payload{}, err
	}
	action, err := wps.ParseAction(doc)
	if err != nil {
		return wps.Payload{}, err
	}
	p := action.(wps.SendToAll).Data
	if p.DataType() == "" {
		return wps.Payload{}, errNoData
	}
	if !binary {
		return p, nil
	}
	b, err := p.Bytes()
	return wps.Binary(b), err
}
