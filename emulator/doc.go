// Package emulator is Azure Web PubSub in memory: the service's client endpoint, its upstream events
// and its REST data plane on one loopback port, for local work and for tests.
//
// A test starts one as it would start an httptest.Server, names the event handlers of its hub, and
// then uses any client of the real service against it:
//
//	emu, err := emulator.New(emulator.Options{Hubs: map[string]emulator.Hub{
//		"chat": {EventHandlers: []emulator.EventHandler{{
//			URLTemplate:      app.URL + "/runtime/webhooks/webpubsub",
//			UserEventPattern: "*",
//			SystemEvents:     []string{"connect", "connected", "disconnected"},
//		}}},
//	}})
//	if err != nil {
//		t.Fatal(err)
//	}
//	defer emu.Close()
//	url, err := emu.ClientURL("chat", emulator.ClientOptions{UserID: "ada"})
//
// Clients may be simple (no subprotocol, or one of their own) or speak json.webpubsub.azure.v1.
//
// # How it is built
//
// A connection is the logical client: its identity, groups, permissions, connection state and the
// messages waiting for it. A socket is the WebSocket that carries it at the moment. A protocol turns
// messages into frames and frames into requests; nothing else knows how a client spells them. A hub
// knows its connections, users and groups. The upstream speaks to event handlers. REST operations
// are the rows of one table.
//
// Each connection has three goroutines: one reads frames, one works on them in order (and waits for
// the event handler, so that a connection has one message in work at a time), one writes. Whoever
// sends to a connection only appends to its queue and never waits for its socket.
//
// # Differences from the service
//
// Nothing is kept when the emulator ends, messages have no time to live, and handler calls are not
// repeated. A failed validation of an event handler is tried again at the next event
// instead of after a growing pause, because an application that is being written is often not up
// yet. Header names in the connect event are in canonical form, whatever the client's spelling.
package emulator
