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

// flexPlan finds the Flex Consumption plan in what sets up an app.
var flexPlan = regexp.MustCompile(`(?i)["']?(FC1|FlexConsumption)["']`)

// webhook is the path of the extension's webhook (host-spec 2.1).
const webhook = "/runtime/webhooks/webpubsub"

// checkScripts looks at what sets up the app's service and plan (mistakes 43, 52).
func (c *checker) checkScripts(a *app) {
	triggers := a.entries(func(e *entry) bool { return e.is("webPubSubTrigger") })
	if len(triggers) == 0 {
		return
	}
	for _, path := range a.scripts {
		src, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		n := 0
		for line := range strings.Lines(string(src)) {
			n++
			if at := strings.Index(strings.ToLower(line), webhook); at >= 0 && !strings.Contains(line, "code=") {
				c.report(diag.HandlerKey, diag.Place{File: path, Line: n, Column: at + 1}, "append ?code= and the system key webpubsub_extension", "the event handler's URL has no key")
			}
			if m := flexPlan.FindStringIndex(line); m != nil && isInfrastructure(path) {
				c.report(diag.FlexConsumption, triggers[0].start(), "write upstream: http in wpsgen.yaml, or take events with webPubSubContext", "webPubSubTrigger does not work on Flex Consumption").Related =
					[]diag.Related{{Place: diag.Place{File: path, Line: n, Column: m[0] + 1}, Message: "the plan"}}
			}
		}
	}
}

func isInfrastructure(path string) bool {
	return strings.HasSuffix(path, ".bicep") || strings.HasSuffix(path, ".tf")
}
