package hosttest

import (
	"encoding/json"
	"strconv"
	"strings"
)

// overridePrefix starts app settings that stand for values of host.json (host-spec 4.1).
const overridePrefix = "azurefunctionsjobhost:"

// config is host.json as .NET's configuration has it: values by path, in lower case, parted by colons.
type config map[string]string

func newConfig(doc object, s settings) config {
	c := make(config)
	c.add("", marshal(doc))
	for name, value := range s {
		if path, ok := strings.CutPrefix(name, overridePrefix); ok {
			c[path] = value
		}
	}
	return c
}

func (c config) add(path string, raw json.RawMessage) {
	switch {
	case isObject(raw):
		o, _ := parseObject(raw) // it was parsed before
		for _, m := range o {
			c.add(join(path, m.name), m.value)
		}
	case isArray(raw):
		var items []json.RawMessage
		_ = json.Unmarshal(raw, &items) // as above
		for i, item := range items {
			c.add(join(path, strconv.Itoa(i)), item)
		}
	case !isNull(raw):
		c[path] = strings.Trim(netTextOfConfig(raw), "\n")
	}
}

// netTextOfConfig is a value's text; dates are not looked for in configuration.
func netTextOfConfig(raw json.RawMessage) string {
	if s, ok := stringIn(raw); ok {
		return s
	}
	return netText(raw)
}

func join(path, name string) string {
	if path == "" {
		return lower(name)
	}
	return path + ":" + lower(name)
}

// has reports whether a section has anything in it.
func (c config) has(section string) bool {
	for path := range c {
		if path == section || strings.HasPrefix(path, section+":") {
			return true
		}
	}
	return false
}

// list is a list of text: items, or as a setting can have it a JSON array in one string.
func (c config) list(path string) []string {
	if text, ok := c[path]; ok {
		var items []string
		if json.Unmarshal([]byte(text), &items) != nil {
			return nil
		}
		return items
	}
	var items []string
	for i := 0; ; i++ {
		item, ok := c[join(path, strconv.Itoa(i))]
		if !ok {
			return items
		}
		items = append(items, item)
	}
}

func (c config) isTrue(path string, fallback bool) bool {
	text, ok := c[path]
	if !ok {
		return fallback
	}
	return strings.EqualFold(text, "true")
}
