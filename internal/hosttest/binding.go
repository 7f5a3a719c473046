package hosttest

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/internal/expr"
	"github.com/wpsgen/wpsgen/internal/schedule"
)

// Binding types that the stand-in knows more about than their names.
const (
	typeHTTPTrigger  = "httpTrigger"
	typeHTTP         = "http"
	typeTimerTrigger = "timerTrigger"
	typeTrigger      = "webPubSubTrigger"
	typeConnection   = "webPubSubConnection"
	typeContext      = "webPubSubContext"
	typeOutput       = "webPubSub"
)

const returnName = "$return"

// binding is one binding of a function.json. Property names ignore case.
type binding struct {
	name, typ, direction, dataType string
	properties                     object

	// What indexing made of the properties, by type.
	access    access
	hub       *expr.Template
	userID    *expr.Template // nil: none
	validator *validator
	schedule  *schedule.Schedule
}

func newBinding(properties object) *binding {
	b := &binding{properties: properties}
	b.name, b.typ, b.direction, b.dataType = b.text("name"), b.text("type"), strings.ToLower(b.text("direction")), strings.ToLower(b.text("dataType"))
	return b
}

func (b *binding) is(typ string) bool { return strings.EqualFold(b.typ, typ) }

func (b *binding) trigger() bool { return strings.HasSuffix(strings.ToLower(b.typ), "trigger") }

func (b *binding) output() bool { return b.direction == "out" || b.direction == "inout" }

func (b *binding) input() bool { return b.direction != "out" }

func (b *binding) binary() bool { return b.dataType == "binary" }

// has reports whether a property is given and not null.
func (b *binding) has(property string) bool {
	raw, ok := b.properties.fold(property)
	return ok && !isNull(raw)
}

// text is a property's text, "" when there is none.
func (b *binding) text(property string) string {
	raw, _ := b.properties.fold(property)
	if s, ok := stringIn(raw); ok {
		return s
	}
	return netText(raw)
}

// list is a property that is a list of text.
func (b *binding) list(property string) []string {
	raw, _ := b.properties.fold(property)
	var items []string
	if json.Unmarshal(raw, &items) != nil {
		return nil
	}
	return items
}

// isTrue reports whether a property that defaults to fallback is true.
func (b *binding) isTrue(property string, fallback bool) bool {
	if !b.has(property) {
		return fallback
	}
	return strings.EqualFold(b.text(property), "true")
}

// function is a function as its function.json has it.
type function struct {
	name     string
	bindings []*binding
	retry    *retryPolicy
}

func (f *function) find(match func(*binding) bool) *binding {
	if i := slices.IndexFunc(f.bindings, match); i >= 0 {
		return f.bindings[i]
	}
	return nil
}

func (f *function) trigger() *binding { return f.find((*binding).trigger) }

func (f *function) returnBinding() *binding {
	return f.find(func(b *binding) bool { return b.name == returnName })
}

func (f *function) outputs() []*binding {
	return slices.DeleteFunc(slices.Clone(f.bindings), func(b *binding) bool { return !b.output() })
}

func (f *function) inputs() []*binding {
	return slices.DeleteFunc(slices.Clone(f.bindings), func(b *binding) bool { return !b.input() })
}

// httpInAndOut is the host's IsHttpInAndOutFunction, on which forwarding depends (host-spec 1.8).
func (f *function) httpInAndOut() bool {
	in, out := f.inputs(), f.outputs()
	return len(in) == 1 && len(out) == 1 && in[0].is(typeHTTPTrigger) && out[0].is(typeHTTP)
}
