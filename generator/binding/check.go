package binding

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/internal/suggest"
)

// Check holds the arguments of one directive against its definition and returns everything that is
// wrong, by argument. No message holds a value that may be a secret.
func Check(def *Definition, args []Arg, env Env) []Issue {
	c := &checker{def: def, args: args, env: env, use: Resolve(def, args, env), first: make(map[string]int)}
	for i, a := range args {
		c.arg(i, a)
	}
	c.conflicts()
	c.missing()
	slices.SortStableFunc(c.issues, func(a, b Issue) int { return a.Arg - b.Arg })
	return c.issues
}

type checker struct {
	def    *Definition
	args   []Arg
	env    Env
	use    *Use
	first  map[string]int // the argument that sets a property
	meant  []string       // properties that unknown keys probably mean
	issues []Issue
}

func (c *checker) add(kind IssueKind, arg int, part Part, hint, format string, args ...any) *Issue {
	c.issues = append(c.issues, Issue{Kind: kind, Arg: arg, Part: part, Message: fmt.Sprintf(format, args...), Hint: hint, Other: -1})
	return &c.issues[len(c.issues)-1]
}

func (c *checker) arg(i int, a Arg) {
	p, old := c.def.find(a.Key)
	switch {
	case p == nil && c.def.passes(a, c.args):
		c.passed(i, a)
		return
	case p == nil:
		c.unknown(i, a)
		return
	}
	if old {
		c.add(OldKey, i, PartKey, "write "+p.Name, "%s is called %s", a.Key, p.Name).Fix = p.Name
	}
	if before, twice := c.first[p.Name]; twice {
		c.add(RepeatedKey, i, PartKey, "remove one of them", "%s is set twice, as %s and as %s", p.Name, c.args[before].Key, a.Key).Other = before
		return
	}
	c.first[p.Name] = i
	c.advise(i, p)
	c.value(i, a, c.use.Property(p.Name))
}

// unknown reports a key the definition lacks.
func (c *checker) unknown(i int, a Arg) {
	switch hint := c.def.NotHere[a.Key]; {
	case hint != "":
		c.add(MisplacedKey, i, PartKey, hint, "//wps:%s does not take %s", c.def.Verb, a.Key)
		return
	case a.Key == "name" && len(c.def.Bindings) > 0:
		c.add(MisplacedKey, i, PartKey, "the binding's name is fixed: "+c.use.Name(), "//wps:%s does not take name", c.def.Verb)
		return
	case a.Key == "type" && c.def.owner(Arg{Key: a.Value, Flag: true}) != "":
		owner := c.def.owner(Arg{Key: a.Value, Flag: true})
		c.meant = append(c.meant, owner)
		c.add(UnknownKey, i, PartKey, "did you mean "+owner+"="+a.Value+"?", "//wps:%s has no key %s", c.def.Verb, a.Key)
		return
	case (a.Key == "type" || a.Key == "direction") && len(c.def.Bindings) > 0:
		c.add(MisplacedKey, i, PartKey, "the verb decides it", "//wps:%s does not take %s", c.def.Verb, a.Key)
		return
	}
	keys := c.def.Keys()
	near := suggest.Nearest(a.Key, keys)
	if c.def.Passthrough != "" {
		near = c.def.slip(a.Key, c.args)
	}
	hint := fmt.Sprintf("did you mean %q?", near)
	switch owner := c.def.owner(a); {
	case near != "":
		c.meant = append(c.meant, near)
	case owner != "":
		c.meant = append(c.meant, owner)
		hint = fmt.Sprintf("did you mean %s=%s?", owner, a.Key)
	case len(keys) == 1:
		hint = "there is " + keys[0]
	default:
		hint = "there are " + join(keys, "and")
	}
	issue := c.add(UnknownKey, i, PartKey, hint, "//wps:%s has no key %s", c.def.Verb, a.Key)
	if strings.EqualFold(near, a.Key) {
		issue.Fix = near
	}
}

// owner returns the one property that a word alone is a value of.
func (d *Definition) owner(a Arg) string {
	owner := ""
	for _, p := range d.Properties {
		if !a.Flag || p.Kind == KindBool || !slices.Contains(p.everyValue(), a.Key) {
			continue
		}
		if owner != "" {
			return ""
		}
		owner = p.Name
	}
	return owner
}

// advise reports what is worth knowing of a property that is set.
func (c *checker) advise(i int, p *Property) {
	if !c.use.sets(p) {
		return
	}
	if p.Deprecated != "" {
		hint := "use " + p.Deprecated
		if p.Since != "" {
			hint += fmt.Sprintf("; extensions before %s ignore %s", p.Since, p.Name)
		}
		c.add(Deprecated, i, PartKey, hint, "%s is deprecated", p.Name)
	}
	if p.Since != "" && isVersion(c.env.Extension) && olderThan(c.env.Extension, p.Since) {
		c.add(TooNew, i, PartKey, "load a newer extension bundle", "%s is ignored by extension %s; it is new in %s", p.Name, c.env.Extension, p.Since)
	}
	if p.Caution != "" {
		c.add(Caution, i, PartKey, "", "%s: %s", p.Name, p.Caution)
	}
}

func (c *checker) conflicts() {
	for i, p := range c.def.Properties {
		for _, q := range c.def.Properties[i+1:] {
			if !c.use.sets(p) || !c.use.sets(q) || !slices.Contains(p.Conflicts, q.Name) && !slices.Contains(q.Conflicts, p.Name) {
				continue
			}
			a, b := c.first[p.Name], c.first[q.Name]
			c.add(Conflict, max(a, b), PartKey, "remove one of them", "%s and %s exclude each other", c.args[min(a, b)].Key, c.args[max(a, b)].Key).Other = min(a, b)
		}
	}
}

func (c *checker) missing() {
	for _, p := range c.def.Properties {
		if !p.Required || c.use.Value(p.Name).From != Unset || slices.Contains(c.meant, p.Name) {
			continue
		}
		hint := "add " + p.Name + "=" + c.use.Property(p.Name).sample()
		if p.Fallback.Defaults != "" {
			hint += fmt.Sprintf(", or //wps:%s %s= for the whole package", verbDefaults, p.Fallback.Defaults)
		}
		c.add(MissingKey, -1, PartVerb, hint, "//wps:%s needs %s", c.def.Verb, p.Name)
	}
}

// sample says what may follow the equals sign.
func (p *Property) sample() string {
	switch {
	case len(p.Values) > 0:
		return join(p.Values, "or")
	case p.PatternDoc != "":
		return "… (" + p.PatternDoc + ")"
	}
	return "…"
}

// join lists words for a reader: a, b or c.
func join(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + last + " " + words[len(words)-1]
}
