package wps

import (
	"os"
	"strings"

	"github.com/wpsgen/wpsgen/internal/expr"
)

// Settings the runtime itself reads.
const (
	settingConnection   = "WebPubSubConnectionString"
	settingHub          = "WebPubSubHub"
	settingFunctionKey  = "WPS_FUNCTION_KEY"
	settingAdminKey     = "WPS_ADMIN_KEY"
	settingAddr         = "WPS_ADDR"
	settingPort         = "PORT"
	settingDrainTimeout = "WPS_DRAIN_TIMEOUT"
	settingStopDelay    = "WPS_SHUTDOWN_DELAY"
	settingHostPort     = "FUNCTIONS_CUSTOMHANDLER_PORT"
	settingTimers       = "WPS_TIMERS"
	settingTimeZone     = "WEBSITE_TIME_ZONE"
	settingRoutePrefix  = overridePrefix + "extensions:http:routePrefix"
	settingWebhookKey   = "WPS_WEBHOOK_KEY"
	settingOther        = "WPS_OTHER_BINDINGS"
	settingPrincipal    = "WPS_TRUST_CLIENT_PRINCIPAL"
)

// settings are the app's settings. Names ignore case, and ":" is another spelling of "__".
type settings map[string]string

func newSettings(values map[string]string) settings {
	s := make(settings, len(values))
	for _, name := range sortedKeys(values) { // of two spellings of one name, always the same wins
		s[settingKey(name)] = values[name]
	}
	return s
}

func environment() settings {
	values := make(map[string]string)
	for _, entry := range os.Environ() {
		if name, value, ok := strings.Cut(entry, "="); ok {
			values[name] = value
		}
	}
	return newSettings(values)
}

func settingKey(name string) string {
	return strings.ReplaceAll(strings.ToLower(name), "__", ":")
}

func (s settings) lookup(name string) (string, bool) {
	v, ok := s[settingKey(name)]
	return v, ok
}

func (s settings) get(name string) string { return s[settingKey(name)] }

// resolve replaces %setting% in a binding's property.
func (s settings) resolve(text string) (string, error) {
	return expr.ResolveSettings(text, s.lookup)
}

// hub is a binding's hub, or the default one; empty when there is none.
func (s settings) hub(text string) (string, error) {
	hub, err := s.resolve(text)
	if err != nil || hub != "" {
		return hub, err
	}
	return s.get(settingHub), nil
}
