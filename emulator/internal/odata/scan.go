package odata

import (
	"fmt"
	"strings"
)

// token is one word, literal or sign of a filter.
type token struct {
	kind tokenKind
	text string // of a string without its quotes
	at   int    // position of its first character, from 1
}

type tokenKind uint8

const (
	tokenEnd tokenKind = iota
	tokenWord
	tokenString
	tokenInteger
	tokenSign // ( ) or ,
)

// is reports whether the token is this word or sign.
func (t token) is(text string) bool {
	return (t.kind == tokenWord || t.kind == tokenSign) && t.text == text
}

// unexpected is the error of a token in the wrong place.
func (t token) unexpected(wanted string) error {
	if t.kind == tokenEnd {
		return fmt.Errorf("the filter ends where %s should follow", wanted)
	}
	return fmt.Errorf("character %d: %.40q where %s should be", t.at, t.text, wanted)
}

// scan cuts a filter into tokens, the last of which is tokenEnd.
func scan(text string) ([]token, error) {
	var tokens []token
	for i := 0; i < len(text); {
		if text[i] == ' ' || text[i] == '\t' || text[i] == '\r' || text[i] == '\n' {
			i++
			continue
		}
		t, end, err := scanOne(text, i)
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, t)
		i = end
	}
	return append(tokens, token{at: len(text) + 1}), nil
}

// scanOne reads the token that begins at i and returns where it ends.
func scanOne(text string, i int) (t token, end int, err error) {
	t.at = i + 1
	switch c := text[i]; {
	case c == '(' || c == ')' || c == ',':
		t.kind, end = tokenSign, i+1
	case c == '\'':
		return scanString(text, i)
	case isDigit(c) || c == '-':
		t.kind, end = tokenInteger, span(text, i+1, isDigit)
	case isLetter(c):
		t.kind, end = tokenWord, span(text, i+1, func(c byte) bool { return isLetter(c) || isDigit(c) })
	default:
		return t, 0, fmt.Errorf("character %d: %.8q is not part of a filter", t.at, text[i:])
	}
	t.text = text[i:end]
	return t, end, nil
}

// scanString reads a string in single quotes; a doubled quote in it stands for one.
func scanString(text string, i int) (t token, end int, err error) {
	var value strings.Builder
	for end = i + 1; end < len(text); end++ {
		if text[end] != '\'' {
			value.WriteByte(text[end])
			continue
		}
		if end+1 == len(text) || text[end+1] != '\'' {
			return token{tokenString, value.String(), i + 1}, end + 1, nil
		}
		end++
		value.WriteByte('\'')
	}
	return t, 0, fmt.Errorf("character %d: the string has no closing quote", i+1)
}

func span(text string, i int, in func(byte) bool) int {
	for i < len(text) && in(text[i]) {
		i++
	}
	return i
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' }
