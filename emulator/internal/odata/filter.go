// Package odata reads and evaluates the filters of the REST API: OData expressions over what is known
// of a connection (service-spec 4.2).
//
// Names of properties ignore case, operators and functions do not. not binds tighter than a
// comparison, a comparison tighter than and, and and tighter than or. What an expression is made of
// is checked once, when it is read; a connection without a user id makes parts of it null. Lengths
// and positions count UTF-16 units, as the service does.
package odata

import (
	"fmt"
	"strings"
)

const (
	maxClauses = 100 // conditions joined by and and or in one filter
	maxDepth   = 100 // of nested parentheses, not and calls
)

// Subject is a connection as a filter sees it.
type Subject struct {
	UserID       *string // nil for an anonymous connection
	ConnectionID string
	Protocol     string // subprotocol; empty reads as null
	Groups       map[string]struct{}
}

// Filter is a condition on connections. A nil Filter holds for every one.
type Filter struct {
	condition node
}

// Parse reads a filter. It returns nil for an empty one. Errors say at which character the filter is
// not what it should be.
func Parse(text string) (*Filter, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	tokens, err := scan(text)
	if err != nil {
		return nil, err
	}
	p := &parser{tokens: tokens}
	condition, err := p.or()
	if err != nil {
		return nil, err
	}
	if rest := p.peek(); rest.kind != tokenEnd {
		return nil, rest.unexpected("and, or, or the end")
	}
	if condition.kind != boolean {
		return nil, fmt.Errorf("the filter is %s, not a condition", condition.kind)
	}
	return &Filter{condition}, nil
}

// Match reports whether the filter holds for the connection.
func (f *Filter) Match(s *Subject) bool {
	return f == nil || isTrue(f.condition.eval(s))
}

// node is one part of a filter. What it evaluates to is nil, or a bool, int64, string or set of
// names as its kind says.
type node struct {
	kind kind
	at   int // position of its first character, from 1
	eval func(*Subject) any
}

// kind is what a node evaluates to, as a set so that parameters can take several.
type kind uint8

const (
	null kind = 1 << iota
	boolean
	integer
	text
	collection
)

func (k kind) String() string {
	switch k {
	case null:
		return "null"
	case boolean:
		return "a boolean"
	case integer:
		return "an integer"
	case text:
		return "a string"
	case collection:
		return "a collection"
	}
	return "a string or a collection"
}

func isTrue(v any) bool {
	b, _ := v.(bool)
	return b
}

func constant(k kind, at int, v any) node {
	return node{k, at, func(*Subject) any { return v }}
}

// property returns the property of that name in lower case.
func property(name string, at int) (node, bool) {
	switch name {
	case "userid":
		return node{text, at, func(s *Subject) any {
			if s.UserID == nil {
				return nil
			}
			return *s.UserID
		}}, true
	case "connectionid":
		return node{text, at, func(s *Subject) any { return s.ConnectionID }}, true
	case "protocol":
		return node{text, at, func(s *Subject) any {
			if s.Protocol == "" {
				return nil
			}
			return s.Protocol
		}}, true
	case "groups":
		return node{collection, at, func(s *Subject) any { return s.Groups }}, true
	}
	return node{}, false
}
