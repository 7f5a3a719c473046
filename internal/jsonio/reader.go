package jsonio

import (
	"fmt"
	"strings"
)

// maxDepth bounds nesting, as encoding/json does.
const maxDepth = 10000

// Error is why a document cannot be read.
type Error struct {
	// Offset is where, in bytes from 0.
	Offset int
	// Message is what is wrong there.
	Message string
}

// Error names the place and the problem.
func (e *Error) Error() string { return fmt.Sprintf("at offset %d: %s", e.Offset, e.Message) }

// Reader reads one document. Its methods read the value that comes next; the first error stays, and
// everything read after it is empty.
type Reader struct {
	src   string
	pos   int
	depth int
	err   error
	lists []string // from which lists of strings are cut, so that short ones need no memory of their own
}

// New returns a reader of a document. Strings it returns may be parts of src.
func New(src string) *Reader { return &Reader{src: src} }

// Finish reports whether the document ends here, and returns the first error of all.
func (r *Reader) Finish() error {
	if r.skipBlank(); r.err == nil && r.pos < len(r.src) {
		r.fail("something follows the document")
	}
	return r.err
}

// Object reads an object, or null as an empty one. It calls member for each name, which must read the value.
func (r *Reader) Object(member func(name string)) {
	if r.Null() || !r.open('{', "an object") {
		return
	}
	for first := true; r.more('}', first); first = false {
		name := r.rawString()
		if !r.expect(':', "a colon after the member's name") {
			return
		}
		member(name)
		if r.err != nil {
			return
		}
	}
}

// Array reads an array, or null as an empty one. It calls item for each value, which must read it.
func (r *Reader) Array(item func()) {
	if r.Null() || !r.open('[', "an array") {
		return
	}
	for first := true; r.more(']', first); first = false {
		item()
		if r.err != nil {
			return
		}
	}
}

// Strings reads an array of strings; null is nil, and "" within.
func (r *Reader) Strings() []string {
	if r.Null() || !r.open('[', "an array of strings") {
		return nil
	}
	begin := len(r.lists)
	for first := true; r.more(']', first); first = false {
		s := r.String()
		if len(r.lists) == cap(r.lists) {
			r.lists = append(make([]string, 0, 2*(len(r.lists)-begin)+16), r.lists[begin:]...)
			begin = 0
		}
		r.lists = append(r.lists, s)
	}
	if begin == len(r.lists) {
		return []string{} // an empty list is none that is missing
	}
	return r.lists[begin:len(r.lists):len(r.lists)]
}

// String reads a string; null is "".
func (r *Reader) String() string {
	if r.Null() {
		return ""
	}
	return r.rawString()
}

// Null reads null when that comes next, and reports whether it did.
func (r *Reader) Null() bool { return r.word("null") }

// Bool reads true or false.
func (r *Reader) Bool() bool {
	if r.word("true") {
		return true
	}
	if !r.word("false") {
		r.fail("true or false was expected")
	}
	return false
}

// Skip reads a value of any kind.
func (r *Reader) Skip() {
	switch c := r.peek(); {
	case c == '{':
		r.Object(func(string) { r.Skip() })
	case c == '[':
		r.Array(r.Skip)
	case c == '"':
		r.rawString()
	case c == '-' || '0' <= c && c <= '9':
		r.number()
	case !r.word("true") && !r.word("false") && !r.word("null"):
		r.fail("a value was expected")
	}
}

// Kind returns the first byte of the value that comes next, which tells what it is: '{', '[', '"', 't', 'f',
// 'n', '-' or a digit; 0 at the end.
func (r *Reader) Kind() byte { return r.peek() }

// Raw reads a value of any kind and returns its text.
func (r *Reader) Raw() string {
	r.skipBlank()
	begin := r.pos
	r.Skip()
	if r.err != nil {
		return ""
	}
	return r.src[begin:r.pos]
}

func (r *Reader) fail(message string) {
	if r.err == nil {
		r.err = &Error{Offset: r.pos, Message: message}
	}
	r.pos = len(r.src)
}

func (r *Reader) skipBlank() {
	for r.pos < len(r.src) {
		switch r.src[r.pos] {
		case ' ', '\t', '\r', '\n':
			r.pos++
		default:
			return
		}
	}
}

// peek returns the next byte that is not blank, 0 at the end.
func (r *Reader) peek() byte {
	if r.skipBlank(); r.pos < len(r.src) {
		return r.src[r.pos]
	}
	return 0
}

func (r *Reader) expect(c byte, what string) bool {
	if r.peek() != c {
		r.fail(what + " was expected")
		return false
	}
	r.pos++
	return true
}

func (r *Reader) open(c byte, what string) bool {
	if !r.expect(c, what) {
		return false
	}
	if r.depth++; r.depth > maxDepth {
		r.fail("it is nested too deeply")
		return false
	}
	return true
}

// more reads what stands between the parts of an object or array, and reports whether another part follows.
func (r *Reader) more(end byte, first bool) bool {
	if r.err != nil {
		return false
	}
	c := r.peek()
	switch {
	case c == end:
		r.pos++
		r.depth--
		return false
	case first:
		return true
	case c == ',':
		r.pos++
		return true
	}
	r.fail("a comma or the end was expected")
	return false
}

func (r *Reader) word(w string) bool {
	r.skipBlank()
	if !strings.HasPrefix(r.src[r.pos:], w) {
		return false
	}
	r.pos += len(w)
	return true
}
