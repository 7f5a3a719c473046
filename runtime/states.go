package wps

import (
	"encoding/base64"
	"encoding/json"
	"maps"
)

// stateChanges are the state calls made on one response.
type stateChanges struct {
	changed map[string]json.RawMessage
	cleared bool
	err     error
}

func (s *stateChanges) set(key string, value any) {
	raw, err := json.Marshal(value)
	if err != nil {
		s.err = err
		return
	}
	if s.changed == nil {
		s.changed = make(map[string]json.RawMessage)
	}
	s.changed[key] = raw
}

// none reports whether no call was made.
func (s *stateChanges) none() bool { return s.changed == nil && !s.cleared && s.err == nil }

func (s *stateChanges) clear() { *s = stateChanges{cleared: true} }

// decodeStates reads a ce-connectionState header: base64 of a JSON object whose values are base64 in
// turn. One value that is not makes the whole set empty (extension-spec 5.5).
func decodeStates(header string) map[string]json.RawMessage {
	states := make(map[string]json.RawMessage)
	doc, err := base64.StdEncoding.DecodeString(header)
	if err != nil || len(doc) == 0 {
		return states
	}
	var encoded map[string][]byte
	if json.Unmarshal(doc, &encoded) != nil {
		return states
	}
	for k, v := range encoded {
		states[k] = v
	}
	return states
}

// encodeStates is the reverse of decodeStates.
func encodeStates(states map[string]json.RawMessage) (string, error) {
	encoded := make(map[string][]byte, len(states))
	for k, v := range states {
		encoded[k] = v
	}
	doc, err := json.Marshal(encoded)
	if err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(doc), nil
}

// header returns the ce-connectionState value for a reply, given the connection's states, and
// whether to send one. States a function does not touch are sent back as they came; clearing sends an
// empty object, since the service keeps the old state when no header comes.
func (s *stateChanges) header(existing map[string]json.RawMessage) (string, bool, error) {
	if s.err != nil {
		return "", false, s.err
	}
	merged := make(map[string]json.RawMessage)
	if !s.cleared {
		maps.Copy(merged, existing)
	}
	maps.Copy(merged, s.changed)
	if len(merged) == 0 && !s.cleared {
		return "", false, nil
	}
	value, err := encodeStates(merged)
	return value, true, err
}
