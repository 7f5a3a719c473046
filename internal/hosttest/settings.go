package hosttest

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/wpsgen/wpsgen/internal/expr"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// settings are the app settings as .NET's configuration sees them: names ignore case, and __ is :.
type settings map[string]string

func newSettings(given map[string]string) settings {
	s := make(settings)
	for name, value := range given {
		s[settingKey(name)] = value
	}
	return s
}

func settingKey(name string) string { return strings.ToLower(strings.ReplaceAll(name, "__", ":")) }

func (s settings) lookup(name string) (string, bool) {
	value, ok := s[settingKey(name)]
	return value, ok
}

// ExtensionOptions are what a .NET app sets in code for all its Web PubSub bindings. They come before the
// app settings of the same purpose (extension-spec 9.1).
type ExtensionOptions struct {
	ConnectionString string
	Hub              string
}

const (
	settingConnection = "WebPubSubConnectionString"
	settingHub        = "WebPubSubHub"
	settingStorage    = "AzureWebJobsStorage"
)

// resolver finds the hub and the connections of bindings (extension-spec 9).
type resolver struct {
	settings settings
	code     ExtensionOptions
}

// section is a connection of the settings: the section's value, else its child serviceUri.
func (r *resolver) section(name string) (access, bool, error) {
	if value, _ := r.settings.lookup(name); value != "" {
		a, err := parseAccess(value)
		return a, err == nil, err
	}
	if uri, _ := r.settings.lookup(name + ":serviceUri"); uri != "" {
		endpoint, host, err := wire.ParseEndpoint(uri)
		if err != nil {
			return access{}, false, fmt.Errorf("%s: serviceUri: %w", name, err)
		}
		return access{endpoint: endpoint, host: host, identity: true}, true, nil
	}
	return access{}, false, nil
}

func parseAccess(connectionString string) (access, error) {
	c, err := wire.ParseConnectionString(connectionString)
	if err != nil {
		return access{}, err
	}
	return access{endpoint: c.Endpoint, host: c.Host, key: c.AccessKey, hasKey: c.HasKey}, nil
}

// defaultAccess is the connection of bindings that name none, if there is one.
func (r *resolver) defaultAccess() (access, bool, error) {
	if r.code.ConnectionString != "" {
		a, err := parseAccess(r.code.ConnectionString)
		return a, err == nil, err
	}
	return r.section(settingConnection)
}

// defaultHub is the hub of bindings that name none.
func (r *resolver) defaultHub() (string, bool) {
	if r.code.Hub != "" {
		return r.code.Hub, true
	}
	return r.settings.lookup(settingHub)
}

// triggerHub takes "" for no hub.
func (r *resolver) triggerHub(b *binding) (string, error) {
	hub, err := r.substitute(b.text("hub"))
	if err != nil {
		return "", err
	}
	if hub == "" {
		hub, _ = r.defaultHub()
	}
	if hub == "" {
		return "", ownText("Hub name should be configured in either attribute or appsettings.")
	}
	return hub, nil
}

// substitute resolves the %settings% of a trigger's hub and eventName.
func (r *resolver) substitute(text string) (string, error) {
	resolved, err := expr.ResolveSettings(text, r.settings.lookup)
	if err != nil {
		return "", ownText("Failed to resolve substitute configure: %s, please add.", text)
	}
	return resolved, nil
}

// connectionNames are what a trigger or context names: connections, else connection.
func connectionNames(b *binding) []string {
	if names := b.list("connections"); len(names) > 0 {
		return names
	}
	if name := b.text("connection"); name != "" {
		return []string{name}
	}
	return nil
}

// accesses are the connections a trigger or context accepts events from; none means all.
func (r *resolver) accesses(b *binding) ([]access, error) {
	if raw, _ := b.properties.fold("connections"); !isNull(raw) && json.Unmarshal(raw, new([]string)) != nil {
		return nil, conversionError(raw, "System.String[]")
	}
	names := connectionNames(b)
	if len(names) == 0 {
		a, ok, err := r.defaultAccess()
		if err != nil || !ok {
			return nil, err
		}
		return []access{a}, nil
	}
	var all []access
	for _, name := range names {
		if strings.TrimSpace(name) == "" {
			return nil, ownText("Web PubSub connection section name cannot be null or empty.")
		}
		a, ok, err := r.section(name)
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, ownText("Unable to resolve Web PubSub connection from configuration section '%s'.", name)
		}
		all = append(all, a)
	}
	return all, nil
}

// service is the connection of an input or output: the named one, else the default, else an error.
func (r *resolver) service(b *binding) (access, error) {
	var a access
	var ok bool
	var err error
	if b.has("connection") {
		if name := b.text("connection"); name != "" {
			a, ok, err = r.section(name)
		}
	} else {
		a, ok, err = r.defaultAccess()
	}
	if err != nil {
		return access{}, err
	}
	if !ok {
		return access{}, missingConnection(b.typ)
	}
	return a, nil
}

// extensionName is an input's or output's type as .NET names it.
func extensionName(bindingType string) string {
	if strings.EqualFold(bindingType, typeConnection) {
		return "WebPubSubConnection"
	}
	return "WebPubSub"
}

func missingConnection(bindingType string) error {
	name := extensionName(bindingType)
	return ownText("Connection must be specified through one of the following:\n"+
		"* Set '%s.Connection' property to the name of a config section that contains a Web PubSub connection.\n"+
		"* Set a Web PubSub connection under '%s'.", name, settingConnection)
}

// serviceHub is the hub of an input or output before its expressions are evaluated; "" is a value.
func (r *resolver) serviceHub(b *binding) (string, error) {
	if b.has("hub") {
		return expr.ResolveSettings(b.text("hub"), r.settings.lookup)
	}
	hub, ok := r.defaultHub()
	if !ok {
		return "", ownText("Resolved 'Hub' value is null for extension '%s'.", extensionName(b.typ))
	}
	return hub, nil
}
