package importer

import (
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// function is one function of the original, and what becomes of it.
type function struct {
	name    string // its folder's
	doc     *appfiles.Document
	entries []*entry
	code    string // the file its code is in, below the app's folder, with slashes; "" when it is not known
	leftOut bool

	goName string
	uses   []*use
	page   string // the page it answers with, below the app's folder, with slashes
}

// start is where the function's file begins.
func (fn *function) start() diag.Place { return diag.Place{File: fn.doc.Path} }

// placeOf is where the binding stands that a directive is for, else where the file begins.
func (fn *function) placeOf(directive string) diag.Place {
	for _, u := range fn.uses {
		if u.directive() == directive {
			return u.entry.start()
		}
	}
	return fn.start()
}

// trigger returns the entry that runs the function.
func (fn *function) trigger() *entry {
	for _, e := range fn.entries {
		if e.isTrigger() {
			return e
		}
	}
	return nil
}

// use returns the directive of a verb, nil when there is none.
func (fn *function) use(verb string) *use {
	for _, u := range fn.uses {
		if u.def.Verb == verb {
			return u
		}
	}
	return nil
}

// entry is one binding of a function.json.
type entry struct {
	fn    *function
	value *appfiles.Value
	typ   string              // as it is called now
	def   *binding.Definition // nil for a type no definition has
	which int                 // the definition's binding
}

func (e *entry) text(key string) string { return e.value.Find(key).String() }
func (e *entry) name() string           { return e.text("name") }
func (e *entry) isTrigger() bool        { return strings.HasSuffix(strings.ToLower(e.typ), "trigger") }
func (e *entry) is(typ string) bool     { return strings.EqualFold(e.typ, typ) }

// start is the first line of the entry.
func (e *entry) start() diag.Place { return e.fn.doc.Place(e.value.At, e.value.At+1) }

// place is where a member's value stands, else where the entry does.
func (e *entry) place(key string) diag.Place {
	if v := e.value.Find(key); v != nil {
		return e.fn.doc.PlaceOf(v)
	}
	return e.start()
}

// direction is out or in, which is what none means; or what else the entry says.
func (e *entry) direction() string {
	if d := strings.ToLower(e.text("direction")); d != "" {
		return d
	}
	return "in"
}

// members are those that count, in their order: of several of one name the last one does.
func (e *entry) members() []*appfiles.Member {
	var list []*appfiles.Member
	for i := range e.value.Members {
		if m := &e.value.Members[i]; e.value.Member(m.Name) == m {
			list = append(list, m)
		}
	}
	return list
}

// use is one directive that an entry becomes.
type use struct {
	entry *entry
	def   *binding.Definition
	name  string // the binding's, "" where it is fixed
	args  []arg
}

// arg is an argument of a directive and the member it comes from.
type arg struct {
	binding.Arg
	at diag.Place
}

// resolved is what the directive means.
func (u *use) resolved() *binding.Use { return binding.Resolve(u.def, u.plain(), binding.Env{}) }

// get is the value of a property as conditions see it.
func (u *use) get(key string) string { return u.resolved().Get(key) }

func (u *use) plain() []binding.Arg {
	args := make([]binding.Arg, len(u.args))
	for i, a := range u.args {
		args[i] = a.Arg
	}
	return args
}

// arg returns the index of an argument, -1 without one.
func (u *use) arg(key string) int {
	for i, a := range u.args {
		if a.Key == key {
			return i
		}
	}
	return -1
}
