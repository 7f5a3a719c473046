package fronts_test

import (
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/wpsgen/wpsgen/e2e/observe"
	wps "github.com/wpsgen/wpsgen/runtime"
)

const (
	accessKey = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGH"
	origin    = "svc.example"
	hub       = "chat"
)

func settings() map[string]string {
	return map[string]string{
		"WebPubSubConnectionString": "Endpoint=https://" + origin + ";AccessKey=" + accessKey,
		"AzureWebJobsStorage":       "UseDevelopmentStorage=true",
	}
}

// behaviour is what the app's functions do for now, and what the last one saw.
type behaviour struct {
	mu    sync.Mutex
	call  func(*wps.Invocation) error
	seen  json.RawMessage
	timer *wps.TimerInfo
}

func (b *behaviour) set(call func(*wps.Invocation) error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.call, b.seen = call, nil
}

func (b *behaviour) last() json.RawMessage {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.seen
}

// handle notes an event and does what the case says.
func (b *behaviour) handle(inv *wps.Invocation) error {
	seen := observe.Event(inv)
	b.mu.Lock()
	b.seen = seen
	call := b.call
	b.mu.Unlock()
	if call == nil {
		return nil
	}
	return call(inv)
}

var output = wps.WebPubSub{Name: "actions", Hub: hub}

func function(name string, upstream wps.Upstream, call func(*wps.Invocation) error, bindings ...wps.Binding) wps.Function {
	return wps.Function{Name: name, Upstream: upstream, Bindings: append(bindings, output), Handler: wps.Handler{Call: call}}
}

// events are the events the app has functions for.
var events = []struct{ eventType, name string }{
	{wps.EventTypeSystem, "connect"}, {wps.EventTypeSystem, "connected"}, {wps.EventTypeSystem, "disconnected"},
	{wps.EventTypeSystem, "joinedGroup"}, {wps.EventTypeUser, "message"},
}

// triggered are the functions of the events, each of a webPubSubTrigger.
func (b *behaviour) triggered(upstream wps.Upstream) []wps.Function {
	var list []wps.Function
	for _, e := range events {
		trigger := wps.WebPubSubTrigger{Name: "request", Hub: hub, EventType: e.eventType, EventName: e.name}
		if e.eventType == wps.EventTypeUser {
			trigger.Name = "data"
		}
		list = append(list, function(e.name, upstream, b.handle, trigger))
	}
	return append(list, b.others(upstream)...)
}

// hooked is one function for all events, of a webPubSubContext.
func (b *behaviour) hooked() []wps.Function {
	hook := function("hook", wps.UpstreamTrigger, b.handle,
		wps.HTTPTrigger{Name: "req", Methods: []string{"post", "options"}, AuthLevel: "anonymous"}, wps.HTTPOutput{Name: "res"}, wps.WebPubSubContext{Name: "wps"})
	return append(b.others(wps.UpstreamTrigger), hook)
}

// others are an http function and a timer.
func (b *behaviour) others(upstream wps.Upstream) []wps.Function {
	page := wps.Function{Name: "page", Upstream: upstream, Handler: wps.Handler{Call: answerPage}, Bindings: []wps.Binding{
		wps.HTTPTrigger{Name: "req", Route: "pages/{name}", AuthLevel: "anonymous"}, wps.HTTPOutput{Name: "res"}}}
	tick := func(inv *wps.Invocation) error {
		b.mu.Lock()
		b.timer = inv.TimerInfo()
		b.mu.Unlock()
		inv.Actions("actions").Add(wps.SendToAll{Data: wps.Text("tick")})
		return nil
	}
	timer := wps.TimerTrigger{Name: "timer", Schedule: "0 0 0 1 1 *", RunOnStartup: true, UseMonitor: true}
	return []wps.Function{page, function("tick", upstream, tick, timer)}
}

// folder writes the app's folder as wpsgen does. With UpstreamHTTP the host has the events go to one
// function, and what is in customHandler says how.
func folder(t *testing.T, functions []wps.Function, customHandler map[string]any) string {
	t.Helper()
	dir := t.TempDir()
	handler := map[string]any{"description": map[string]any{"defaultExecutablePath": "app"}}
	for name, value := range customHandler {
		handler[name] = value
	}
	write(t, dir, "host.json", map[string]any{
		"version": "2.0", "customHandler": handler,
		"extensionBundle": map[string]any{"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"},
	})
	for _, f := range functions {
		if entries := entriesOf(f); len(entries) > 0 {
			write(t, dir, f.Name+"/function.json", map[string]any{"bindings": entries})
		}
	}
	if len(functions) > 0 && functions[0].Upstream == wps.UpstreamHTTP {
		write(t, dir, "webpubsub/function.json", map[string]any{"bindings": []any{
			map[string]any{"type": "httpTrigger", "direction": "in", "name": "req", "authLevel": "anonymous", "methods": []string{"post", "options"}},
			map[string]any{"type": "http", "direction": "out", "name": "res"},
		}})
	}
	return dir
}

func write(t *testing.T, dir, name string, doc any) {
	t.Helper()
	src, err := json.Marshal(doc)
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err == nil {
		err = os.MkdirAll(filepath.Dir(file), 0o755)
	}
	if err == nil {
		err = os.WriteFile(file, src, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// entriesOf are a function's bindings in function.json; none for an event's function with UpstreamHTTP.
func entriesOf(f wps.Function) []any {
	var list []any
	for _, b := range f.Bindings {
		switch b := b.(type) {
		case wps.WebPubSubTrigger:
			if f.Upstream == wps.UpstreamHTTP {
				return nil
			}
			entry := map[string]any{"type": "webPubSubTrigger", "direction": "in", "name": b.Name, "hub": b.Hub, "eventType": b.EventType,
				"eventName": b.EventName, "clientProtocols": orAll(b.ClientProtocols), "connections": b.Connections, "connection": b.Connection}
			if b.EventType == wps.EventTypeUser {
				entry["dataType"] = "binary"
			}
			list = append(list, entry)
		case wps.HTTPTrigger:
			entry := map[string]any{"type": "httpTrigger", "direction": "in", "name": b.Name, "authLevel": b.AuthLevel}
			if b.Route != "" {
				entry["route"] = b.Route
			}
			if len(b.Methods) > 0 {
				entry["methods"] = b.Methods
			}
			list = append(list, entry)
		case wps.TimerTrigger:
			list = append(list, map[string]any{"type": "timerTrigger", "direction": "in", "name": b.Name, "schedule": b.Schedule})
		case wps.WebPubSubContext:
			list = append(list, map[string]any{"type": "webPubSubContext", "direction": "in", "name": b.Name})
		case wps.HTTPOutput:
			list = append(list, map[string]any{"type": "http", "direction": "out", "name": b.Name})
		case wps.WebPubSub:
			if f.Upstream == wps.UpstreamTrigger {
				list = append(list, map[string]any{"type": "webPubSub", "direction": "out", "name": b.Name, "hub": b.Hub})
			}
		}
	}
	return list
}

func orAll(protocols string) string {
	if protocols == "" {
		return "all"
	}
	return protocols
}

func silent() wps.Option { return wps.WithLogger(slog.New(slog.DiscardHandler)) }
