package importer

import (
	"regexp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// parameters are the names of parameters that a function may have beside its bindings'.
var parameters = []string{"req", "res", "data", "request", "connectionContext", "wpsContext", "timer"}

// replyKeys are the members of a reply, which would overwrite an output of the same name (host-spec 2.6).
var replyKeys = []string{"dataType", "states", "code", "errorMessage", "userId", "groups", "roles", "subprotocol", "mqtt"}

var (
	beforeBindings = regexp.MustCompile(`^[^A-Za-z]+`)
	betweenWords   = regexp.MustCompile(`[^A-Za-z0-9]+[A-Za-z0-9]?`)
)

// plainName is a binding's name in letters and digits alone: my-output becomes myOutput.
func plainName(name string) string {
	return betweenWords.ReplaceAllStringFunc(beforeBindings.ReplaceAllString(name, ""), func(s string) string {
		last := s[len(s)-1:]
		if notInBindings.MatchString(last) {
			return ""
		}
		return strings.ToUpper(last)
	})
}

var notInBindings = regexp.MustCompile(`[^A-Za-z0-9]`)

// returned is the name of an output that a function's result goes to.
const returned = "$return"

// longestName is how long a binding's name may be (host-spec 5.1).
const longestName = 128

// nameBindings gives bindings names that are parameters, too, each once.
func (c *importing) nameBindings(fn *function) {
	c.dropTwins(fn)
	taken := slices.Clone(parameters)
	if fn.use("trigger") != nil {
		taken = append(taken, replyKeys...)
	}
	for _, u := range fn.uses {
		if !u.isNamed() {
			continue
		}
		old := u.name
		name := plainName(old)
		if name = name[:min(len(name), longestName-len("Value2"))]; name == "" || old == returned {
			name = u.defaultName()
		}
		if isReserved(name) {
			name += "Value"
		}
		u.name = free(name, taken)
		taken = append(taken, u.name)
		if old != "" && old != u.name {
			c.report(diag.ImportChanged, u.entry.place("name"), "it is a parameter's name, too; nobody outside sees it", "the binding %s of %s is called %s now", diag.Printable(old), fn.name, u.name)
		}
		u.addName()
	}
}

// isNamed reports whether the binding may be named.
func (u *use) isNamed() bool { return !u.def.Bindings[u.which()].Name.Fixed }

func (u *use) which() int {
	if u.isForeign() {
		return 0
	}
	return u.entry.which
}

// defaultName is the binding's name where the original gives none that will do.
func (u *use) defaultName() string {
	if name := u.def.Bindings[u.which()].Name.Default; name != "" {
		return name
	}
	short := strings.TrimSuffix(u.entry.typ, "Trigger")
	if short == "" {
		return "value"
	}
	return strings.ToLower(short[:1]) + short[1:]
}

// addName adds the argument name=, unless the directive gives that name without.
func (u *use) addName() {
	if u.name == u.def.Bindings[u.which()].Name.Default {
		return
	}
	a := arg{binding.Arg{Key: "name", Value: u.name}, u.entry.place("name")}
	i := len(u.args)
	if u.isForeign() {
		i = min(i, 2) // behind type and direction
	}
	u.args = slices.Insert(u.args, i, a)
}

// dropTwins drops bindings that are there twice (mistakes 2).
func (c *importing) dropTwins(fn *function) {
	seen := make(map[string]bool)
	fn.uses = slices.DeleteFunc(fn.uses, func(u *use) bool {
		if !u.isNamed() || u.name == "" {
			return false
		}
		key := strings.ToLower(u.name) + "\x00" + u.directive()
		if seen[key] {
			c.report(diag.ImportDropped, u.entry.start(), "", "the binding %s of %s is there twice", diag.Printable(u.name), fn.name)
		}
		defer func() { seen[key] = true }()
		return seen[key]
	})
}
