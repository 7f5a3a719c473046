// Package complete offers what may stand at the end of a directive that is being written: verbs, the keys of
// one, the values of a key. It is driven by the binding definitions.
package complete

import (
	"go/token"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/directive"
)

// Kind says what a candidate is.
type Kind string

// Kinds of candidates.
const (
	Verb  Kind = "verb"
	Key   Kind = "key"
	Value Kind = "value"
)

// Candidate is one text that may stand there.
type Candidate struct {
	// Text is what to insert: a verb, a key with its equals sign or a flag, a value or an item of a list.
	Text string `json:"text"`
	Kind Kind   `json:"kind"`
	// Doc says what it is, in one line.
	Doc string `json:"doc,omitempty"`
}

// Completion is what may take the place of the last word.
type Completion struct {
	// From is the index of the byte at which the candidates take the place of the text, up to its end.
	From       int         `json:"from"`
	Candidates []Candidate `json:"candidates"`
}

// Names are names that an app has. Each function is called when such a name is asked for; nil offers none.
type Names struct {
	// Settings are the names of app settings, Hubs those of hubs.
	Settings, Hubs func() []string
}

// At completes a line up to the cursor. A line that does not begin like a directive has no candidates. beside are
// the function's other directives, if they are known: verbs that they rule out are left out then.
func At(set *binding.Set, line string, beside []string, names Names) Completion {
	text := strings.TrimLeft(line, " \t")
	base := len(line) - len(text)
	c := &completer{set: set, beside: usesOf(set, beside), names: names}
	c.complete(text)
	c.result.From += base
	if c.result.Candidates == nil {
		c.result.Candidates = []Candidate{}
	}
	return c.result
}

type completer struct {
	set    *binding.Set
	beside []*binding.Use
	names  Names
	result Completion
}

func (c *completer) add(kind Kind, text, doc string) {
	c.result.Candidates = append(c.result.Candidates, Candidate{text, kind, doc})
}

func (c *completer) complete(text string) {
	rest, begun := strings.CutPrefix(text, directive.Prefix)
	if !begun {
		if len(text) >= 2 && strings.HasPrefix(directive.Prefix, text) {
			c.verbs(directive.Prefix, "")
		}
		return
	}
	end := strings.IndexAny(rest, " \t")
	if end < 0 {
		c.result.From = len(directive.Prefix)
		c.verbs("", rest)
		return
	}
	def := c.set.Verb(rest[:end])
	if def == nil {
		return
	}
	at := lastWord(text)
	c.argument(def, argumentsOf(text[:at]), text[at:], at)
}

// verbs offers the verbs that begin with a text, behind a prefix.
func (c *completer) verbs(prefix, begin string) {
	for _, def := range c.set.Definitions() {
		if strings.HasPrefix(def.Verb, begin) && c.fits(def) {
			c.add(Verb, prefix+def.Verb, def.Summary())
		}
	}
}

// argumentsOf reads the arguments that are complete. What cannot be read is left out.
func argumentsOf(text string) []binding.Arg {
	d, _ := directive.Parse(token.NoPos, text)
	if d == nil {
		return nil
	}
	var args []binding.Arg
	for _, a := range d.Args {
		args = append(args, binding.Arg{Key: a.Key, Value: a.Value, Flag: a.Flag, Quoted: a.Quoted})
	}
	return args
}

// lastWord returns where the word at the end of a directive begins. Blanks between quotation marks are part
// of a word.
func lastWord(text string) int {
	start, quote := 0, byte(0)
	for i := 0; i < len(text); i++ {
		switch b := text[i]; {
		case quote == '"' && b == '\\':
			i++
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '"' || b == '`':
			quote = b
		case b == ' ' || b == '\t':
			start = i + 1
		}
	}
	return start
}

func (c *completer) argument(def *binding.Definition, args []binding.Arg, word string, at int) {
	key, value, assigned := strings.Cut(word, "=")
	if !assigned {
		c.result.From = at
		c.keys(def, args, word)
		return
	}
	p := binding.Resolve(def, args, binding.Env{}).Property(key)
	if p == nil || slices.ContainsFunc(args, func(a binding.Arg) bool { return a.Key == key }) {
		return
	}
	c.result.From = at + len(key) + 1
	c.values(def, args, p, value)
}
