package route

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// constraint is one :name or :name(arguments) of a parameter.
type constraint struct {
	text  string
	class class
	match func(value string) bool
}

// class tells which values a constraint is about, so that two can be known to share none.
type class int

const (
	anyText class = iota
	number
	letters
	boolean
	guid
)

// parseConstraints reads the constraints of a parameter: body from its first colon on. A position is
// from the start of body.
func parseConstraints(body string, at int, rest string) ([]constraint, *SyntaxError) {
	if at == len(body) {
		return nil, nil
	}
	var list []constraint
	for text := range strings.SplitSeq(rest, ":") {
		at++
		c, err := newConstraint(text)
		if err != nil {
			return nil, &SyntaxError{Position: at, Reason: err.Error()}
		}
		list = append(list, c)
		at += len(text)
	}
	return list, nil
}

func newConstraint(text string) (constraint, error) {
	name, args, err := splitArguments(text)
	if err != nil {
		return constraint{}, err
	}
	c := constraint{text: strings.ToLower(text)}
	switch key := strings.ToLower(name); {
	case len(args) == 0:
		c.class, c.match = plainConstraint(key)
	case key == "min" || key == "max" || key == "range":
		c.class, c.match = number, numberConstraint(key, args)
	case key == "length" || key == "minlength" || key == "maxlength":
		c.match = lengthConstraint(key, args)
	}
	if c.match == nil {
		return c, fmt.Errorf("constraint %q is not supported; there are int, long, bool, guid, alpha, min(n), max(n), range(a,b), length(n), length(a,b), minlength(n) and maxlength(n)", text)
	}
	return c, nil
}

func splitArguments(text string) (name string, args []int64, err error) {
	name, list, found := strings.Cut(text, "(")
	if !found {
		return name, nil, nil
	}
	list, closed := strings.CutSuffix(list, ")")
	if !closed {
		return "", nil, fmt.Errorf("constraint %q lacks its closing parenthesis", text)
	}
	for arg := range strings.SplitSeq(list, ",") {
		n, err := strconv.ParseInt(strings.TrimSpace(arg), 10, 64)
		if err != nil {
			return "", nil, fmt.Errorf("constraint %q: %q is not a whole number", text, arg)
		}
		args = append(args, n)
	}
	return name, args, nil
}

func plainConstraint(key string) (class, func(string) bool) {
	switch key {
	case "int":
		return number, func(v string) bool { _, err := strconv.ParseInt(v, 10, 32); return err == nil }
	case "long":
		return number, func(v string) bool { _, err := strconv.ParseInt(v, 10, 64); return err == nil }
	case "bool":
		return boolean, func(v string) bool { return strings.EqualFold(v, "true") || strings.EqualFold(v, "false") }
	case "guid":
		return guid, isGUID
	case "alpha":
		return letters, isAlpha
	}
	return anyText, nil
}

func numberConstraint(key string, args []int64) func(string) bool {
	switch {
	case key == "min" && len(args) == 1:
		return func(v string) bool { n, err := strconv.ParseInt(v, 10, 64); return err == nil && n >= args[0] }
	case key == "max" && len(args) == 1:
		return func(v string) bool { n, err := strconv.ParseInt(v, 10, 64); return err == nil && n <= args[0] }
	case key == "range" && len(args) == 2:
		return func(v string) bool {
			n, err := strconv.ParseInt(v, 10, 64)
			return err == nil && args[0] <= n && n <= args[1]
		}
	}
	return nil
}

func lengthConstraint(key string, args []int64) func(string) bool {
	length := func(v string) int64 { return int64(len(utf16.Encode([]rune(v)))) } // as .NET counts
	switch {
	case key == "length" && len(args) == 1:
		return func(v string) bool { return length(v) == args[0] }
	case key == "length" && len(args) == 2:
		return func(v string) bool { n := length(v); return args[0] <= n && n <= args[1] }
	case key == "minlength" && len(args) == 1:
		return func(v string) bool { return length(v) >= args[0] }
	case key == "maxlength" && len(args) == 1:
		return func(v string) bool { return length(v) <= args[0] }
	}
	return nil
}

func isAlpha(v string) bool {
	for i := range len(v) {
		if c := v[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// isGUID accepts .NET's formats D, N, B and P.
func isGUID(v string) bool {
	if n := len(v); n == 38 && (v[0] == '{' && v[n-1] == '}' || v[0] == '(' && v[n-1] == ')') {
		v = v[1 : n-1]
	} else if n == 32 {
		return isHex(v)
	}
	if len(v) != 36 || v[8] != '-' || v[13] != '-' || v[18] != '-' || v[23] != '-' {
		return false
	}
	return isHex(v[:8] + v[9:13] + v[14:18] + v[19:23] + v[24:])
}

func isHex(v string) bool {
	for i := range len(v) {
		c := v[i]
		if !('0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f') {
			return false
		}
	}
	return true
}
