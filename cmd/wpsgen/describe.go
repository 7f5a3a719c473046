package main

import (
	"cmp"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
)

// runsOn says in words what runs a function.
func runsOn(fn *generator.Function) string {
	t := fn.Trigger()
	switch {
	case t == nil:
		return "nothing"
	case t.IsOther():
		return t.Type
	case t.Type == "httpTrigger":
		methods := "any method"
		if list := t.Values("methods"); len(list) > 0 {
			methods = strings.ToUpper(strings.Join(list, ","))
		}
		return methods + " " + routeOf(fn, t)
	case t.Value("schedule") != "":
		return "schedule " + t.Value("schedule")
	case t.Value("eventName") != "":
		return "hub " + t.Value("hub") + ", " + t.Value("eventType") + " event " + t.Value("eventName")
	}
	return t.Type
}

// routeOf returns the route of an http function below the prefix.
func routeOf(fn *generator.Function, trigger *generator.Binding) string {
	return cmp.Or(trigger.Value("route"), fn.Name)
}
