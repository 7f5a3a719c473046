package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/generator/hub"
)

// What stands where an option was not given. The emulator is told of dev's own address, since it has to
// reach the app.
const (
	placeholderURL           = "https://<app>.azurewebsites.net"
	placeholderService       = "<web-pubsub>"
	placeholderResourceGroup = "<resource-group>"
	localURL                 = "http://127.0.0.1:8080"
)

// check returns what is wrong with the options, before anything is done.
func (o *hubOptions) check() error {
	if !slices.Contains(hubFormats, o.format) {
		return fmt.Errorf("--format is %s or %s, not %q", strings.Join(hubFormats[:len(hubFormats)-1], ", "), formatEmulator, o.format)
	}
	if err := checkAzureName("--name", o.target.Service); err != nil {
		return err
	}
	if err := checkAzureName("--resource-group", o.target.ResourceGroup); err != nil {
		return err
	}
	return checkBaseURL(o.target.URL)
}

// checkAzureName refuses what is no name of a resource and az would not take as text: it reads the file
// that a value with @ before it names.
func checkAzureName(flag, name string) error {
	if strings.HasPrefix(name, "@") || strings.ContainsFunc(name, unicode.IsControl) {
		return fmt.Errorf("%s %q is no name in Azure", flag, name)
	}
	return nil
}

// checkBaseURL wants a URL that a path can be put behind. The URL is not quoted, since it may hold a key.
func checkBaseURL(base string) error {
	if base == "" {
		return nil
	}
	u, err := url.Parse(base)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || strings.ContainsAny(base, "{}"):
		return fmt.Errorf("--url is no http or https URL with a host; write it like https://chat.azurewebsites.net")
	case u.User != nil || strings.ContainsAny(base, "?#"):
		return fmt.Errorf("--url is the app's base URL, without user, query and fragment; a key does not belong into it")
	}
	return nil
}

// fill puts placeholders where nothing was given, and says so.
func (o *hubOptions) fill(errOut io.Writer) {
	o.target.URL = strings.TrimRight(o.target.URL, "/")
	if o.format == formatEmulator {
		orPlaceholder(errOut, &o.target.URL, "--url", localURL, ", the app's address under wpsgen dev, is printed")
		return
	}
	const replace = " is printed; replace it"
	orPlaceholder(errOut, &o.target.URL, "--url", placeholderURL, replace)
	orPlaceholder(errOut, &o.target.Service, "--name", placeholderService, replace)
	if o.format == hub.FormatAz || o.format == hub.FormatTerraform {
		orPlaceholder(errOut, &o.target.ResourceGroup, "--resource-group", placeholderResourceGroup, replace)
	}
}

func orPlaceholder(errOut io.Writer, value *string, flag, placeholder, then string) {
	if *value == "" {
		*value = placeholder
		sayHub(errOut, "%s was not given: %s%s", flag, placeholder, then)
	}
}

// sayPresence says what of group presence events is lost or guessed. Directives name no groups, and only
// templates know the events, in a preview (service-spec 6.1).
func (o *hubOptions) sayPresence(errOut io.Writer, settings []hub.Settings) {
	for _, s := range settings {
		switch {
		case len(s.GroupPresenceEvents) == 0:
		case hub.KeepsPresence(o.format):
			sayHub(errOut, "hub %s: group presence events are a preview of the service; they are asked for all groups, name those you need in groupFilters", s.Hub)
		default:
			sayHub(errOut, "hub %s: --format %s cannot say group presence events, which are left out; bicep and arm can", s.Hub, o.format)
		}
	}
}

func renderHub(o hubOptions, settings []hub.Settings) (string, error) {
	if o.format != formatEmulator {
		return hub.Render(o.format, settings, o.target)
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	err := enc.Encode(emulatorHubs(settings, o.target.URL))
	return b.String(), err
}

// emulatorHubs are settings as the emulator takes them, for an app at a base URL. It knows no group
// presence events.
func emulatorHubs(settings []hub.Settings, base string) map[string]emulator.Hub {
	hubs := make(map[string]emulator.Hub)
	for _, s := range settings {
		name := strings.ToLower(s.Hub)
		h := hubs[name]
		h.EventHandlers = append(h.EventHandlers, emulator.EventHandler{
			URLTemplate: base + s.Path, UserEventPattern: s.UserEventPattern(), SystemEvents: append([]string{}, s.SystemEvents...),
		})
		hubs[name] = h
	}
	return hubs
}
