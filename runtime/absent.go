package wps

import (
	"fmt"
	"strings"
)

// otherAbsent is the value of WPS_OTHER_BINDINGS that lets an app run without the host that serves them.
const otherAbsent = "absent"

// bindOther takes the binding of another extension. Only the Functions host has a value for it; elsewhere an
// app starts without only where it is told to, since its functions would work on nothing.
func (c *config) bindOther(b *boundFunction, t OtherBinding) error {
	if c.host != nil {
		return nil
	}
	switch text := c.settings.get(settingOther); {
	case strings.EqualFold(text, otherAbsent):
		b.absent = true
		return nil
	case text != "":
		return fmt.Errorf("setting %s: %q is not %s", settingOther, text, otherAbsent)
	}
	return fmt.Errorf("binding %s of type %s works only behind the Functions host; to run without it, as wpsgen dev does, set %s to %s", t.Name, t.Type, settingOther, otherAbsent)
}

// warnAbsent tells what does not work while the bindings of other extensions are absent.
func (a *App) warnAbsent() {
	for _, f := range a.functions {
		if !f.absent {
			continue
		}
		if f.isCalledByOther() {
			a.config.logger.Warn("a function does not run without the Functions host, which has its trigger", "function", f.Name, "source", f.Source, "trigger", f.triggerType)
			continue
		}
		for _, binding := range f.Bindings {
			if b, ok := binding.(OtherBinding); ok {
				a.config.logger.Warn("a binding is absent without the Functions host: as an input it is null, as an output it goes nowhere",
					"function", f.Name, "source", f.Source, "binding", b.Name, "type", b.Type)
			}
		}
	}
}

// isCalledByOther reports whether the function's trigger is that of another extension.
func (b *boundFunction) isCalledByOther() bool {
	return b.triggerType != "" && b.trigger == nil && b.http == nil && b.timer == nil
}
