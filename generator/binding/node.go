package binding

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/suggest"
)

// source is a YAML file being read. It collects every fault.
type source struct {
	file  string
	text  []byte
	lines [][]byte
	own   bool      // the definitions are a project's own
	read  []*object // all mappings read
	errs  []error   // each an *Error
}

func newSource(file string, text []byte) *source {
	return &source{file: file, text: text, lines: bytes.Split(text, []byte("\n"))}
}

func (s *source) errorf(n *yaml.Node, format string, args ...any) { s.hintf(n, "", format, args...) }

// hintf is errorf for a fault with a way out.
func (s *source) hintf(n *yaml.Node, hint, format string, args ...any) {
	s.errs = append(s.errs, &Error{Place: s.place(n), Message: fmt.Sprintf(format, args...), Hint: hint})
}

// err joins the faults in the order of the file.
func (s *source) err() error {
	slices.SortStableFunc(s.errs, func(a, b error) int {
		x, y := a.(*Error).Place, b.(*Error).Place
		return cmp.Or(cmp.Compare(x.Line, y.Line), cmp.Compare(x.Column, y.Column))
	})
	return errors.Join(s.errs...)
}

// place returns where a node stands, to its end where it is a plain word.
func (s *source) place(n *yaml.Node) diag.Place {
	word := n.Value
	if n.Kind != yaml.ScalarNode {
		word = ""
	}
	return diag.WordPlace(s.file, s.lines, n.Line, n.Column, word)
}

// object is a YAML mapping being read. Keys nobody asks for are faults, reported by done.
type object struct {
	src    *source
	node   *yaml.Node // where faults of the whole are reported
	what   string
	keys   []*yaml.Node
	values map[string]*yaml.Node
	asked  []string
}

// object reads a mapping; anything else is a fault and reads as an empty one.
func (s *source) object(n *yaml.Node, what string) *object { return s.objectAt(n, n, what) }

// objectAt is object for a mapping that stands under a key, which is where faults of the whole belong.
func (s *source) objectAt(at, n *yaml.Node, what string) *object {
	o := &object{src: s, node: at, what: what, values: make(map[string]*yaml.Node)}
	s.read = append(s.read, o)
	n = follow(n)
	if n.Kind != yaml.MappingNode {
		s.errorf(n, "%s is not a mapping", what)
		return o
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if _, twice := o.values[key.Value]; twice {
			s.errorf(key, "%s has %s twice", what, key.Value)
			continue
		}
		o.keys = append(o.keys, key)
		o.values[key.Value] = value
	}
	return o
}

func follow(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

func (o *object) get(key string) (*yaml.Node, bool) {
	o.asked = append(o.asked, key)
	n, ok := o.values[key]
	return n, ok
}

// key returns the key itself.
func (o *object) key(name string) (*yaml.Node, bool) {
	i := slices.IndexFunc(o.keys, func(k *yaml.Node) bool { return k.Value == name })
	if i < 0 {
		return nil, false
	}
	return o.keys[i], true
}

// at returns the node of a key, or the whole mapping when it is missing, as the place of a fault.
func (o *object) at(key string) *yaml.Node {
	if n, ok := o.values[key]; ok {
		return n
	}
	return o.node
}

// done reports the keys that mean nothing here.
func (o *object) done() {
	for _, k := range o.keys {
		if slices.Contains(o.asked, k.Value) {
			continue
		}
		hint := "there are " + join(slices.Sorted(slices.Values(o.asked)), "and")
		if near := suggest.Nearest(k.Value, o.asked); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		o.src.hintf(k, hint, "%s has no key %s", o.what, k.Value)
	}
}

func (o *object) str(key string) string {
	n, ok := o.get(key)
	if !ok {
		return ""
	}
	return o.src.str(n, key)
}

// must is str for a key that has to be there and not be empty.
func (o *object) must(key string) string {
	v := o.str(key)
	if n, ok := o.values[key]; v == "" && (!ok || isText(follow(n))) {
		o.src.errorf(o.at(key), "%s has no %s", o.what, key)
	}
	return v
}

// oneOf is str for a key with a closed set of values.
func (o *object) oneOf(key string, allowed ...string) string {
	v := o.str(key)
	if v != "" && !slices.Contains(allowed, v) {
		hint := ""
		if near := suggest.Nearest(v, allowed); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		o.src.hintf(o.at(key), hint, "%s %q is not one of %s", key, v, strings.Join(allowed, ", "))
	}
	return v
}

func (o *object) boolean(key string) bool {
	n, ok := o.get(key)
	if !ok {
		return false
	}
	n = follow(n)
	if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
		o.src.errorf(n, "%s is not true or false", key)
		return false
	}
	return n.Value == "true"
}

func (o *object) strings(key string) []string {
	n, ok := o.get(key)
	if !ok {
		return nil
	}
	return o.src.strings(n, key)
}

// list returns the items of a sequence under key.
func (o *object) list(key string) []*yaml.Node {
	n, ok := o.get(key)
	if !ok {
		return nil
	}
	return o.src.list(n, key)
}

// table reads a mapping from words to texts, in no order.
func (o *object) table(key string) map[string]string {
	n, ok := o.get(key)
	if !ok {
		return nil
	}
	sub := o.src.object(n, key)
	out := make(map[string]string, len(sub.keys))
	for _, k := range sub.keys {
		out[k.Value] = sub.must(k.Value)
	}
	return out
}

func (s *source) str(n *yaml.Node, what string) string {
	n = follow(n)
	if !isText(n) {
		s.errorf(n, "%s is not a text", what)
		return ""
	}
	return n.Value
}

func isText(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag != "!!null" }

func (s *source) list(n *yaml.Node, what string) []*yaml.Node {
	n = follow(n)
	if n.Kind != yaml.SequenceNode {
		s.errorf(n, "%s is not a list", what)
		return nil
	}
	return n.Content
}

func (s *source) strings(n *yaml.Node, what string) []string {
	var out []string
	for _, item := range s.list(n, what) {
		v := s.str(item, "an item of "+what)
		if slices.Contains(out, v) {
			s.errorf(item, "%s has %q twice", what, v)
		}
		out = append(out, v)
	}
	return out
}
