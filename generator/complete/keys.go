package complete

import (
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/binding"
)

// keys offers the keys that may still be given: those that are needed first, deprecated ones last.
func (c *completer) keys(def *binding.Definition, args []binding.Arg, begin string) {
	use := binding.Resolve(def, args, binding.Env{})
	rank := func(p *binding.Property) int {
		switch {
		case p.Deprecated != "":
			return 3
		case p.Required && p.Fallback == (binding.Fallback{}):
			return 0
		case p.Required:
			return 1
		}
		return 2
	}
	free := slices.DeleteFunc(slices.Clone(def.Properties), func(p *binding.Property) bool {
		return !hasPrefix(p.Name, begin) || use.Value(p.Name).From == binding.FromDirective || excluded(def, use, p)
	})
	slices.SortStableFunc(free, func(a, b *binding.Property) int { return rank(a) - rank(b) })
	for _, p := range free {
		c.add(Key, keyText(p), keyDoc(p))
	}
}

// excluded reports whether a key given already excludes another.
func excluded(def *binding.Definition, use *binding.Use, p *binding.Property) bool {
	return slices.ContainsFunc(def.Properties, func(q *binding.Property) bool {
		given := use.Value(q.Name).From == binding.FromDirective
		return given && (slices.Contains(q.Conflicts, p.Name) || slices.Contains(p.Conflicts, q.Name))
	})
}

// keyText is a key with its equals sign, or a flag. Of a flag that is set anyway only false is worth saying.
func keyText(p *binding.Property) string {
	switch {
	case p.Kind != binding.KindBool:
		return p.Name + "="
	case p.Default == "true":
		return p.Name + "=false"
	}
	return p.Name
}

func keyDoc(p *binding.Property) string {
	doc := p.Summary()
	switch {
	case p.Deprecated != "":
		return doc + " (deprecated: use " + p.Deprecated + ")"
	case p.Required && p.Fallback == (binding.Fallback{}):
		return doc + " (required)"
	}
	return doc
}

// hasPrefix is strings.HasPrefix without regard to case.
func hasPrefix(text, begin string) bool {
	return len(text) >= len(begin) && strings.EqualFold(text[:len(begin)], begin)
}
