package hosttest

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/internal/expr"
	"github.com/wpsgen/wpsgen/internal/schedule"
)

// app is an app folder that has passed the host's checks.
type app struct {
	dir       string
	host      *hostConfig
	settings  settings
	resolver  *resolver
	functions []*function
	routes    []*httpRoute
	listeners *listeners
}

// knownTypes are binding types of the host and of the bundle, but for Web PubSub's own.
var knownTypes = []string{
	typeHTTPTrigger, typeHTTP, typeTimerTrigger, "warmupTrigger", "queueTrigger", "queue", "blobTrigger", "blob", "table",
	"cosmosDBTrigger", "cosmosDB", "eventHubTrigger", "eventHub", "eventGridTrigger", "eventGrid", "serviceBusTrigger", "serviceBus",
	"signalRTrigger", "signalR", "signalRConnectionInfo", "sqlTrigger", "sql", "mysqlTrigger", "mysql", "kafkaTrigger", "kafka",
	"rabbitMQTrigger", "rabbitMQ", "redisStreamTrigger", "redisListTrigger", "redisPubSubTrigger", "redis", "sendGrid", "twilioSms",
	"daprServiceInvocationTrigger", "daprBindingTrigger", "daprTopicTrigger", "daprState", "daprSecret", "daprPublish", "daprInvoke", "daprBinding",
	"orchestrationTrigger", "activityTrigger", "entityTrigger", "durableClient",
}

var webPubSubTypes = []string{typeTrigger, typeConnection, typeContext, typeOutput}

const bundleID = "Microsoft.Azure.Functions.ExtensionBundle"

// loadApp reads an app folder and checks it as the host does at start.
func loadApp(o Options) (*app, error) {
	s := newSettings(o.Settings)
	doc, err := readLenient(filepath.Join(o.Dir, "host.json"))
	if err != nil {
		return nil, err
	}
	a := &app{dir: o.Dir, settings: s, resolver: &resolver{settings: s, code: o.Extension}}
	if a.host, err = readHostConfig(doc, s); err != nil {
		return nil, err
	}
	if a.functions, err = readFunctions(o.Dir, s); err != nil {
		return nil, err
	}
	if err := a.checkTypes(o.Inputs); err != nil {
		return nil, err
	}
	if a.routes, err = httpRoutes(a.functions); err != nil {
		return nil, err
	}
	return a, a.index()
}

// checkTypes wants every binding type to be of a loaded extension. A bundle's are loaded only if a
// function uses a type of its list, which webPubSubContext is not on (host-spec 4.2).
func (a *app) checkTypes(inputs map[string]InputFunc) error {
	known := slices.Clone(knownTypes)
	for typ := range inputs {
		known = append(known, typ)
	}
	bundle := a.host.config["extensionbundle:id"]
	if a.extensionLoaded(bundle) {
		known = append(known, webPubSubTypes...)
	}
	for _, f := range a.functions {
		for _, b := range f.bindings {
			if slices.ContainsFunc(known, b.is) {
				continue
			}
			where := "registered"
			if bundle != "" {
				where = "found in the configured extension bundle"
			}
			return ownText("The '%s' function is in error: The binding type(s) '%s' were not %s. "+
				"Please ensure the type is correct and the binding extension is installed.", f.name, b.typ, where)
		}
	}
	return nil
}

func (a *app) extensionLoaded(bundle string) bool {
	if bundle == "" {
		return exists(filepath.Join(a.dir, "extensions.csproj"))
	}
	return strings.EqualFold(bundle, bundleID) && slices.ContainsFunc(a.functions, func(f *function) bool {
		return f.find(func(b *binding) bool {
			return b.is(typeTrigger) || b.is(typeConnection) || b.is(typeOutput)
		}) != nil
	})
}

// index resolves and checks the bindings (extension-spec 10).
func (a *app) index() error {
	a.listeners = newListeners()
	for _, f := range a.functions {
		for _, b := range f.bindings {
			if err := a.indexBinding(f, b); err != nil {
				return ownText("Error indexing method '%s': %w", f.name, err)
			}
		}
	}
	return nil
}

func (a *app) indexBinding(f *function, b *binding) error {
	var err error
	switch {
	case b.is(typeTrigger):
		if !a.storage() {
			return ownText("WebPubSubTrigger is disabled due to 'AzureWebJobsStorage' connection string is not set or invalid.")
		}
		return a.listeners.add(a.resolver, f, b)
	case b.is(typeTimerTrigger):
		if !a.storage() {
			return errors.New("the timer needs the setting AzureWebJobsStorage")
		}
		b.schedule, err = a.schedule(b)
		return err
	case b.is(typeConnection) || b.is(typeOutput):
		return a.indexService(b)
	case b.is(typeContext):
		accesses, err := a.resolver.accesses(b)
		if err != nil {
			return err
		}
		b.validator, err = newValidator(accesses)
		return err
	}
	return nil
}

// storage reports whether AzureWebJobsStorage is set, as a value or as a section of an identity.
func (a *app) storage() bool {
	for name, value := range a.settings {
		if value != "" && (name == lower(settingStorage) || strings.HasPrefix(name, lower(settingStorage)+":")) {
			return true
		}
	}
	return false
}

func (a *app) schedule(b *binding) (*schedule.Schedule, error) {
	text, err := expr.ResolveSettings(b.text("schedule"), a.settings.lookup)
	if err != nil {
		return nil, err
	}
	return schedule.Parse(text)
}

// indexService resolves the connection of an input or output and reads its expressions. dataType on a
// connection has no converter (host-spec 3).
func (a *app) indexService(b *binding) error {
	var err error
	if b.access, err = a.resolver.service(b); err != nil {
		return err
	}
	hub, err := a.resolver.serviceHub(b)
	if err != nil {
		return err
	}
	if b.hub, err = expr.Parse(hub); err != nil {
		return err
	}
	if !b.is(typeConnection) || !b.has("userId") {
		return nil
	}
	user, err := expr.ResolveSettings(b.text("userId"), a.settings.lookup)
	if err != nil {
		return err
	}
	b.userID, err = expr.Parse(user)
	return err
}
