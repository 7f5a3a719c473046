package vectors

import (
	"regexp"
	"strings"
)

// startTexts are the extension's messages about bindings and settings, and what package runtime says.
var startTexts = []struct{ extension, runtime string }{
	{`^Connection must be specified through one of the following.*$`, "is not set"},
	{`^Failed to resolve substitute configure: .*?(%[^%]*%).*, please add\.$`, "'$1' does not resolve to a value."},
	{`^Hub name should be configured in either attribute or appsettings\.$`, "hub: is not given"},
	{`^Resolved 'Hub' value is null for extension.*$`, "hub: is not given"},
	{`^Unable to resolve Web PubSub connection from configuration section '(.*)'\.$`, "setting $1 is not set"},
	{`^Web PubSub connection section name cannot be null or empty\.$`, "is empty; it must be the name of a setting"},
	{`^Duplicate host.*$`, "name the same host"},
}

// errorAtStart puts package runtime's words in place of the extension's. Other texts it has, too, but for
// the names of exceptions: their words are .NET's.
func (c *Case) errorAtStart() {
	message := text(c.Expected, "error")
	if c.File != FileSettings || message == "" {
		return
	}
	for _, t := range startTexts {
		if pattern := regexp.MustCompile(t.extension); pattern.MatchString(message) {
			c.expect("error", pattern.ReplaceAllString(message, t.runtime))
			return
		}
	}
	if !strings.HasSuffix(message, ".") {
		c.expect("error", "")
	}
}
