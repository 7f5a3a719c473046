package validate

import (
	"github.com/wpsgen/wpsgen/generator/appfiles"
)

// noteInCode says of an app without any function.json why there is nothing to validate.
func (c *checker) noteInCode(a *app) {
	if len(a.functions)+len(a.unread) > 0 {
		return
	}
	c.note(a.dir, "there is no function.json to validate, because %s", a.whyNone())
}

func (a *app) whyNone() string {
	if why, _ := appfiles.InCode(a.dir); why != "" {
		return why
	}
	if a.host != nil && a.host.Root.Find("customHandler", "http", "routes") != nil {
		return "host.json routes all requests to the custom handler"
	}
	if why := appfiles.InCodeOf(a.local.text(runtimeSetting)); why != "" {
		return why
	}
	return "no folder in it is a function"
}
