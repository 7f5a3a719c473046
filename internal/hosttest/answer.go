package hosttest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strconv"
)

// answer is a custom handler's HTTP answer to an envelope.
type answer struct {
	status      int
	contentType string // "": none
	body        []byte
}

// HostError is why an invocation failed, in the host's terms.
type HostError struct {
	// Exception is the .NET exception's name, and Inner that of the one it wraps.
	Exception, Inner string
	Message          string
}

// Error names the exception and gives its text.
func (e *HostError) Error() string { return e.Exception + ": " + e.Message }

// scriptResult is an answer's content (host-spec 1.7).
type scriptResult struct {
	outputs     object // nil: none given
	logs        []string
	returnValue json.RawMessage
}

// readAnswer reads an answer. Both nil mean that the host waits on for ever.
func readAnswer(a answer) (*scriptResult, error) {
	if a.status < 200 || a.status > 299 {
		return nil, &HostError{Exception: "HttpRequestException", Message: fmt.Sprintf(
			"Response status code does not indicate success: %d (%s).", a.status, http.StatusText(a.status))}
	}
	if len(a.body) == 0 {
		return nil, nil
	}
	invalid := &HostError{Exception: "InvalidOperationException", Message: fmt.Sprintf(
		"Invalid HttpResponseMessage:\n%s\nStatusCode: %d, ReasonPhrase: '%s'", a.body, a.status, http.StatusText(a.status))}
	mediaType, _, _ := mime.ParseMediaType(a.contentType)
	if mediaType != "application/json" && mediaType != "text/json" {
		invalid.Inner = "UnsupportedMediaTypeException"
		return nil, invalid
	}
	text := bytes.TrimPrefix(a.body, []byte("\ufeff")) // the reader drops a byte order mark
	if bytes.Equal(bytes.TrimSpace(text), []byte("null")) {
		return nil, nil
	}
	result, err := parseResult(text)
	if err != nil {
		invalid.Inner = "JsonException"
		return nil, invalid
	}
	return result, nil
}

func parseResult(body []byte) (*scriptResult, error) {
	if !json.Valid(body) {
		return nil, fmt.Errorf("no JSON")
	}
	o, err := parseObject(body)
	if err != nil {
		return nil, err
	}
	r := new(scriptResult)
	if raw, _ := o.fold("Outputs"); !isNull(raw) {
		if r.outputs, err = parseObject(raw); err != nil {
			return nil, err
		}
	}
	if raw, _ := o.fold("Logs"); !isNull(raw) {
		var lines []json.RawMessage
		if err := json.Unmarshal(raw, &lines); err != nil {
			return nil, err
		}
		for _, line := range lines {
			r.logs = append(r.logs, netText(line))
		}
	}
	r.returnValue, _ = o.fold("ReturnValue")
	return r, nil
}

// bound is what an answer comes to at a function's output bindings.
type bound struct {
	outputs map[string]Value
	http    *HTTPAnswer // of an http output
}

// bindOutputs takes an answer to the output bindings. Keys of Outputs match their names exactly; others
// are ignored. Without a $return output, the members of a returned object become outputs too.
func (f *function) bindOutputs(r *scriptResult) (*bound, error) {
	b := &bound{outputs: make(map[string]Value)}
	copied := object{}
	if f.returnBinding() == nil && isObject(r.returnValue) {
		copied, _ = parseObject(r.returnValue) // it was parsed before
	}
	for _, out := range f.outputs() {
		if err := b.bind(out, r, copied); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (b *bound) bind(out *binding, r *scriptResult, copied object) error {
	raw, given := r.outputs.exact(out.name)
	over, overwritten := copied.exact(out.name)
	var err error
	switch {
	case out.name == returnName && out.is(typeHTTP):
		b.http, err = returnedAnswer(newValue(r.returnValue, out.binary()))
	case out.name == returnName:
		if !isNull(r.returnValue) {
			b.outputs[out.name] = newValue(r.returnValue, out.binary())
		}
	case out.is(typeHTTP) && overwritten:
		b.http, err = returnedAnswer(Value{raw: over})
	case out.is(typeHTTP):
		b.http, err = namedAnswer(raw, given, r.outputs != nil)
	case overwritten:
		b.outputs[out.name] = Value{raw: redated(over)}
	case given:
		b.outputs[out.name] = newValue(raw, out.binary())
	}
	return err
}

// statusNumber reads a status code: a number or numeric text.
func statusNumber(raw json.RawMessage) (int, error) {
	text := netText(raw)
	n, err := strconv.Atoi(text)
	if err != nil || n < 200 || n > 999 {
		return 0, &HostError{Exception: "FormatException", Message: fmt.Sprintf("The input string '%s' was not in a correct format.", text)}
	}
	return n, nil
}
