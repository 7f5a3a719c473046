package hub

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// keyParameter is the parameter of Bicep and ARM templates that has the key.
const keyParameter = "webPubSubExtensionKey"

// bicep prints a resource for each hub, below a service that exists (service-spec 6.3).
func bicep(settings []Settings, target Target) string {
	var b strings.Builder
	if slices.ContainsFunc(settings, Settings.NeedsKey) {
		fmt.Fprintf(&b, "%s@secure()\nparam %s string\n\n", comment("//", "This is "+keyHelp), keyParameter)
	}
	fmt.Fprintf(&b, "resource service 'Microsoft.SignalRService/webPubSub@%s' existing = {\n  name: %s\n}\n", apiVersion, bicepString(target.Service))
	ids := identifiers{}
	for _, handlers := range byHub(settings) {
		fmt.Fprintf(&b, "\nresource %s 'Microsoft.SignalRService/webPubSub/hubs@%s' = {\n", ids.of(handlers[0].Hub), versionFor(handlers))
		fmt.Fprintf(&b, "  parent: service\n  name: %s\n  properties: {\n", bicepString(handlers[0].Hub))
		b.WriteString("    anonymousConnectPolicy: 'deny'\n    eventHandlers: [\n")
		for _, s := range handlers {
			b.WriteString(bicepHandler(s, target))
		}
		b.WriteString("    ]\n  }\n}\n")
	}
	return b.String()
}

func bicepHandler(s Settings, target Target) string {
	const indent = "        "
	var b strings.Builder
	b.WriteString("      {\n" + indent + "urlTemplate: " + bicepURL(s, target) + "\n")
	if pattern := s.UserEventPattern(); pattern != "" {
		b.WriteString(indent + "userEventPattern: " + bicepString(pattern) + "\n")
	}
	if len(s.SystemEvents) > 0 {
		b.WriteString(bicepArray(indent, "systemEvents", s.SystemEvents))
	}
	if len(s.GroupPresenceEvents) > 0 {
		b.WriteString(indent + "groupPresenceEvents: {\n")
		b.WriteString(bicepArray(indent+"  ", "eventNames", s.GroupPresenceEvents))
		b.WriteString(bicepArray(indent+"  ", "groupFilters", allGroups))
		b.WriteString(indent + "}\n")
	}
	return b.String() + "      }\n"
}

func bicepURL(s Settings, target Target) string {
	if !s.NeedsKey() {
		return bicepString(target.URL + s.Path)
	}
	return strings.TrimSuffix(bicepString(target.URL+s.Path+"?code="), "'") + "${uriComponent(" + keyParameter + ")}'"
}

// bicepArray has an item a line, which every version of Bicep reads.
func bicepArray(indent, name string, items []string) string {
	var b strings.Builder
	b.WriteString(indent + name + ": [\n")
	for _, item := range items {
		b.WriteString(indent + "  " + bicepString(item) + "\n")
	}
	return b.String() + indent + "]\n"
}

// bicepString quotes a string literal of Bicep, where ${ begins an expression unless it is escaped.
func bicepString(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '\\' || r == '\'':
			b.WriteString(`\` + string(r))
		case r == '$' && strings.HasPrefix(s[i:], "${"):
			b.WriteString(`\$`)
		case unicode.IsControl(r) || r == '\u2028' || r == '\u2029':
			fmt.Fprintf(&b, `\u{%x}`, r)
		default:
			b.WriteRune(r)
		}
	}
	return "'" + b.String() + "'"
}
