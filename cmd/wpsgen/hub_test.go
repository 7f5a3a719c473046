package main

import (
	"encoding/json"
	"testing"

	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/generator/hub"
)

// TestHubJSON gives the emulator what --format json prints.
func TestHubJSON(t *testing.T) {
	settings := []hub.Settings{
		{Hub: "Chat", Path: "/a", UserEvents: []string{"message", "join"}},
		{Hub: "chat", Path: "/b/{event}", SystemEvents: []string{"connect"}, UserEvents: []string{"vote", "*"}},
	}
	text, err := renderHub(hubOptions{format: formatEmulator, target: hub.Target{URL: localURL}}, settings)
	if err != nil {
		t.Fatal(err)
	}
	var hubs map[string]emulator.Hub
	if err := json.Unmarshal([]byte(text), &hubs); err != nil {
		t.Fatal(err)
	}
	em, err := emulator.New(emulator.Options{Hubs: hubs})
	if err != nil {
		t.Fatal(err)
	}
	defer em.Close()
	handlers := hubs["chat"].EventHandlers
	if len(hubs) != 1 || len(handlers) != 2 || handlers[0].UserEventPattern != "message,join" || handlers[1].UserEventPattern != "*" {
		t.Errorf("got %+v", hubs)
	}
}
