package hub

import (
	"fmt"
	"slices"
	"strings"
)

// Target is the service that settings are printed for.
type Target struct {
	// URL is the app's base URL as the service reaches it, without a slash at its end.
	URL string
	// Service is the name of the Web PubSub resource.
	Service string
	// ResourceGroup is the resource group it is in. Bicep and ARM templates are deployed into one and do
	// not have it.
	ResourceGroup string
}

// Names of formats that settings can be printed in.
const (
	FormatAz        = "az"
	FormatBicep     = "bicep"
	FormatTerraform = "terraform"
	FormatARM       = "arm"
)

// API versions of Microsoft.SignalRService: the stable one, and the first that knows group presence events
// (service-spec 6.1).
const (
	apiVersion         = "2024-03-01"
	apiVersionPresence = "2025-08-01-preview"
)

// keyHelp says what the key in a URL is and where it comes from (service-spec 6.2).
const keyHelp = "the app's system key webpubsub_extension, there once the app has started with a function for an event:\n" +
	"az functionapp keys list -g RESOURCE_GROUP -n APP --query systemKeys.webpubsub_extension -o tsv"

// Render returns settings in a format: az commands for a POSIX shell, a Bicep file, Terraform for azurerm, or
// an ARM template. A key of the app is a variable or a parameter there and never a value. Every name and
// URL is quoted as the format wants it, so that it stays text whatever it holds. The error is that there is
// no such format.
func Render(format string, settings []Settings, target Target) (string, error) {
	switch format {
	case FormatAz:
		return az(settings, target), nil
	case FormatBicep:
		return bicep(settings, target), nil
	case FormatTerraform:
		return terraform(settings, target), nil
	case FormatARM:
		return arm(settings, target)
	}
	return "", fmt.Errorf("there is no format %q for event handlers", format)
}

// KeepsPresence reports whether a format can say that an event handler takes group presence events.
func KeepsPresence(format string) bool { return format == FormatBicep || format == FormatARM }

// byHub parts settings, which are in order, into those of each hub.
func byHub(settings []Settings) [][]Settings {
	var hubs [][]Settings
	for _, s := range settings {
		if last := len(hubs) - 1; last >= 0 && strings.EqualFold(hubs[last][0].Hub, s.Hub) {
			hubs[last] = append(hubs[last], s)
			continue
		}
		hubs = append(hubs, []Settings{s})
	}
	return hubs
}

// versionFor returns the API version that a hub's handlers need.
func versionFor(handlers []Settings) string {
	if slices.ContainsFunc(handlers, func(s Settings) bool { return len(s.GroupPresenceEvents) > 0 }) {
		return apiVersionPresence
	}
	return apiVersion
}

// comment puts the lines of a text behind a comment's mark.
func comment(mark, text string) string {
	return mark + " " + strings.ReplaceAll(text, "\n", "\n"+mark+"   ") + "\n"
}

// identifiers gives names of hubs the shape of identifiers, each another.
type identifiers map[string]bool

func (taken identifiers) of(name string) string {
	base := "hub_" + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, name)
	id := base
	for i := 2; taken[id]; i++ {
		id = fmt.Sprintf("%s_%d", base, i)
	}
	taken[id] = true
	return id
}
