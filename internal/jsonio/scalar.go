package jsonio

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// rawString reads a string. One without escapes is a part of the document.
func (r *Reader) rawString() string {
	if !r.expect('"', "a string") {
		return ""
	}
	begin := r.pos
	simple, ascii := true, true
	for r.pos < len(r.src) {
		switch c := r.src[r.pos]; {
		case c == '"':
			r.pos++
			text := r.src[begin : r.pos-1]
			if simple && (ascii || utf8.ValidString(text)) {
				return text
			}
			return r.unquote(begin)
		case c == '\\':
			simple = false
			r.pos++ // whatever is escaped does not end the string
		case c < ' ':
			r.fail("a control character stands in a string")
			return ""
		case c >= utf8.RuneSelf:
			ascii = false
		}
		r.pos++
	}
	r.fail("a string does not end")
	return ""
}

// unquote decodes the string that began at an offset and has just ended.
func (r *Reader) unquote(begin int) string {
	var text string
	if err := json.Unmarshal([]byte(r.src[begin-1:r.pos]), &text); err != nil {
		r.pos = begin
		r.fail("a string has a bad escape")
	}
	return text
}

// Int reads a whole number; null is 0.
func (r *Reader) Int() int {
	if r.Null() {
		return 0
	}
	begin := r.pos
	n, err := strconv.Atoi(r.number())
	if err != nil {
		r.pos = begin
		r.fail("a whole number was expected")
	}
	return n
}

// number reads a number and returns its text.
func (r *Reader) number() string {
	r.skipBlank()
	begin := r.pos
	r.sign("-")
	if !r.byte('0') && !r.digits() {
		r.fail("a number was expected")
		return ""
	}
	if r.byte('.') && !r.digits() {
		r.fail("digits were expected after the point")
		return ""
	}
	if r.byte('e') || r.byte('E') {
		r.sign("+-")
		if !r.digits() {
			r.fail("digits were expected in the exponent")
			return ""
		}
	}
	return r.src[begin:r.pos]
}

func (r *Reader) sign(of string) {
	for i := range len(of) {
		if r.byte(of[i]) {
			return
		}
	}
}

func (r *Reader) byte(c byte) bool {
	if r.pos < len(r.src) && r.src[r.pos] == c {
		r.pos++
		return true
	}
	return false
}

func (r *Reader) digits() bool {
	begin := r.pos
	for r.pos < len(r.src) && '0' <= r.src[r.pos] && r.src[r.pos] <= '9' {
		r.pos++
	}
	return r.pos > begin
}
