package binding

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/wpsgen/wpsgen/internal/expr"
	"github.com/wpsgen/wpsgen/internal/suggest"
)

// verdict is what one value's check found; the zero verdict is none.
type verdict struct {
	kind               IssueKind
	message, hint, fix string
}

func bad(hint, format string, args ...any) verdict {
	return verdict{kind: BadValue, message: fmt.Sprintf(format, args...), hint: hint}
}

// value checks an argument's value against its property, as it is under the directive's other values.
func (c *checker) value(i int, a Arg, p *Property) {
	if a.Flag {
		if p.Kind != KindBool {
			c.add(NoValue, i, PartKey, "write "+p.Name+"="+p.sample(), "%s has no value", a.Key)
		}
		return
	}
	items := p.itemsOf(a)
	if len(items) == 0 {
		items = []string{""}
	}
	seen := make(map[string]bool, len(items))
	for _, item := range items {
		v := p.check(item)
		if v.message == "" && seen[p.canonical(item)] {
			v = bad("name it once", "%s has %q twice", p.Name, item)
		}
		seen[p.canonical(item)] = true
		if v.message == "" {
			continue
		}
		if v.kind != Secret {
			v = p.listHint(a, v)
		}
		if len(items) > 1 || a.Quoted {
			v.fix = "" // it would replace the whole value
		}
		issue := c.add(v.kind, i, PartValue, v.hint, "%s", v.message)
		issue.Fix = v.fix
	}
}

// listHint improves the hint of a refused value that was written as a list, or should have been.
func (p *Property) listHint(a Arg, v verdict) verdict {
	switch {
	case !strings.Contains(a.Value, ","):
	case p.List && a.Quoted:
		v.hint = "a quoted value is never split; remove the quotes"
	case !p.List && !a.Quoted:
		v.hint = p.Name + " takes one value"
	}
	return v
}

// check checks one value.
func (p *Property) check(item string) verdict {
	if item == "" {
		return bad("give it a value, or leave it out", "%s is empty", p.Name)
	}
	if looksSecret(item) {
		return verdict{kind: Secret, message: fmt.Sprintf("%s holds a connection string or a part of one", p.Name), hint: secretHint}
	}
	switch p.Kind {
	case KindBool:
		if _, ok := parseBool(item); !ok {
			return bad("write "+p.Name+" alone", "%s is a flag and cannot be %q", p.Name, item)
		}
		return verdict{}
	case KindInt:
		if _, err := strconv.Atoi(item); err != nil {
			return bad("", "%s is a whole number and cannot be %q", p.Name, item)
		}
		return verdict{}
	case KindSetting:
		return p.checkSetting(item)
	}
	f := goFormats[p.Format]
	if f == nil || p.Settings || p.Expressions {
		if open, v := p.checkHoles(item); open || v.message != "" {
			return v
		}
	}
	if f != nil {
		message, hint := f(item)
		return verdict{kind: BadValue, message: message, hint: hint}
	}
	return p.checkText(item)
}

