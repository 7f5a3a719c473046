package hub

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// terraformKey is the variable of a Terraform configuration that has the key.
const terraformKey = "webpubsub_extension_key"

// terraform prints a resource of the azurerm provider for each hub, below a service that exists
// (service-spec 6.3).
func terraform(settings []Settings, target Target) string {
	var b strings.Builder
	if slices.ContainsFunc(settings, Settings.NeedsKey) {
		fmt.Fprintf(&b, "%svariable %q {\n  type      = string\n  sensitive = true\n}\n\n", comment("#", "This is "+keyHelp), terraformKey)
	}
	b.WriteString("data \"azurerm_web_pubsub\" \"service\" {\n" + attributes("  ", []attribute{
		{"name", hclString(target.Service)},
		{"resource_group_name", hclString(target.ResourceGroup)},
	}) + "}\n")
	ids := identifiers{}
	for _, handlers := range byHub(settings) {
		fmt.Fprintf(&b, "\nresource \"azurerm_web_pubsub_hub\" %q {\n", ids.of(handlers[0].Hub))
		b.WriteString(attributes("  ", []attribute{
			{"name", hclString(handlers[0].Hub)},
			{"web_pubsub_id", "data.azurerm_web_pubsub.service.id"},
			{"anonymous_connections_enabled", "false"},
		}))
		for _, s := range handlers {
			b.WriteString("\n  event_handler {\n" + attributes("    ", terraformHandler(s, target)) + "  }\n")
		}
		b.WriteString("}\n")
	}
	return b.String()
}

func terraformHandler(s Settings, target Target) []attribute {
	url := hclString(target.URL + s.Path)
	if s.NeedsKey() {
		url = strings.TrimSuffix(hclString(target.URL+s.Path+"?code="), `"`) + "${urlencode(var." + terraformKey + `)}"`
	}
	all := []attribute{{"url_template", url}}
	if pattern := s.UserEventPattern(); pattern != "" {
		all = append(all, attribute{"user_event_pattern", hclString(pattern)})
	}
	if len(s.SystemEvents) > 0 {
		var quoted []string
		for _, event := range s.SystemEvents {
			quoted = append(quoted, hclString(event))
		}
		all = append(all, attribute{"system_events", "[" + strings.Join(quoted, ", ") + "]"})
	}
	return all
}

type attribute struct{ name, value string }

// attributes puts each on a line, equals signs below each other as terraform fmt has them.
func attributes(indent string, all []attribute) string {
	width := 0
	for _, a := range all {
		width = max(width, len(a.name))
	}
	var b strings.Builder
	for _, a := range all {
		fmt.Fprintf(&b, "%s%-*s = %s\n", indent, width, a.name, a.value)
	}
	return b.String()
}

// hclString quotes a string literal of HCL, where ${ and %{ begin a template unless the sign is doubled.
func hclString(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '\\' || r == '"':
			b.WriteString(`\` + string(r))
		case (r == '$' || r == '%') && strings.HasPrefix(s[i+1:], "{"):
			b.WriteString(string(r) + string(r))
		case r > 0xffff && unicode.IsControl(r):
			fmt.Fprintf(&b, `\U%08x`, r)
		case unicode.IsControl(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return `"` + b.String() + `"`
}
