package validate

import (
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// checkHosting reports triggers that the place the app is for does not have (mistakes 51).
func (c *checker) checkHosting(a *app) {
	if a.web == noWebAPI {
		return
	}
	for _, fn := range a.live() {
		t := fn.trigger()
		if t == nil || t.is("httpTrigger") {
			continue
		}
		f := c.report(diag.StaticWebApp, t.start(), "take events with webPubSubContext, or bring a Functions app of your own", "the API of a Static Web App has no %s", t.typ())
		if a.web == maybeWebAPI {
			f.Level = diag.Warning
			f.Message = fmt.Sprintf("if this is the API of the Static Web App beside it, it has no %s", t.typ())
		}
	}
}

// webhook is the path of the extension's webhook (host-spec 2.1).
const webhook = "/runtime/webhooks/webpubsub"

// checkScripts looks at what sets up the app's service and plan (mistakes 43, 52).
func (c *checker) checkScripts(a *app) {
	triggers := a.entries(func(e *entry) bool { return e.is("webPubSubTrigger") })
	if len(triggers) == 0 {
		return
	}
	var p plan
	for _, path := range a.scripts {
		src, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		n := 0
		for line := range strings.Lines(string(src)) {
			n++
			if at := strings.Index(strings.ToLower(line), webhook); at >= 0 && !keyless.MatchString(line) {
				c.report(diag.HandlerKey, diag.Place{File: path, Line: n, Column: at + 1}, "append ?code= and the system key webpubsub_extension", "the event handler's URL has no key")
			}
			if isInfrastructure(path) {
				p.read(path, line, n)
			}
		}
	}
	if p.flex.Line > 0 {
		c.reportFlex(a, p, triggers[0])
	}
}

// keyless finds lines that need no key: those that have it, comments, and what runs on this machine.
var keyless = regexp.MustCompile(`(?i)code=|^\s*(#|//|rem\b)|localhost|127\.0\.0\.1|awps-tunnel`)

// reportFlex is an error where the plan can be no other app's.
func (c *checker) reportFlex(a *app, p plan, trigger *entry) {
	f := c.report(diag.FlexConsumption, trigger.start(), "write upstream: http in wpsgen.yaml, or take events with webPubSubContext", "webPubSubTrigger does not work on Flex Consumption")
	f.Related = []diag.Related{{Place: p.flex, Message: "the plan"}}
	if p.others || a.siblings && !within(a.dir, p.flex.File) {
		f.Level = diag.Warning
		f.Message += ", if that is this app's plan"
	}
}

// plan is what files of infrastructure say of hosting plans.
type plan struct {
	flex   diag.Place
	others bool
}

// Plans as Bicep and Terraform name them.
var (
	flexPlan  = regexp.MustCompile(`(?i)["'](FC1|FlexConsumption)["']`)
	otherPlan = regexp.MustCompile(`(?i)["'](Y1|EP[1-3]|B[1-3]|S[1-3]|P[0-3](m?v[2-4])?|Dynamic|ElasticPremium)["']`)
)

// read notes the plans that a line names, comments aside.
func (p *plan) read(path, line string, n int) {
	if text := strings.TrimSpace(line); strings.HasPrefix(text, "//") || strings.HasPrefix(text, "#") {
		return
	}
	p.others = p.others || otherPlan.MatchString(line)
	if m := flexPlan.FindStringIndex(line); m != nil && p.flex.Line == 0 {
		p.flex = diag.Place{File: path, Line: n, Column: m[0] + 1}
	}
}

func isInfrastructure(path string) bool {
	return strings.HasSuffix(path, ".bicep") || strings.HasSuffix(path, ".tf")
}
