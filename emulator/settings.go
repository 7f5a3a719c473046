package emulator

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// hubSettings are the settings of a hub, checked and ready to use. They are never changed, only
// replaced, and take the validation results of their URLs along.
type hubSettings struct {
	handlers       []eventHandler
	allowAnonymous bool
	keepAlive      time.Duration // not positive for none
	validations    *validations
}

// eventHandler is one compiled EventHandler.
type eventHandler struct {
	template string
	users    eventPattern
	systems  []string
}

var systemEvents = []string{eventConnect, eventConnected, eventDisconnected}

// newHubSettings are those of a hub that was given none.
func newHubSettings() *hubSettings {
	return &hubSettings{keepAlive: defaultKeepAlive, validations: newValidations()}
}

// compileSettings checks what the service checks when hub settings are saved.
func compileSettings(h Hub) (*hubSettings, error) {
	s := newHubSettings()
	s.allowAnonymous = h.AllowAnonymous
	if h.KeepAliveInterval != 0 {
		s.keepAlive = h.KeepAliveInterval
	}
	for i, handler := range h.EventHandlers {
		compiled, err := compileHandler(handler)
		if err != nil {
			return nil, fmt.Errorf("event handler %d: %w", i+1, err)
		}
		s.handlers = append(s.handlers, compiled)
	}
	return s, nil
}

func compileHandler(h EventHandler) (eventHandler, error) {
	if err := checkTemplate(h.URLTemplate); err != nil {
		return eventHandler{}, err
	}
	users, err := compileEventPattern(h.UserEventPattern)
	if err != nil {
		return eventHandler{}, err
	}
	out := eventHandler{template: h.URLTemplate, users: users}
	for _, name := range h.SystemEvents {
		name = strings.ToLower(strings.TrimSpace(name))
		if !slices.Contains(systemEvents, name) {
			return eventHandler{}, fmt.Errorf("system event %s: use %s", quoteShort(name), strings.Join(systemEvents, ", "))
		}
		out.systems = append(out.systems, name)
	}
	return out, nil
}

// checkTemplate accepts an absolute http or https URL with parameters behind the host only.
func checkTemplate(template string) error {
	scheme, rest, ok := strings.Cut(template, "://")
	scheme = strings.ToLower(scheme)
	if !ok || scheme != "http" && scheme != "https" {
		return fmt.Errorf("URL template %s is not an absolute http or https URL", quoteShort(template))
	}
	host, _, _ := strings.Cut(rest, "/")
	if strings.ContainsAny(host, "{}") {
		return fmt.Errorf("URL template %s has a parameter in its host, where none may be", quoteShort(template))
	}
	filled := fillTemplate(template, "hub", "event")
	if strings.ContainsAny(filled, "{}") {
		return fmt.Errorf("URL template %s has a parameter other than {hub} and {event}", quoteShort(template))
	}
	if u, err := url.Parse(filled); err != nil || u.Hostname() == "" {
		return fmt.Errorf("URL template %s is not a URL with a host", quoteShort(template))
	}
	return nil
}

// fillTemplate replaces {hub} and {event}, whatever their case, by the escaped names.
func fillTemplate(template, hub, event string) string {
	var out strings.Builder
	for {
		open := strings.IndexByte(template, '{')
		if open < 0 {
			break
		}
		end := strings.IndexByte(template[open:], '}')
		if end < 0 {
			break
		}
		out.WriteString(template[:open])
		switch parameter := template[open : open+end+1]; strings.ToLower(parameter) {
		case "{hub}":
			out.WriteString(url.PathEscape(hub))
		case "{event}":
			out.WriteString(url.PathEscape(event))
		default:
			out.WriteString(parameter)
		}
		template = template[open+end+1:]
	}
	out.WriteString(template)
	return out.String()
}

// handlerFor returns the first handler that takes the event, or nil (service-spec 3.1).
func (s *hubSettings) handlerFor(ev *event) *eventHandler {
	for i := range s.handlers {
		h := &s.handlers[i]
		if ev.system && slices.Contains(h.systems, ev.name) || !ev.system && h.users.match(ev.name) {
			return h
		}
	}
	return nil
}

// quoteShort quotes a value for a message and cuts what is absurdly long.
func quoteShort(s string) string {
	const most = 200
	if len(s) > most {
		s = s[:most] + "…"
	}
	return strconv.Quote(s)
}
