package validate

import (
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/schedule"
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

// checkRetry checks a retry policy. The host leaves a function out whose policy is none (its
// ValidateRetryOptions); one that has no effect it takes.
func (c *checker) checkRetry(fn *function) {
	v := fn.doc.Root.Find("retry")
	if v == nil || v.Kind == appfiles.Null {
		return
	}
	at := fn.doc.PlaceOf(v)
	var times []string
	switch strategy := v.Find("strategy").String(); {
	case strings.EqualFold(strategy, "fixedDelay"):
		times = []string{"delayInterval"}
	case strings.EqualFold(strategy, "exponentialBackoff"):
		times = []string{"minimumInterval", "maximumInterval"}
	default:
		c.report(diag.BadRetry, at, "it is fixedDelay or exponentialBackoff", "retry has the strategy %q", strategy).Level = diag.Error
		return
	}
	for _, key := range append(times, "maxRetryCount") {
		if v.Find(key) == nil {
			c.report(diag.BadRetry, at, "add it", "retry has no %s", key).Level = diag.Error
		}
	}
	for _, key := range times {
		if t := v.Find(key).String(); t != "" && !isTimeSpan(t) {
			c.report(diag.BadRetry, fn.doc.PlaceOf(v.Find(key)), "write hh:mm:ss", "%s is no time: %q", key, t).Level = diag.Error
		}
	}
	if t := fn.trigger(); t != nil && !slices.ContainsFunc(retried, t.is) {
		c.report(diag.BadRetry, at, "it is for timers, Event Hubs, Cosmos DB and Kafka", "a retry policy is not documented to work for %s", t.typ())
	}
}

// isTimeSpan reports whether the host reads a text as a time. No time at all is one.
func isTimeSpan(text string) bool {
	if strings.Trim(text, "0:.") == "" {
		return true
	}
	s, err := schedule.Parse(text)
	return err == nil && s.Interval() > 0
}

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
