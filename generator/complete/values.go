package complete

import (
	"slices"
	"strconv"
	"strings"

	"github.com/wpsgen/wpsgen/generator/binding"
)

// values offers the values of a property that begin with what is there of one. A list goes on behind its
// last comma.
func (c *completer) values(def *binding.Definition, args []binding.Arg, p *binding.Property, begin string) {
	var before []string
	quote := ""
	switch {
	case begin != "" && strings.ContainsRune("\"`", rune(begin[0])):
		quote = begin[:1]
		c.result.From++
		begin = begin[1:]
	case p.List:
		items := strings.Split(begin, ",")
		before, begin = items[:len(items)-1], items[len(items)-1]
		c.result.From += len(strings.Join(before, ",")) + min(1, len(before))
	}
	var offered []string
	offer := func(value, doc string) {
		if hasPrefix(value, begin) && !contains(before, value) && !slices.Contains(offered, value) {
			offered = append(offered, value)
			c.add(Value, spell(value, quote), doc)
		}
	}
	for _, v := range p.Values {
		offer(v, p.ValueDoc)
	}
	switch p.Kind {
	case binding.KindBool:
		offer("true", "")
		offer("false", "")
	case binding.KindSetting:
		c.settings(p, offer)
	case binding.KindString:
		if open := openBrace(begin); p.Expressions && open >= 0 {
			c.expressions(begin[open:], open)
			return
		}
		c.texts(def, args, p, offer)
	}
}

// settings offers names of app settings.
func (c *completer) settings(p *binding.Property, offer func(value, doc string)) {
	if s := p.Fallback.Setting; s != "" {
		offer(s, "what is taken without the key")
	}
	if c.names.Settings == nil {
		return
	}
	for _, name := range c.names.Settings() {
		offer(name, "app setting")
	}
}

// texts offers hubs that the app has, and what the definition's examples have.
func (c *completer) texts(def *binding.Definition, args []binding.Arg, p *binding.Property, offer func(value, doc string)) {
	if len(p.Values) > 0 {
		return
	}
	if p.Name == "hub" && c.names.Hubs != nil {
		for _, hub := range c.names.Hubs() {
			offer(hub, "hub of this app")
		}
	}
	for _, example := range def.Examples {
		for _, a := range example {
			if a.Key == p.Name && isLike(def, args, example) {
				offer(a.Value, "as an example")
			}
		}
	}
}

// isLike reports whether an example chooses as the directive does, where both choose among few values.
func isLike(def *binding.Definition, args, example []binding.Arg) bool {
	return !slices.ContainsFunc(args, func(a binding.Arg) bool {
		p := def.Property(a.Key)
		return p != nil && p.Kind == binding.KindEnum && slices.ContainsFunc(example, func(e binding.Arg) bool {
			return e.Key == a.Key && !strings.EqualFold(e.Value, a.Value)
		})
	})
}

// spell writes a value as a directive has it, inside quotation marks that stand there already.
func spell(value, quote string) string {
	switch {
	case quote == "\"":
		spelled := strconv.Quote(value)
		return spelled[1:]
	case quote != "":
		return value + quote
	case strings.ContainsAny(value, " \t\""):
		return strconv.Quote(value)
	}
	return value
}

func contains(words []string, word string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, word) })
}
