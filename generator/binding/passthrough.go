package binding

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/internal/suggest"
)

// passes reports whether an argument goes into function.json as it stands: the definition lets such in,
// and it does not look like a slip in one of the definition's own keys.
func (d *Definition) passes(a Arg, args []Arg) bool {
	return d.Passthrough != "" && d.NotHere[a.Key] == "" && d.owner(a) == "" && d.slip(a.Key, args) == ""
}

// slip returns the definition's own key that a foreign one probably means. Extensions have keys of any
// spelling, so that only a key without which nothing works is looked for in words that are merely near.
func (d *Definition) slip(key string, args []Arg) string {
	var missing []string
	for _, p := range d.Properties {
		set := slices.ContainsFunc(args, func(a Arg) bool { return a.Key == p.Name })
		switch {
		case strings.EqualFold(p.Name, key):
			return p.Name
		case p.Required && !set:
			missing = append(missing, p.Name)
		}
	}
	return suggest.Nearest(key, missing)
}

// passed returns the members that arguments are passed through as. Of those that differ in case alone
// the host sees one (host-spec 5.1); the first is kept, and Check reports the others.
func (d *Definition) passed(args []Arg) []Member {
	var members []Member
	for _, a := range args {
		known, _ := d.find(a.Key)
		if known != nil || !d.passes(a, args) || slices.ContainsFunc(members, func(m Member) bool { return strings.EqualFold(m.Key, a.Key) }) {
			continue
		}
		members = append(members, Member{a.Key, a.literal()})
	}
	return members
}

var numberPattern = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// literal is the value as JSON has it: true, false and numbers where they stand unquoted, else text.
func (a Arg) literal() any {
	switch {
	case a.Flag:
		return true
	case a.Quoted:
		return a.Value
	case numberPattern.MatchString(a.Value):
		return json.Number(a.Value)
	}
	if b, ok := parseBool(a.Value); ok {
		return b
	}
	return a.Value
}

// passed checks an argument of which the definition knows nothing.
func (c *checker) passed(i int, a Arg) {
	folded := "\x00" + strings.ToLower(a.Key) // no property is called so
	if before, twice := c.first[folded]; twice {
		c.add(RepeatedKey, i, PartKey, "remove one of them", "%s is set twice, as %s and as %s", a.Key, c.args[before].Key, a.Key).Other = before
		return
	}
	c.first[folded] = i
	if looksSecret(a.Value) {
		c.add(Secret, i, PartValue, secretHint, "%s holds a connection string or a part of one", a.Key)
	}
}
