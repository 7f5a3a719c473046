package wps

import (
	"encoding/base64"
	"encoding/json"

	"github.com/wpsgen/wpsgen/internal/jsonio"
)

// stateSet is a set of states by key, each as JSON, that keeps the order they were set in.
type stateSet struct {
	keys   []string
	values map[string]json.RawMessage
}

func (s *stateSet) set(key string, value json.RawMessage) {
	if s.values == nil {
		s.values = make(map[string]json.RawMessage)
	}
	if _, there := s.values[key]; !there {
		s.keys = append(s.keys, key)
	}
	s.values[key] = value
}

// lay sets all states of another set.
func (s *stateSet) lay(over *stateSet) {
	for _, key := range over.keys {
		s.set(key, over.values[key])
	}
}

// stateChanges are the state calls made on one response.
type stateChanges struct {
	changed stateSet
	cleared bool
	err     error
}

func (s *stateChanges) set(key string, value any) {
	raw, err := json.Marshal(value)
	if err != nil {
		s.err = err
		return
	}
	s.changed.set(key, raw)
}

// none reports whether no call was made.
func (s *stateChanges) none() bool { return s.changed.keys == nil && !s.cleared && s.err == nil }

func (s *stateChanges) clear() { *s = stateChanges{cleared: true} }

// decodeStates reads a ce-connectionState header: base64 of a JSON object whose values are base64 in
// turn. One value that is not makes the whole set empty (extension-spec 5.5).
func decodeStates(header string) stateSet {
	doc, err := base64.StdEncoding.DecodeString(header)
	if err != nil || len(doc) == 0 {
		return stateSet{}
	}
	var states stateSet
	r := jsonio.New(string(doc))
	r.Object(func(key string) {
		if r.Kind() != '"' { // a null, too, is no base64
			err = base64.CorruptInputError(0)
			r.Skip()
			return
		}
		value, bad := base64.StdEncoding.DecodeString(r.String())
		if bad != nil {
			err = bad
		}
		states.set(key, value)
	})
	if r.Finish() != nil || err != nil {
		return stateSet{}
	}
	return states
}

// encode is the reverse of decodeStates.
func (s *stateSet) encode() string {
	doc := []byte{'{'}
	for i, key := range s.keys {
		if i > 0 {
			doc = append(doc, ',')
		}
		doc = append(jsonio.AppendString(doc, key), `:"`...)
		doc = append(base64.StdEncoding.AppendEncode(doc, s.values[key]), '"')
	}
	return base64.StdEncoding.EncodeToString(append(doc, '}'))
}

// header returns the ce-connectionState value for a reply, given the connection's states, and
// whether to send one. States a function does not touch are sent back as they came; clearing sends an
// empty object, since the service keeps the old state when no header comes.
func (s *stateChanges) header(existing *stateSet) (string, bool, error) {
	if s.err != nil {
		return "", false, s.err
	}
	var merged stateSet
	if !s.cleared {
		merged.lay(existing)
	}
	merged.lay(&s.changed)
	if len(merged.keys) == 0 && !s.cleared {
		return "", false, nil
	}
	return merged.encode(), true, nil
}
