package project

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/suggest"
)

// reader is the file being read.
type reader struct {
	path     string
	src      []byte
	lines    [][]byte
	settings Settings
	findings []diag.Finding
}

func newReader(path string, src []byte) *reader {
	return &reader{path: path, src: src, lines: bytes.Split(src, []byte("\n")), settings: Default()}
}

func (r *reader) report(at diag.Place, hint, format string, args ...any) *diag.Finding {
	r.findings = append(r.findings, diag.Finding{Code: diag.BadSettings, Place: at, Message: fmt.Sprintf(format, args...), Hint: hint})
	return &r.findings[len(r.findings)-1]
}

// read reads the one document of the file.
func (r *reader) read() {
	dec := yaml.NewDecoder(bytes.NewReader(r.src))
	var doc, more yaml.Node
	if !r.decode(dec, &doc) {
		return
	}
	r.mapping(doc.Content[0])
	if r.decode(dec, &more) {
		r.report(r.place(more.Content[0]), "", "%s holds a second document", File)
	}
}

// decode reads a document, and returns false at the end of the file or when it is not YAML.
func (r *reader) decode(dec *yaml.Decoder, doc *yaml.Node) bool {
	err := dec.Decode(doc)
	if err != nil && !errors.Is(err, io.EOF) {
		r.syntax(err)
	}
	return err == nil
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// syntax reports an error of the YAML parser, which knows the line alone.
func (r *reader) syntax(err error) {
	at, text := diag.Place{File: r.path}, err.Error()
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		at.Line, _ = strconv.Atoi(m[1])
		text = text[len(m[0]):]
	}
	r.report(at, "", "%s is not YAML: %s", File, text)
}

func (r *reader) mapping(n *yaml.Node) {
	if n.Tag == "!!null" {
		return
	}
	if n.Kind != yaml.MappingNode {
		r.report(r.place(n), "write a key and a value, such as upstream: http", "%s is not a mapping", File)
		return
	}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], follow(n.Content[i+1])
		at := slices.Index(keyNames(), key.Value)
		switch {
		case at < 0:
			r.unknown(key)
		case seen[key.Value]:
			r.report(r.place(key), "remove one of them", "%s is set twice", key.Value)
		default:
			fileKeys()[at].read(r, value)
		}
		seen[key.Value] = true
	}
}

func follow(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

func (r *reader) unknown(key *yaml.Node) {
	hint := "there are " + strings.Join(keyNames(), ", ")
	near := suggest.Nearest(key.Value, keyNames())
	if near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	r.report(r.place(key), hint, "%s has no key %s", File, key.Value)
}

// oneOf returns a value that is one of several words, the first of them when it is none.
func (r *reader) oneOf(n *yaml.Node, key string, words ...string) string {
	if n.Kind == yaml.ScalarNode && slices.Contains(words, n.Value) {
		return n.Value
	}
	hint := "it is " + strings.Join(words, " or ")
	if n.Kind != yaml.ScalarNode || n.Value == "" {
		r.report(r.place(n), hint, "%s has no value", key)
		return words[0]
	}
	near := suggest.Nearest(n.Value, words)
	if near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	f := r.report(r.place(n), hint, "%s cannot be %q", key, n.Value)
	if strings.EqualFold(near, n.Value) {
		f.Edits = []diag.Edit{{Place: f.Place, NewText: near}}
	}
	return words[0]
}

// place returns where a node stands, to its end where it is a plain word.
func (r *reader) place(n *yaml.Node) diag.Place {
	word := n.Value
	if n.Kind != yaml.ScalarNode {
		word = ""
	}
	return diag.WordPlace(r.path, r.lines, n.Line, n.Column, word)
}
