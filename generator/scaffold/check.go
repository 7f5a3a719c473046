package scaffold

import (
	"cmp"
	"errors"
	"fmt"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/wpsgen/wpsgen/generator/binding"
)

// Check returns what is wrong with the function by itself: all of it, each with the way out.
func (f Function) Check(p *Package) error {
	if err := f.checkName(); err != nil {
		return err
	}
	return errors.Join(f.checkFile(), f.checkOptions(), f.checkDirectives(p))
}

func (f Function) checkName() error {
	switch {
	case token.IsIdentifier(f.Name) && isExported(f.Name):
	case token.IsIdentifier(f.Name) && isExported(exported(f.Name)):
		return fmt.Errorf("%q is not exported, which functions have to be; write %s", f.Name, exported(f.Name))
	default:
		return fmt.Errorf("%q is no name of an exported Go function; write a capital letter, then letters and digits, such as Welcome", f.Name)
	}
	if f.Name == "Functions" {
		return errors.New("wpsgen itself declares Functions, in wps_gen.go; take another name")
	}
	if err := checkArgs("function", binding.Arg{Key: "name", Value: f.functionName()}); err != nil {
		return fmt.Errorf("no function can be called %s: %w", f.functionName(), err)
	}
	return nil
}

func exported(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// checkFile wants a name that the go command takes for what it is.
func (f Function) checkFile() error {
	if f.File == "" {
		return nil
	}
	name, isGo := strings.CutSuffix(f.File, ".go")
	switch {
	case !isGo || name == "" || f.File != filepath.Base(f.File) || strings.ContainsAny(name[:1], "._"):
		return fmt.Errorf("the go command does not take %q for a file of the package; write a name such as rooms.go", f.File)
	case f.File == glueFile:
		return fmt.Errorf("%s is what wpsgen generate writes; take another name", glueFile)
	case strings.Contains(name, "_"):
		return fmt.Errorf("the go command may take %q for a test or for one system only, by what stands behind the last _; leave it out", f.File)
	}
	return nil
}

// checkOptions refuses options that the kind does not have.
func (f Function) checkOptions() error {
	var wrong []error
	for _, o := range []struct{ name, value string }{{OptionEvent, f.Event}, {OptionRoute, f.Route}, {OptionSchedule, f.Schedule}} {
		if o.value != "" && !f.Kind.Has(o.name) {
			wrong = append(wrong, fmt.Errorf("a function of kind %s has no %s", f.Kind.Name, o.name))
		}
	}
	return errors.Join(wrong...)
}

// constrained is a parameter of a route that not every text fits.
var constrained = regexp.MustCompile(`\{[^{}]*:[^{}]*\}`)

// checkDirectives holds the values that go into directives against their definitions.
func (f Function) checkDirectives(p *Package) error {
	hub := f.hub(p)
	wrong := []error{checkArgs("output", binding.Arg{Key: "hub", Value: hub})}
	switch {
	case f.Kind.Name == kindEvent:
		wrong = append(wrong, checkArgs("trigger", binding.Arg{Key: "hub", Value: hub},
			binding.Arg{Key: "eventType", Value: "user"}, binding.Arg{Key: "eventName", Value: f.event()}))
		if strings.Contains(f.event(), "%") {
			wrong = append(wrong, fmt.Errorf("eventName %q: the test has to send the event; put the setting in afterwards", f.event()))
		}
	case f.Kind.Name == kindTimer:
		wrong = append(wrong, checkArgs("timer", binding.Arg{Key: "schedule", Value: cmp.Or(f.Schedule, DefaultSchedule)}))
	case f.Kind.Has(OptionRoute) && f.Route != "":
		wrong = append(wrong, checkArgs("http", binding.Arg{Key: "route", Value: f.Route}))
		if constrained.MatchString(f.Route) {
			wrong = append(wrong, fmt.Errorf("route %q: the test has to fill its parameters; put the constraints in afterwards", f.Route))
		}
	}
	return joinDistinct(wrong)
}

// joinDistinct joins errors, each text once.
func joinDistinct(all []error) error {
	var distinct []error
	said := make(map[string]bool)
	for _, err := range all {
		if err != nil && !said[err.Error()] {
			said[err.Error()] = true
			distinct = append(distinct, err)
		}
	}
	return errors.Join(distinct...)
}

// checkArgs returns what is wrong with the arguments of a directive.
func checkArgs(verb string, args ...binding.Arg) error {
	set, err := binding.Builtin()
	if err != nil {
		return err
	}
	var wrong []error
	for _, issue := range binding.Check(set.Verb(verb), args, binding.Env{}) {
		if issue.Kind.IsAdvice() {
			continue
		}
		text := issue.Message
		if issue.Hint != "" {
			text += "; " + issue.Hint
		}
		wrong = append(wrong, errors.New(text))
	}
	return errors.Join(wrong...)
}
