package vectors

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// Texts of package runtime that tell nothing.
const (
	genericFailure = "The function failed."
	genericBody    = "The event's body could not be read."
)

// badInput changes a status of 500 where no function runs, which is an exception that nobody caught.
func (c *Case) badInput() {
	inRequest := c.File == FileRequests || c.File == FilePreflight
	if inRequest && !c.dispatched() && number(c.Expected, "status") == http.StatusInternalServerError {
		c.expect("status", http.StatusBadRequest)
		delete(c.Expected, "bodyText")
	}
}

// returned is what a function returned that refuses: its code's status, its message and its CONNACK
// code, each nil or 0 where it has none.
type returned struct {
	status  int
	message *string
	mqtt    int
}

// refusal reads what the case's function returned. It reports whether that refuses a connect or a user
// event.
func (c *Case) refusal() (returned, bool) {
	name := "returned"
	if c.File == FileRequests {
		name = "functionReturns"
	}
	o := object(c.Members, name)
	var r returned
	if code, ok := o["code"]; ok {
		r.status = codeStatus(strings.Trim(string(code), `"`))
	}
	if o != nil {
		r.mqtt = number(object(o, "mqtt"), "code")
	}
	for name, message := range o { // but for code and mqtt, names ignore case
		if strings.EqualFold(name, "errorMessage") && !isNull(message) {
			text := text(o, name)
			r.message = &text
		}
	}
	blocking := c.dispatched() && (c.event() == "connect" || c.event() == "user")
	return r, blocking && (r.status != 0 || r.mqtt != 0)
}

// event is the event that a case's function answers, user for all user events; "" where none does.
func (c *Case) event() string {
	switch c.File {
	case FileReturns:
		return text(c.Members, "event")
	case FileRequests:
		if !strings.HasPrefix(strings.ToLower(c.header("ce-type")), "azure.webpubsub.sys.") {
			return "user"
		}
		return strings.ToLower(c.header("ce-eventName"))
	}
	return ""
}

// header is the first line of a header of a case about a request.
func (c *Case) header(name string) string {
	var request struct{ Headers [][2]string }
	if json.Unmarshal(c.Members["request"], &request) != nil {
		return ""
	}
	for _, line := range request.Headers {
		if strings.EqualFold(line[0], name) {
			return line[1]
		}
	}
	return ""
}

// dispatched reports whether a case's function is called at all.
func (c *Case) dispatched() bool {
	called := c.File == FileReturns
	_ = json.Unmarshal(c.Expected["dispatched"], &called) // absent leaves what the file says
	return called
}

// isMQTT reports whether the reply is a CONNACK: an MQTT client's events other than connect are refused like
// anybody's.
func (c *Case) isMQTT() bool {
	mqtt := strings.EqualFold(text(c.Members, "clientProtocol"), "mqtt")
	if c.File == FileRequests {
		mqtt = c.header("ce-subprotocol") == "mqtt" && c.header("ce-physicalConnectionId") != ""
	}
	return mqtt && c.event() == "connect"
}

// isMQTT311 reports whether a request is a connect of an MQTT 3.1.1 client; those of cases about return values are
// of MQTT 5.0.
func (c *Case) isMQTT311() bool {
	var request struct{ BodyBase64 []byte }
	var body struct{ MQTT struct{ ProtocolVersion int } }
	if json.Unmarshal(c.Members["request"], &request) != nil || json.Unmarshal(request.BodyBase64, &body) != nil {
		return false
	}
	return body.MQTT.ProtocolVersion == 4
}

// codeStatus is the status of an error code; 0 for success and for what is no code.
func codeStatus(code string) int {
	switch strings.ToLower(code) {
	case "unauthorized", "0":
		return http.StatusUnauthorized
	case "usererror", "1":
		return http.StatusBadRequest
	case "servererror", "2":
		return http.StatusInternalServerError
	case "success", "-1":
		return 0
	}
	if regexp.MustCompile(`^-?\d+$`).MatchString(code) {
		return http.StatusInternalServerError
	}
	return 0
}

func (c *Case) codeWithoutMessage() {
	if r, ok := c.refusal(); ok && !c.isMQTT() && r.status != 0 && r.message == nil {
		c.expect("status", r.status)
		c.expect("bodyText", "")
		c.expect("contentType", "text/plain; charset=utf-8")
	}
}

func (c *Case) codeForMQTT() {
	r, ok := c.refusal()
	if !ok || !c.isMQTT() || r.mqtt != 0 {
		return
	}
	code := map[int]int{http.StatusUnauthorized: 135, http.StatusBadRequest: 134, http.StatusInternalServerError: 136}[r.status]
	if c.isMQTT311() {
		code = map[int]int{http.StatusUnauthorized: 5, http.StatusBadRequest: 4, http.StatusInternalServerError: 3}[r.status]
	}
	reason, _ := json.Marshal(r.message) // a text has JSON
	if r.message == nil || *r.message == "" {
		reason = []byte("null")
	}
	c.expect("status", r.status)
	c.expect("bodyText", fmt.Sprintf(`{"mqtt":{"code":%d,"reason":%s,"userProperties":null}}`, code, reason))
}

// mqttStatus is the status of a CONNACK code (extension-spec 5.4).
func mqttStatus(code int) int {
	switch {
	case code == 5 || code == 135:
		return http.StatusUnauthorized
	case slices.Contains([]int{1, 2, 4, 129, 131, 132, 133, 134, 138, 140, 144, 149, 151, 153, 154, 155, 159}, code):
		return http.StatusBadRequest
	}
	return http.StatusInternalServerError
}

func (c *Case) mqttCodeForOthers() {
	if r, ok := c.refusal(); ok && !c.isMQTT() && r.mqtt != 0 && r.status == 0 {
		c.expect("status", mqttStatus(r.mqtt))
		message := ""
		if r.message != nil {
			message = *r.message
		}
		c.expect("bodyText", message)
	}
}

// exceptionText changes the text of a failure that is not the function's own.
func (c *Case) exceptionText() {
	switch c.File {
	case FileReturns, FileRequests:
		r, refused := c.refusal()
		own := refused && (!c.isMQTT() || r.mqtt == 0 || sendable(r.mqtt))
		if own || !c.dispatched() || number(c.Expected, "status") != http.StatusInternalServerError {
			return
		}
		c.expect("bodyText", genericFailure)
		if code := 136; c.isMQTT() {
			if c.isMQTT311() {
				code = 3
			}
			c.expect("bodyText", fmt.Sprintf(`{"mqtt":{"code":%d,"reason":%q,"userProperties":null}}`, code, genericFailure))
		}
	case FileContext:
		if message := text(c.Expected, "errorMessage"); message != "" && !ownText(message) {
			c.expect("errorMessage", genericBody)
			response := object(c.Expected, "response")
			if response != nil && !isNull(response["body"]) {
				response["body"] = c.Expected["errorMessage"]
				c.expect("response", response)
			}
		}
	}
}

// sendable reports whether a CONNACK code is one that the service takes.
func sendable(code int) bool {
	return mqttStatus(code) != http.StatusInternalServerError || slices.Contains([]int{3, 128, 136, 137, 156, 157}, code)
}

// ownText reports whether a context's error is one of the extension's own, which package runtime has too.
func ownText(message string) bool {
	return message == "Invalid Web PubSub upstream request missing required fields in header." ||
		message == "Signature validation failed." || strings.HasPrefix(message, "ContentType is not supported: ")
}

func (c *Case) contextWithoutHTTP() {
	if c.File == FileContext && isNull(c.Members["request"]) && c.Expected["json"] == nil {
		c.Refused = true
	}
}
