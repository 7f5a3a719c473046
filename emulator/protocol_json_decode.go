package emulator

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// maxTTLSeconds bounds ttlSeconds of a client message and messageTtlSeconds of a REST call.
const maxTTLSeconds = 300

// jsonFields are the members of one client message, by their exact names.
type jsonFields map[string]json.RawMessage

// decodeJSONRequest reads a client message as strictly as the service does (service-spec 2.2): a
// member of the wrong type refuses the whole message, an unknown member is skipped.
func decodeJSONRequest(data []byte) (*request, error) {
	if !utf8.Valid(data) {
		return nil, errors.New("the message is not UTF-8")
	}
	var fields jsonFields
	if err := json.Unmarshal(data, &fields); err != nil {
		return nil, errors.New("the message is not a JSON object")
	}
	name, ok := fields.text("type")
	if !ok {
		return nil, errors.New("type is missing or not a string")
	}
	req := new(request)
	switch strings.ToLower(name) {
	case "ping":
		req.op = opPing
		return req, nil
	case "sequenceack":
		req.op = opAcknowledge
		return req, fields.sequenceID(req)
	case "joingroup":
		req.op = opJoin
	case "leavegroup":
		req.op = opLeave
	case "sendtogroup":
		req.op = opPublish
	case "event":
		req.op = opEvent
	default:
		return nil, fmt.Errorf("type %.40q is unknown or not supported by the emulator", name)
	}
	return req, fields.into(req)
}

// into reads the members of the requests that name a group or an event.
func (f jsonFields) into(req *request) error {
	if err := f.ackID(req); err != nil {
		return err
	}
	if req.op == opEvent {
		name, ok := f.text("event")
		if !ok || !isEventName(name) {
			return errors.New("event is missing or not an event name")
		}
		req.name = name
		return f.payload(req)
	}
	name, ok := f.text("group")
	if !ok || !isGroupName(name) {
		return errors.New("group is missing or not a string of 1 to 1024 characters")
	}
	req.name = name
	if req.op != opPublish {
		return nil
	}
	if err := f.sendOptions(req); err != nil {
		return err
	}
	return f.payload(req)
}

func (f jsonFields) sendOptions(req *request) error {
	if raw, ok := f["noEcho"]; ok {
		if string(raw) != "true" && string(raw) != "false" {
			return errors.New("noEcho is not a boolean")
		}
		req.noEcho = string(raw) == "true"
	}
	if raw, ok := f["ttlSeconds"]; ok {
		n, err := strconv.ParseUint(string(raw), 10, 16)
		if err != nil || n > maxTTLSeconds {
			return fmt.Errorf("ttlSeconds is not a number from 0 to %d", maxTTLSeconds)
		}
		req.ttl = time.Duration(n) * time.Second
	}
	if _, ok := f["stream"]; ok {
		return errors.New("stream is not supported by the emulator")
	}
	return nil
}

func (f jsonFields) ackID(req *request) error {
	raw, ok := f["ackId"]
	if !ok {
		return nil
	}
	n, err := strconv.ParseUint(string(raw), 10, 64)
	if err != nil {
		return errors.New("ackId is not an unsigned 64-bit number")
	}
	req.ackID = &n
	return nil
}

// sequenceID accepts a number, and a string of one as some documents show it.
func (f jsonFields) sequenceID(req *request) error {
	text, ok := f.text("sequenceId")
	if !ok {
		text = string(f["sequenceId"])
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return errors.New("sequenceId is missing or not an unsigned 64-bit number")
	}
	req.sequence = n
	return nil
}

func (f jsonFields) payload(req *request) error {
	if raw, ok := f["metadata"]; ok {
		entries, err := decodeMetadata(raw)
		if err != nil {
			return err
		}
		req.metadata = entries
	}
	kind := "json"
	if _, ok := f["dataType"]; ok {
		if kind, ok = f.text("dataType"); !ok {
			return errors.New("dataType is not a string")
		}
	}
	raw, ok := f["data"]
	if !ok {
		if len(req.metadata) == 0 {
			return errors.New("data is missing")
		}
		req.kind = textData
		return nil
	}
	switch strings.ToLower(kind) {
	case "json":
		req.kind, req.data = jsonData, raw
		if string(raw) == "null" {
			return errors.New("data is null")
		}
		return nil
	case "text", "binary":
		return f.stringPayload(req, strings.ToLower(kind) == "binary")
	}
	return fmt.Errorf("dataType %.40q is not json, text or binary", kind)
}

func (f jsonFields) stringPayload(req *request, binary bool) error {
	text, ok := f.text("data")
	if !ok {
		return errors.New("data is not a string, as its dataType says")
	}
	if !binary {
		req.kind, req.data = textData, []byte(text)
		return nil
	}
	decoded, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return errors.New("data is not base64, as its dataType says")
	}
	req.kind, req.data = binaryData, decoded
	return nil
}

// text returns a member that is a JSON string.
func (f jsonFields) text(name string) (string, bool) {
	raw := f[name]
	if len(raw) == 0 || raw[0] != '"' {
		return "", false
	}
	var s string
	err := json.Unmarshal(raw, &s)
	return s, err == nil
}

// decodeMetadata reads an object of strings in its order and refuses a key given twice, which a map
// would hide.
func decodeMetadata(raw json.RawMessage) ([]metadataEntry, error) {
	malformed := errors.New("metadata is not an object of strings")
	dec := json.NewDecoder(bytes.NewReader(raw))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil, malformed
	}
	var entries []metadataEntry
	seen := make(map[string]bool)
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, malformed
		}
		value, err := dec.Token()
		name, isName := key.(string)
		text, isText := value.(string)
		if err != nil || !isName || !isText {
			return nil, malformed
		}
		if seen[name] {
			return nil, fmt.Errorf("metadata key %.40q is given twice", name)
		}
		seen[name] = true
		entries = append(entries, metadataEntry{name, text})
	}
	return entries, checkMetadata(entries)
}
