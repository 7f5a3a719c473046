package appfiles

import (
	"bytes"
	"encoding/json"
	"strings"
)

// node is a value of a JSON file that remembers where it stands.
type node struct {
	at, end int // offsets
	scalar  json.Token
	members []member // of an object
}

type member struct {
	name  string
	value *node
}

// parse reads a JSON text. Arrays are read and not kept, since nothing looks into one.
func parse(src []byte) (*node, error) {
	// Only this tells where exactly a text is no JSON.
	if err := json.Unmarshal(src, new(json.RawMessage)); err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(src))
	dec.UseNumber()
	return parseValue(dec, src)
}

func parseValue(dec *json.Decoder, src []byte) (*node, error) {
	after := int(dec.InputOffset())
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	n := &node{at: after + len(src[after:]) - len(bytes.TrimLeft(src[after:], " \t\r\n,:")), scalar: token}
	switch token {
	case json.Delim('{'):
		err = n.object(dec, src)
	case json.Delim('['):
		for err == nil && dec.More() {
			_, err = parseValue(dec, src)
		}
		if err == nil {
			_, err = dec.Token()
		}
	}
	n.end = int(dec.InputOffset())
	return n, err
}

func (n *node) object(dec *json.Decoder, src []byte) error {
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return err
		}
		value, err := parseValue(dec, src)
		if err != nil {
			return err
		}
		text, _ := name.(string) // the decoder takes nothing else for a name
		n.members = append(n.members, member{text, value})
	}
	_, err := dec.Token()
	return err
}

// find follows names into objects, as far as they lead. Case does not count, and of members of one name
// the last does, as for the host (host-spec 5.1).
func (n *node) find(path ...string) (last *node, whole bool) {
	for _, name := range path {
		var next *node
		for _, m := range n.members {
			if strings.EqualFold(m.name, name) {
				next = m.value
			}
		}
		if next == nil {
			return n, false
		}
		n = next
	}
	return n, true
}
