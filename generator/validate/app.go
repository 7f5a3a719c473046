package validate

import (
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/project"
)

// app is what one Functions host serves.
type app struct {
	dir           string
	settings      project.Settings
	known         *generator.Definitions
	host          *appfiles.Document // nil when it cannot be read
	local         *localSettings     // nil when there is none
	settingsFiles []string
	functions     []*function
	unread        []string // function.json files that cannot be read
	projects      []projectFile
	scripts       []string
	goFiles       []string
	nearWebApp    bool // a Static Web App lies in its folder or the one above
	web           webAPI
	siblings      bool           // other apps were found with it
	loads         *extension     // worked out once
	early         []diag.Finding // those of reading the functions
}

// appRules are the rules over several files of an app.
var appRules = []func(*checker, *app){
	(*checker).checkNames,
	(*checker).checkEvents,
	(*checker).checkRoutes,
	(*checker).checkHubs,
	(*checker).checkStrays,
	(*checker).checkExtension,
	(*checker).checkContexts,
	(*checker).checkConnections,
	(*checker).checkSettings,
	(*checker).checkStorage,
	(*checker).checkIdentity,
	(*checker).checkRuntime,
	(*checker).checkHosting,
	(*checker).checkScripts,
	(*checker).checkEnvironment,
}

// live are the functions the host loads, as far as can be seen.
func (a *app) live() []*function {
	return slices.DeleteFunc(slices.Clone(a.functions), func(fn *function) bool { return fn.stray || !a.lists(fn.name) })
}

// lists reports whether the host loads a function of this name: all, or those that host.json names.
func (a *app) lists(name string) bool {
	if a.host == nil {
		return true
	}
	functions := a.host.Root.Find("functions")
	return functions == nil || len(functions.Items) == 0 ||
		slices.ContainsFunc(functions.Items, func(f *appfiles.Value) bool { return strings.EqualFold(f.Text, name) })
}

// entries are the entries of the live functions that a test picks.
func (a *app) entries(pick func(*entry) bool) []*entry {
	var list []*entry
	for _, fn := range a.live() {
		for _, e := range fn.entries {
			if pick(e) {
				list = append(list, e)
			}
		}
	}
	return list
}

// function is a function.json that has been read.
type function struct {
	set     *binding.Set // the bindings its app knows
	name    string       // its folder's, "" for a file alone
	app     *app         // nil for a file alone
	stray   bool         // lies where the host does not look
	doc     *appfiles.Document
	list    *appfiles.Value // its bindings
	entries []*entry
}

// trigger returns the first entry that is a trigger, nil without one.
func (fn *function) trigger() *entry {
	for _, e := range fn.entries {
		if e.isTrigger() {
			return e
		}
	}
	return nil
}

// find returns the entry of a type, nil without one.
func (fn *function) find(typ string) *entry {
	for _, e := range fn.entries {
		if e.is(typ) {
			return e
		}
	}
	return nil
}

// fromCode reports whether a tool wrote the file for bindings that are attributes in code.
func (fn *function) fromCode() bool {
	return strings.EqualFold(fn.doc.Root.Find("configurationSource").String(), "attributes")
}

// entry is one binding of a function.json.
type entry struct {
	fn     *function
	index  int // among its function's bindings
	value  *appfiles.Value
	def    *binding.Definition // nil for a type no definition has
	which  int                 // the definition's binding
	values []binding.EntryMember
}

func (e *entry) get(key string) *appfiles.Value { return e.value.Find(key) }
func (e *entry) text(key string) string         { return e.get(key).String() }
func (e *entry) typ() string                    { return e.text("type") }
func (e *entry) name() string                   { return e.text("name") }
func (e *entry) is(typ string) bool             { return strings.EqualFold(e.typ(), typ) }
func (e *entry) isTrigger() bool                { return strings.HasSuffix(strings.ToLower(e.typ()), "trigger") }

// isOurs reports whether the Web PubSub extension brings the binding.
func (e *entry) isOurs() bool {
	return e.def != nil && e.def.Requires.Extension != ""
}

// place is where a member's value stands, else where the entry does.
func (e *entry) place(key string) diag.Place {
	if v := e.get(key); v != nil {
		return e.fn.doc.PlaceOf(v)
	}
	return e.start()
}

// start is the first line of the entry.
func (e *entry) start() diag.Place {
	return e.fn.doc.Place(e.value.At, e.value.At+1)
}

// list returns the texts of a list member, or the one of a scalar.
func (e *entry) list(key string) []string {
	v := e.get(key)
	if v == nil || v.Kind == appfiles.Null {
		return nil
	}
	return memberOf(key, v).Items
}

func memberOf(key string, v *appfiles.Value) binding.EntryMember {
	m := binding.EntryMember{Key: key}
	switch v.Kind {
	case appfiles.Null:
		m.Shape = binding.ShapeNull
	case appfiles.Object:
		m.Shape = binding.ShapeObject
	case appfiles.Array:
		m.Shape = binding.ShapeList
		for _, item := range v.Items {
			m.Items = append(m.Items, item.Text)
		}
	default:
		m.Items = []string{v.Text}
	}
	return m
}
