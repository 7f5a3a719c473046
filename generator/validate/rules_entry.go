package validate

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/expr"
	"github.com/wpsgen/wpsgen/internal/route"
	"github.com/wpsgen/wpsgen/internal/schedule"
)

// hubSetting is the app setting that gives the hub of bindings without one (extension-spec 9.1).
const hubSetting = "WebPubSubHub"

// checkEntry holds an entry against its definition.
func (c *checker) checkEntry(e *entry) {
	if e.def == nil {
		c.checkForeign(e)
		return
	}
	env := binding.Env{}
	if e.fn.app != nil {
		env.Extension = e.fn.app.extension().version
	}
	for _, issue := range binding.CheckEntry(e.def, e.which, e.values, env) {
		if issue.Kind == binding.FromFallback {
			c.checkFallback(e, issue)
			continue
		}
		f := c.report(e.code(issue), e.issuePlace(issue), issue.Hint, "%s", issue.Message)
		f.Edits = e.edits(issue, f.Place)
	}
	if e.is("webPubSubTrigger") && strings.EqualFold(e.text("eventType"), "groupPresence") {
		c.report(diag.GroupPresence, e.place("eventType"), "take such events without the host's extension", "the extension does not run the function for group presence events")
	}
}

// code maps an issue to the code people look up.
func (e *entry) code(issue binding.Issue) diag.Code {
	codes := map[binding.IssueKind]diag.Code{
		binding.OldKey: diag.OldProperty, binding.IgnoredKey: diag.IgnoredProperty, binding.MissingKey: diag.MissingProperty,
		binding.Secret: diag.SecretInFile, binding.Deprecated: diag.DeprecatedProperty, binding.TooNew: diag.TooNewProperty,
		binding.Spelling: diag.OtherSpelling,
	}
	if code, ok := codes[issue.Kind]; ok {
		return code
	}
	key := e.values[issue.Arg].Key
	for _, p := range e.def.Properties {
		if !strings.EqualFold(p.Name, key) || issue.Kind != binding.BadValue && issue.Kind != binding.OldValue {
			continue
		}
		switch {
		case p.Name == "eventName" && strings.EqualFold(e.text("eventType"), "system"):
			return diag.SystemEventName
		case isMalformed(p, e.text(key)):
			return diag.PropertyValue
		// What the service refuses, the host starts with. A name that is not there at all it does not.
		case (p.Pattern != "" || p.Name == "eventName") && !slices.Contains(e.values[issue.Arg].Items, ""):
			return diag.ServiceName
		}
	}
	return diag.PropertyValue
}

// isMalformed reports whether a value has %settings% or {expressions} that the host cannot read, for which it
// leaves the function out (host-spec 6).
func isMalformed(p *binding.Property, text string) bool {
	_, err := expr.ResolveSettings(text, func(string) (string, bool) { return "", true })
	if p.Settings && (err != nil || strings.Contains(text, "%%")) {
		return true
	}
	_, err = expr.Parse(text)
	return p.Expressions && err != nil
}

func (e *entry) issuePlace(issue binding.Issue) diag.Place {
	if issue.Arg < 0 {
		return e.start()
	}
	m := &e.value.Members[issue.Arg]
	if issue.Part == binding.PartKey {
		return e.fn.doc.PlaceOfName(m)
	}
	if issue.Kind != binding.WrongShape && issue.Item < len(m.Value.Items) {
		return e.fn.doc.PlaceOf(m.Value.Items[issue.Item])
	}
	return e.fn.doc.PlaceOf(m.Value)
}

// edits mend an issue where nothing needs to be asked.
func (e *entry) edits(issue binding.Issue, at diag.Place) []diag.Edit {
	if issue.Kind == binding.Deprecated && e.get("connections") == nil {
		m := &e.value.Members[issue.Arg]
		if m.Value.Text == "" {
			return nil
		}
		return []diag.Edit{
			{Place: at, NewText: quoted("connections")},
			{Place: e.fn.doc.PlaceOf(m.Value), NewText: "[" + quoted(m.Value.Text) + "]"},
		}
	}
	if issue.Fix == "" {
		return nil
	}
	return []diag.Edit{{Place: at, NewText: quoted(issue.Fix)}}
}

func quoted(s string) string {
	b, _ := json.Marshal(s) // text always can be
	return string(b)
}

// checkFallback reports a hub that has to come from an app setting (mistakes 21).
func (c *checker) checkFallback(e *entry, issue binding.Issue) {
	local := e.fn.localSettings()
	switch {
	case local.has(hubSetting):
	case local != nil && local.real && !e.fn.stray:
		f := c.report(diag.NoHub, e.start(), "add hub, or the setting", "neither %s nor the app setting %s names a hub", e.typ(), hubSetting)
		f.Related = []diag.Related{{Place: local.start(), Message: "has no " + hubSetting}}
	default:
		c.report(diag.HubFromSetting, e.start(), issue.Hint, "%s", issue.Message)
	}
}

func (fn *function) localSettings() *localSettings {
	if fn.app == nil {
		return nil
	}
	return fn.app.local
}

// keyed finds a key in a connection string, which a condition in SQL is not.
var keyed = regexp.MustCompile(`(?i)(^|;)\s*(SharedAccess|Access|Account)Key\s*=`)

// checkForeign looks for secrets in a binding that no definition has (mistakes 35).
func (c *checker) checkForeign(e *entry) {
	for _, m := range e.value.Members {
		if keyed.MatchString(m.Value.Text) {
			c.report(diag.SecretInFile, e.fn.doc.PlaceOf(m.Value), "name an app setting in its place, and renew the key if this was committed", "%s holds a key", m.Name)
		}
	}
}

// checkFormats checks what a pattern cannot say, as far as the host surely refuses it.
func (c *checker) checkFormats(e *entry) {
	if e.is("timerTrigger") {
		c.checkSchedule(e)
	}
	if !e.is("httpTrigger") {
		return
	}
	if t, err := route.Parse(e.text("route")); err == nil {
		if first, ok := t.FirstLiteral(); ok && (strings.EqualFold(first, "admin") || strings.EqualFold(first, "runtime")) {
			c.report(diag.PropertyValue, e.place("route"), "begin it with another word", "the route begins with %s, which the host keeps for itself", first)
		}
	}
}

// checkSchedule warns of what the schedule's reader refuses; the host takes some of it (host-spec 1.6). What has
// neither the fields of NCRONTAB nor the colons of a time span it surely does not, but for a number of days.
func (c *checker) checkSchedule(e *entry) {
	text := e.text("schedule")
	if text == "" || strings.Contains(text, "%") {
		return
	}
	s, err := schedule.Parse(text)
	switch {
	case err != nil:
		f := c.report(diag.BadScheduleInFile, e.place("schedule"), "", "%v", err)
		if n := len(strings.Fields(text)); n != 5 && n != 6 && strings.Trim(text, "0123456789.: ") != "" {
			f.Level = diag.Error
		}
	case s.Never():
		c.report(diag.BadScheduleInFile, e.place("schedule"), "change the day or the month", "the schedule %q never comes: none of its months has such a day", text)
	}
}
