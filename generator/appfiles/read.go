package appfiles

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// maxDepth is how deeply the host's reader lets values be nested.
const maxDepth = 64

// reader reads a document from its offset i on. Its errors show no more than a character of the file, since
// a word in the wrong place may be a secret.
type reader struct {
	doc   *Document
	src   []byte
	i     int
	depth int
}

func (r *reader) loose(what string, at, end int, strict string, mendable bool) {
	r.doc.Loose = append(r.doc.Loose, Looseness{what, at, end, strict, mendable})
}

func (r *reader) errorAt(at int, format string, args ...any) *Error {
	p := r.doc.Place(at, at)
	p.EndLine, p.EndColumn = 0, 0
	return &Error{Place: p, Err: fmt.Errorf(format, args...)}
}

// ended is the error of a file that stops too soon; its place is the last byte.
func (r *reader) ended() *Error {
	return r.errorAt(max(0, len(r.src)-1), "unexpected end of the file: something is left open")
}

func (r *reader) document() (*Value, error) {
	v, err := r.value()
	if err != nil {
		return nil, err
	}
	if err := r.skip(); err != nil {
		return nil, err
	}
	if r.i < len(r.src) {
		return nil, r.errorAt(r.i, "%s after the end of the JSON value", r.shown())
	}
	return v, nil
}

// skip passes blanks and comments.
func (r *reader) skip() error {
	for ; r.i < len(r.src); r.i++ {
		switch c := r.src[r.i]; {
		case c == '/':
			end := r.commentEnd()
			if end < 0 {
				return r.errorAt(r.i, "a comment is not closed, or there is only one slash")
			}
			r.loose("a comment", r.i, end, "", false)
			r.i = end - 1
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
		default:
			size := r.blank()
			if size == 0 {
				return nil
			}
			r.loose("a blank that JSON does not have", r.i, r.i+size, " ", true)
			r.i += size - 1
		}
	}
	return nil
}

// blank returns the size of what stands at i and is blank to the host alone, such as the no-break spaces of
// text copied from a web page. Zero bytes are blank to it, too.
func (r *reader) blank() int {
	c, size := utf8.DecodeRune(r.src[r.i:])
	if c == 0 || unicode.IsSpace(c) {
		return size
	}
	return 0
}

// commentEnd returns where the comment at i ends, -1 when it does not.
func (r *reader) commentEnd() int {
	rest := r.src[r.i:]
	switch {
	case bytes.HasPrefix(rest, []byte("//")):
		if n := bytes.IndexByte(rest, '\n'); n >= 0 {
			return r.i + n
		}
		return len(r.src)
	case bytes.HasPrefix(rest, []byte("/*")):
		if n := bytes.Index(rest[2:], []byte("*/")); n >= 0 {
			return r.i + 2 + n + 2
		}
	}
	return -1
}

// next passes blanks and returns the byte behind them.
func (r *reader) next() (byte, error) {
	if err := r.skip(); err != nil {
		return 0, err
	}
	if r.i >= len(r.src) {
		return 0, r.ended()
	}
	return r.src[r.i], nil
}

func (r *reader) value() (*Value, error) {
	c, err := r.next()
	if err != nil {
		return nil, err
	}
	v := &Value{At: r.i}
	switch c {
	case '{':
		v.Kind, err = Object, r.items(v, '}', r.member)
	case '[':
		v.Kind, err = Array, r.items(v, ']', r.item)
	case '"', '\'':
		v.Kind = String
		v.Text, err = r.quoted()
	default:
		err = r.word(v)
	}
	v.End = r.i
	return v, err
}

func (r *reader) item(list *Value) error {
	v, err := r.value()
	list.Items = append(list.Items, v)
	return err
}

// items reads what stands between the bracket at i and its end, parted by commas.
func (r *reader) items(v *Value, end byte, read func(*Value) error) error {
	if r.depth++; r.depth > maxDepth {
		return r.errorAt(r.i, "values are nested deeper than %d, where the host stops reading", maxDepth)
	}
	r.i++
	comma, last := -1, -1
	for {
		c, err := r.next()
		switch {
		case err != nil:
			return err
		case c == end:
			if comma >= 0 {
				r.loose("a trailing comma", comma, comma+1, "", true)
			}
			r.i++
			r.depth--
			return nil
		case last >= 0 && comma < 0:
			return r.noComma(last, end)
		}
		if err := read(v); err != nil {
			return err
		}
		last, comma = r.i, -1
		if c, err = r.next(); err != nil {
			return err
		}
		if c == ',' {
			comma = r.i
			r.i++
		}
	}
}

// noComma is the error of two items with no comma between, which is put behind the first.
func (r *reader) noComma(last int, end byte) error {
	c := r.src[r.i]
	if !strings.ContainsRune(`"'{[-`, rune(c)) && !isWord(c) {
		return r.errorAt(r.i, "%s where a comma or %q belongs", r.shown(), end)
	}
	e := r.errorAt(r.i, "a comma is missing before this")
	line, _ := r.doc.position(last)
	e.Hint = fmt.Sprintf("put one at the end of line %d", line)
	e.Edits = []diag.Edit{{Place: r.doc.Place(last, last), NewText: ","}}
	return e
}

func (r *reader) member(object *Value) error {
	m := Member{At: r.i}
	var err error
	switch c := r.src[r.i]; {
	case c == '"' || c == '\'':
		m.Name, err = r.quoted()
	case isWord(c):
		for r.i < len(r.src) && isWord(r.src[r.i]) {
			r.i++
		}
		m.Name = string(r.src[m.At:r.i])
		r.loose("a name without quotes", m.At, r.i, `"`+m.Name+`"`, true)
	default:
		return r.errorAt(r.i, "%s where a name in quotes belongs", r.shown())
	}
	if err != nil {
		return err
	}
	m.End = r.i
	c, err := r.next()
	if err != nil {
		return err
	}
	if c != ':' {
		return r.errorAt(r.i, "%s where the colon behind a name belongs", r.shown())
	}
	r.i++
	m.Value, err = r.value()
	object.Members = append(object.Members, m)
	return err
}

// shown names the byte at i, or the character it begins.
func (r *reader) shown() string {
	for _, c := range string(r.src[r.i:min(len(r.src), r.i+4)]) {
		return fmt.Sprintf("%q", c)
	}
	return "nothing"
}
