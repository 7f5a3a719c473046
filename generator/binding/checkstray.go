package binding

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/internal/suggest"
)

// stray checks a member that is no property of the binding.
func (c *entryChecker) stray(i int, m EntryMember) {
	if secret := slices.IndexFunc(m.Items, looksSecret); secret >= 0 {
		c.add(Secret, i, PartValue, fileSecretHint, "%s holds a connection string or a part of one", m.Key).Item = secret
		return
	}
	old := slices.IndexFunc(c.def.Properties, func(p *Property) bool {
		return slices.ContainsFunc(p.Was, func(was string) bool { return strings.EqualFold(was, m.Key) })
	})
	typ := c.def.Bindings[c.index].Type
	if old >= 0 {
		p, kind := c.def.Properties[old], IgnoredKey
		_, set := c.first[p.Name]
		if p.Required && !set {
			kind = OldKey
			c.meant = append(c.meant, p.Name)
		}
		issue := c.add(kind, i, PartKey, "write "+p.Name, "the host ignores %s, which is called %s", m.Key, p.Name)
		if !set {
			issue.Fix = p.Name
		}
		return
	}
	if strings.EqualFold(m.Key, "dataType") && c.hint(m.Key) == "" {
		return // any binding may have it (host-spec 1.4)
	}
	hint := c.hint(m.Key)
	if near := suggest.Nearest(m.Key, c.keys()); hint == "" && near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	c.add(IgnoredKey, i, PartKey, hint, "%s has no property %s, and the host ignores it", typ, m.Key)
}

func (c *entryChecker) hint(key string) string {
	for ignored, hint := range c.def.Ignored {
		if strings.EqualFold(ignored, key) {
			return hint
		}
	}
	return ""
}

// keys are the properties a slip may have meant: those not set.
func (c *entryChecker) keys() []string {
	var keys []string
	for _, p := range c.def.Properties {
		if _, set := c.first[p.Name]; !set && c.property(p.Name) == p {
			keys = append(keys, p.Name)
		}
	}
	return keys
}
