package appfiles

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// isWord reports whether a byte may stand in a name without quotes, a number or a word such as true.
func isWord(c byte) bool {
	return c == '_' || c == '$' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

var number = regexp.MustCompile(`^[-+]?(0[xX][0-9a-fA-F]+|[0-9]+\.?[0-9]*([eE][-+]?[0-9]+)?|\.[0-9]+([eE][-+]?[0-9]+)?)$|^NaN$|^-?Infinity$`)

// word reads true, false, null or a number. The host's reader takes some spellings more than JSON has.
func (r *reader) word(v *Value) error {
	at := r.i
	for r.i < len(r.src) && (isWord(r.src[r.i]) || strings.IndexByte("+-.", r.src[r.i]) >= 0) {
		r.i++
	}
	v.Text = string(r.src[at:r.i])
	switch {
	case v.Text == "true" || v.Text == "false":
		v.Kind = Bool
	case v.Text == "null" || v.Text == "undefined":
		v.Kind = Null
	case number.MatchString(v.Text):
		v.Kind = Number
	case v.Text == "":
		return r.errorAt(at, "%s where a value belongs", r.shown())
	default:
		return r.errorAt(at, "this word is no value; text stands in quotes")
	}
	if !json.Valid([]byte(v.Text)) {
		r.loose("a spelling that JSON does not have", at, r.i, "", false)
	}
	if v.Kind == Null {
		v.Text = ""
	}
	return nil
}

// quoted reads a string in either kind of quotes.
func (r *reader) quoted() (string, error) {
	at, quote, plain := r.i, r.src[r.i], true
	var b strings.Builder
	for r.i++; r.i < len(r.src); {
		switch c := r.src[r.i]; {
		case c == quote:
			r.i++
			if quote != '"' || !plain {
				strict, _ := json.Marshal(b.String())
				r.loose("text that is no JSON string", at, r.i, string(strict), true)
			}
			return b.String(), nil
		case c == '\\':
			plain = plain && !bytes.HasPrefix(r.src[r.i:], []byte(`\'`)) // which JSON does not have
			if err := r.escape(&b); err != nil {
				return "", err
			}
		default:
			plain = plain && c >= ' '
			b.WriteByte(c)
			r.i++
		}
	}
	return "", r.ended()
}

var escapes = map[byte]byte{'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', '"': '"', '\'': '\'', '\\': '\\', '/': '/'}

// escape reads what a backslash at i begins.
func (r *reader) escape(b *strings.Builder) error {
	if r.i+1 >= len(r.src) {
		return r.ended()
	}
	c := r.src[r.i+1]
	if plain, ok := escapes[c]; ok {
		b.WriteByte(plain)
		r.i += 2
		return nil
	}
	first, ok := r.hex(r.i)
	if !ok {
		return r.errorAt(r.i, "the backslash begins none of the escapes JSON has; write two for one")
	}
	r.i += 6
	if second, ok := r.hex(r.i); ok && utf16.IsSurrogate(first) {
		if both := utf16.DecodeRune(first, second); both != utf8.RuneError {
			b.WriteRune(both)
			r.i += 6
			return nil
		}
	}
	b.WriteRune(first)
	return nil
}

// hex reads the escape \uXXXX at an offset.
func (r *reader) hex(at int) (rune, bool) {
	if at+6 > len(r.src) || r.src[at] != '\\' || r.src[at+1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(r.src[at+2:at+6]), 16, 16)
	return rune(n), err == nil
}