var settingPattern = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_:.-]*$`)

const secretHint = "put the connection string into an app setting, name that in connection=, and renew the key if this was committed"

// looksSecret reports whether a value is a connection string or a part of one, of Web PubSub (extension-spec
// 9.2) or of storage.
func looksSecret(item string) bool {
	lower := strings.ToLower(item)
	return strings.Contains(lower, "endpoint=") || strings.Contains(lower, "accesskey=") || strings.Contains(lower, "accountkey=")
}

// checkSetting checks the name of an app setting (extension-spec 9.1: always a name, never the value).
func (p *Property) checkSetting(item string) verdict {
	if strings.ContainsAny(item, ";=") {
		return verdict{kind: Secret, message: fmt.Sprintf("%s is the name of an app setting, and this looks like its value", p.Name), hint: secretHint}
	}
	if name := strings.Trim(item, "%"); name != item && settingPattern.MatchString(name) {
		v := bad("write "+p.Name+"="+name, "%s is the name of an app setting, without %%", p.Name)
		v.fix = name
		return v
	}
	if !settingPattern.MatchString(item) {
		return bad("names are letters, digits and _ - . :", "%s %q cannot be the name of an app setting", p.Name, item)
	}
	return verdict{}
}

// checkHoles checks what stands in for text that only the host knows: %settings% and {expressions}. A
// value with such a hole is open: nothing more can be said of it.
func (p *Property) checkHoles(item string) (open bool, v verdict) {
	if strings.Contains(item, "%") {
		if !p.Settings {
			return false, bad(p.holesHint(), "%s cannot hold a %%setting%%", p.Name)
		}
		if problem := settingsProblem(item); problem != "" {
			return false, bad("write %NAME% for the app setting NAME; a % alone cannot be written", "%s %q: %s", p.Name, item, problem)
		}
		open = true
	}
	if strings.ContainsAny(item, "{}") {
		if !p.Expressions {
			return false, bad(p.holesHint(), "%s cannot hold an {expression}", p.Name)
		}
		t, err := expr.Parse(item)
		if err != nil {
			return false, bad("write {name} or {name.member}; {{ is a brace", "%s: %v", p.Name, err)
		}
		_, static := t.Static()
		open = open || !static
	}
	return open, verdict{}
}

// settingsProblem says what is wrong with the %settings% of a text, "" when nothing is.
func settingsProblem(item string) string {
	if i := strings.Index(item, "%%"); i >= 0 && strings.Count(item[:i], "%")%2 == 0 {
		return fmt.Sprintf("the %%setting%% at position %d has no name", i)
	}
	if _, err := expr.ResolveSettings(item, func(string) (string, bool) { return "", true }); err != nil {
		return err.Error()
	}
	return ""
}

func (p *Property) holesHint() string {
	switch {
	case len(p.Values) > 0:
		return "it is " + join(p.Values, "or")
	case p.Settings:
		return "it may hold a %setting%, which the host reads once, at start"
	case p.Expressions:
		return "it may hold an {expression}, which is evaluated for each call"
	}
	return "it is taken as it stands"
}

func (p *Property) checkText(item string) verdict {
	if now, ok := p.WasValues[item]; ok {
		return verdict{OldValue, p.misses(item), fmt.Sprintf("did you mean %q?", now), now}
	}
	for refused, reason := range p.Refused {
		if strings.EqualFold(refused, item) {
			return bad("choose another", "%s cannot be %s: %s", p.Name, item, reason)
		}
	}
	for _, t := range p.taken {
		if strings.EqualFold(t.typ, item) {
			return verdict{kind: OwnVerb, message: fmt.Sprintf("%s %s has a directive of its own", p.Name, item), hint: "write //wps:" + t.verb}
		}
	}
	if len(p.Values) > 0 {
		return p.checkMember(item)
	}
	if p.pattern != nil && !p.pattern.MatchString(item) {
		return bad("it is "+p.PatternDoc, "%s cannot be %q", p.Name, item)
	}
	return verdict{}
}

// misses says that a value is none of those listed.
func (p *Property) misses(item string) string {
	if p.ValueDoc != "" {
		return fmt.Sprintf("%s %q is not %s", p.Name, item, p.ValueDoc)
	}
	return fmt.Sprintf("%s cannot be %q", p.Name, item)
}

// checkMember checks a value that must be one of the listed ones.
func (p *Property) checkMember(item string) verdict {
	if slices.Contains(p.Values, p.canonical(item)) {
		return verdict{}
	}
	v := bad("it is "+join(p.Values, "or"), "%s", p.misses(item))
	near := suggest.Nearest(item, p.Values)
	if near != "" {
		v.hint = fmt.Sprintf("did you mean %q?", near)
	}
	if strings.EqualFold(near, item) {
		v.fix = near
	}
	return v
}
