package appfiles

import (
	"bytes"
	"sort"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// Kind is the kind of a JSON value.
type Kind int

// Kinds of values.
const (
	Null Kind = iota
	Bool
	Number
	String
	Object
	Array
)

var kindWords = [...]string{"null", "true or false", "a number", "text", "an object", "a list"}

// String names the kind for a reader.
func (k Kind) String() string { return kindWords[k] }

// Value is a value of a JSON file that remembers where it stands. A nil Value has nothing in it.
type Value struct {
	Kind Kind
	// Text is what a string says; true, false and numbers are as they were written.
	Text string
	// Members are those of an object, in their order.
	Members []Member
	// Items are those of a list.
	Items []*Value
	// At and End are the offsets between which the value stands.
	At, End int
}

// Member is a member of an object; At and End are the offsets of its name.
type Member struct {
	Name    string
	At, End int
	Value   *Value
}

// Find follows names into objects. Case does not count, and of members of one name the last does, as for
// the host (host-spec 5.1). It returns nil where they do not lead to a value.
func (v *Value) Find(path ...string) *Value {
	n, whole := v.follow(path)
	if !whole {
		return nil
	}
	return n
}

// follow is Find that returns how far the names lead.
func (v *Value) follow(path []string) (last *Value, whole bool) {
	for _, name := range path {
		m := v.Member(name)
		if m == nil {
			return v, false
		}
		v = m.Value
	}
	return v, true
}

// Member returns the member of a name that counts, nil when there is none.
func (v *Value) Member(name string) *Member {
	if v == nil {
		return nil
	}
	for i := len(v.Members) - 1; i >= 0; i-- {
		if strings.EqualFold(v.Members[i].Name, name) {
			return &v.Members[i]
		}
	}
	return nil
}

// String returns the text of a string, true, false or a number, and "" for all else.
func (v *Value) String() string {
	if v == nil {
		return ""
	}
	return v.Text
}

// IsTrue reports whether the host takes the value for true: text will do.
func (v *Value) IsTrue() bool {
	return v != nil && (v.Kind == Bool || v.Kind == String) && strings.EqualFold(v.Text, "true")
}

// Document is a JSON file that has been read.
type Document struct {
	// Path is the file.
	Path string
	// Root is its value.
	Root *Value
	// Loose are the places at which a strict parser would refuse it, in their order.
	Loose []Looseness

	src   []byte
	lines []int // offsets at which lines begin
}

// Looseness is something the host reads and a strict parser refuses.
type Looseness struct {
	// What names it: a comment, a trailing comma, and so on.
	What string
	// At and End are the offsets between which it stands.
	At, End int
	// Strict is what to write instead, where Mendable tells that nothing is lost by it.
	Strict   string
	Mendable bool
}

// Place returns the place of a stretch of the file.
func (d *Document) Place(at, end int) diag.Place {
	p := diag.Place{File: d.Path}
	p.Line, p.Column = d.position(at)
	p.EndLine, p.EndColumn = d.position(end)
	return p
}

// PlaceOf returns the place of a value; of nil it is the file's.
func (d *Document) PlaceOf(v *Value) diag.Place {
	if v == nil {
		return diag.Place{File: d.Path}
	}
	return d.Place(v.At, v.End)
}

// PlaceOfName returns the place of a member's name.
func (d *Document) PlaceOfName(m *Member) diag.Place { return d.Place(m.At, m.End) }

// Text returns what stands between two offsets, as it was written.
func (d *Document) Text(at, end int) string { return string(d.src[at:end]) }

// position counts lines and columns in bytes from 1. Those of a byte order mark count, since edits are made by
// columns.
func (d *Document) position(offset int) (line, column int) {
	if d.lines == nil {
		d.lines = []int{0}
		for i, c := range d.src {
			if c == '\n' {
				d.lines = append(d.lines, i+1)
			}
		}
	}
	line = sort.SearchInts(d.lines, offset+1)
	return line, offset - d.lines[line-1] + 1
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// Read reads a JSON file as the host does: with comments, trailing commas, a byte order mark, single
// quotes and names without any (mistakes 4). Places in a file of UTF-16 are those in the same text as UTF-8.
// The error is an [*Error].
func Read(path string, src []byte) (*Document, error) {
	wide := IsUTF16(src)
	if wide {
		src = fromUTF16(src)
	}
	d := &Document{Path: path, src: src}
	r := &reader{doc: d, src: src}
	switch {
	case wide:
		r.loose("UTF-16", 0, 0, "", false)
	case bytes.HasPrefix(src, byteOrderMark):
		r.loose("a byte order mark", 0, len(byteOrderMark), "", true)
		r.i = len(byteOrderMark)
	}
	root, err := r.document()
	if err != nil {
		return nil, err
	}
	d.Root = root
	return d, nil
}
