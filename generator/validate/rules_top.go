package validate

import (
	"regexp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// checkDisabled warns of what looks like a switch (mistakes 56).
func (c *checker) checkDisabled(fn *function) {
	v := fn.doc.Root.Find("disabled")
	if v == nil || fn.fromCode() || !v.IsTrue() && (v.Kind != appfiles.String || strings.EqualFold(v.Text, "false") || v.Text == "") {
		return
	}
	name := fn.name
	if name == "" {
		name = "NAME"
	}
	c.report(diag.DisabledInFile, fn.doc.PlaceOf(v), "set the app setting AzureWebJobs."+name+".Disabled to true", "the function runs all the same: the host does not read disabled")
}

// retried are the triggers that are documented to follow a retry policy (host-spec 5.1).
var retried = []string{"timerTrigger", "eventHubTrigger", "cosmosDBTrigger", "kafkaTrigger"}

// checkRetry holds a retry policy against what the host asks of it; without that it leaves the function out.
// A policy without a strategy has a fixed delay.
func (c *checker) checkRetry(fn *function) {
	m := fn.doc.Root.Member("retry")
	if m == nil || m.Name != "retry" || m.Value.Kind == appfiles.Null {
		return
	}
	v, at := m.Value, fn.doc.PlaceOf(m.Value)
	var times []string
	switch strategy := v.Find("strategy").String(); {
	case strategy == "" || strings.EqualFold(strategy, "fixedDelay"):
		times = []string{"delayInterval"}
	case strings.EqualFold(strategy, "exponentialBackoff"):
		times = []string{"minimumInterval", "maximumInterval"}
	default:
		c.report(diag.BadRetry, at, "it is fixedDelay or exponentialBackoff", "retry has the strategy %q", strategy)
		return
	}
	for _, key := range append(times, "maxRetryCount") {
		if v.Find(key).String() == "" {
			c.report(diag.BadRetry, at, "add it", "retry has no %s", key)
		}
	}
	for _, key := range times {
		c.checkInterval(fn, v, key)
	}
	if t := fn.trigger(); t != nil && !slices.ContainsFunc(retried, t.is) {
		c.report(diag.BadRetry, at, "it is for timers, Event Hubs, Cosmos DB and Kafka", "a retry policy is not documented to work for %s", t.typ()).Level = diag.Warning
	}
}

var wholeNumber = regexp.MustCompile(`^[0-9]+$`)

func (c *checker) checkInterval(fn *function, retry *appfiles.Value, key string) {
	v := retry.Find(key)
	switch text := v.String(); {
	case text == "" || timeSpan.MatchString(text):
	case wholeNumber.MatchString(text):
		c.report(diag.BadRetry, fn.doc.PlaceOf(v), "write hh:mm:ss", "%s is read as %s days", key, text).Level = diag.Warning
	default:
		c.report(diag.BadRetry, fn.doc.PlaceOf(v), "write hh:mm:ss", "%s is no time: %q", key, text)
	}
}

// timeSpan is how .NET writes a time: days and seconds, and fractions of these, may be left out.
var timeSpan = regexp.MustCompile(`^\s*([0-9]+[.:])?[0-9]{1,2}:[0-5]?[0-9](:[0-5]?[0-9](\.[0-9]{1,7})?)?\s*$`)

// checkFolder warns of functions named after another event than the one they run on (mistakes 45).
func (c *checker) checkFolder(fn *function) {
	trigger := fn.trigger()
	if fn.name == "" || trigger == nil || !trigger.is("webPubSubTrigger") || !strings.EqualFold(trigger.text("eventType"), "system") {
		return
	}
	event := trigger.text("eventName")
	if isSystemEvent(fn.name) && isSystemEvent(event) && !strings.EqualFold(fn.name, event) {
		c.report(diag.MisleadingFolder, trigger.place("eventName"), "rename the folder, or change eventName", "the function %s runs on the event %s", fn.name, event)
	}
}

func isSystemEvent(name string) bool {
	return slices.ContainsFunc([]string{"connect", "connected", "disconnected"}, func(e string) bool { return strings.EqualFold(e, name) })
}

// checkSource reports what the host does not know for a place that the bindings come from.
func (c *checker) checkSource(fn *function) {
	v := fn.doc.Root.Find("configurationSource")
	if v != nil && !slices.ContainsFunc([]string{"attributes", "config"}, func(s string) bool { return strings.EqualFold(s, v.String()) }) {
		c.report(diag.PropertyValue, fn.doc.PlaceOf(v), "it is attributes or config, or left out", "configurationSource cannot be %s", fn.doc.Text(v.At, v.End))
	}
}

// shapes are the properties of every binding with few values, which the host reads before it asks for the
// extension (host-spec 1.4).
var shapes = []struct {
	name   string
	values []string
}{
	{"dataType", []string{"string", "binary", "stream", "undefined"}},
	{"cardinality", []string{"one", "many"}},
}

// checkShapes reports other values of these, for which the host leaves the function out; it takes numbers.
func (c *checker) checkShapes(e *entry) {
	for _, p := range shapes {
		text := e.text(p.name)
		if text == "" || wholeNumber.MatchString(text) || slices.ContainsFunc(p.values, func(v string) bool { return strings.EqualFold(v, text) }) {
			continue
		}
		c.report(diag.PropertyValue, e.place(p.name), "it is "+strings.Join(p.values, ", "), "%s cannot be %q", p.name, text)
	}
}
