package vectors

import (
	"encoding/json"
	"strings"
)

// withoutConnection marks cases in which a binding that takes events finds no connection.
func (c *Case) withoutConnection() {
	switch c.File {
	case FileRequests:
		c.Unsigned = !connected(c.settings(), "")
	case FileSettings:
		b := object(c.Members, "binding")
		_, fails := c.Expected["error"]
		names := isNull(b["connections"]) || string(b["connections"]) == "[]"
		c.Unsigned = !fails && names && text(b, "connection") == "" && !connected(c.settings(), "")
	case FileContext, FileSignatures:
		c.Unsigned = len(c.accesses()) == 0
	}
}

func (c *Case) settings() map[string]string {
	var settings map[string]string
	if json.Unmarshal(c.Members["settings"], &settings) != nil {
		return nil
	}
	return settings
}

// connected reports whether a setting holds a connection; "" is the default one.
func connected(settings map[string]string, name string) bool {
	if name == "" {
		name = "WebPubSubConnectionString"
	}
	for setting, value := range settings {
		setting, _, _ = strings.Cut(strings.ReplaceAll(setting, "__", ":"), ":")
		if value != "" && strings.EqualFold(setting, name) {
			return true
		}
	}
	return false
}

// access is a connection as vectors have it.
type access struct {
	AccessKey  *string
	Credential string
}

// accesses are the connections of a case, those of all its listeners.
func (c *Case) accesses() []access {
	var list []access
	if json.Unmarshal(c.Members["accesses"], &list) != nil {
		return nil
	}
	return list
}

// withoutKey marks cases in which some connection cannot sign.
func (c *Case) withoutKey() {
	for _, a := range c.accesses() {
		c.Vouched = c.Vouched || a.AccessKey == nil
	}
	if c.File == FilePreflight {
		c.Vouched = true // preflights are not signed
	}
	if c.File == FileRequests || c.File == FileSettings {
		for name, value := range c.settings() {
			holds := strings.Contains(strings.ToLower(value), "endpoint=") && !strings.Contains(strings.ToLower(value), "accesskey")
			c.Vouched = c.Vouched || holds || strings.HasSuffix(strings.ToLower(name), "serviceuri")
		}
	}
}

func (c *Case) withEmptyKey() {
	for _, a := range c.accesses() {
		c.Refused = c.Refused || a.AccessKey != nil && *a.AccessKey == ""
	}
}

// withCodeOptions puts the options of code into the settings, in whose place they are.
func (c *Case) withCodeOptions() {
	options := object(c.Members, "codeOptions")
	if options == nil {
		return
	}
	settings := c.settings()
	for option, setting := range map[string]string{"connectionString": "WebPubSubConnectionString", "hub": "WebPubSubHub"} {
		value := text(options, option)
		if value == "" {
			continue
		}
		for name := range settings {
			if strings.EqualFold(name, setting) {
				delete(settings, name)
			}
		}
		settings[setting] = value
	}
	c.Members["settings"], _ = json.Marshal(settings) // a map of strings has JSON
}

// emptyIsAbsent makes an empty property of an input or output one that is not given.
func (c *Case) emptyIsAbsent() {
	b := object(c.Members, "binding")
	if kind := text(b, "type"); c.File != FileSettings || kind != "webPubSub" && kind != "webPubSubConnection" {
		return
	}
	if string(b["hub"]) == `""` {
		c.Expected = make(map[string]json.RawMessage)
		c.expect("error", "")
		for name, value := range c.settings() {
			if strings.EqualFold(name, "WebPubSubHub") && value != "" {
				delete(c.Expected, "error")
				c.expect("hub", value)
			}
		}
	}
	if string(b["connection"]) == `""` && connected(c.settings(), "") {
		delete(c.Expected, "error")
		delete(c.Expected, "phase")
	}
}

// maxSignatures is how many signatures are looked at.
const maxSignatures = 8

func (c *Case) withManySignatures() {
	if c.File != FileSignatures || c.Unsigned || c.Vouched {
		return
	}
	tokens := strings.FieldsFunc(text(c.Members, "signature"), func(r rune) bool { return r == ',' || r == ' ' })
	if len(tokens) > maxSignatures {
		c.expect("valid", false)
	}
}
