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
// Clients may be simple (no subprotocol, or one of their own) or speak json.webpubsub.azure.v1 or
// json.reliable.webpubsub.azure.v1. The REST data plane is complete, filters included.
//
// # How it is built
//
// A connection is the logical client: its identity, groups, permissions, connection state and, when
// its protocol is reliable, the backlog of messages its client has not acknowledged. A link is the
// WebSocket that carries it at the moment, with the frames that wait for it; a reliable connection
// whose client was lost has none for a while, and gets another when it comes back. A protocol turns
// messages into frames and frames into requests; nothing else knows how a client spells them. A hub
// knows its connections, users and groups. The upstream speaks to event handlers. REST operations
// are the rows of one table.
//
// Each connection has a goroutine that works on its messages in order (and waits for the event
// handler, so that a connection has one message in work at a time), each link one that reads and one
// that writes. Whoever sends to a connection only appends to its queue and never waits for its socket.
//
// # Differences from the service
//
// Nothing is kept when the emulator ends: a client that comes back to another one is told to connect
// anew. Handler calls are repeated only where Options say so. A message's time to live counts for
// clients that were lost and come back; others get it at once. A failed validation of an event
// handler is tried again at the next event instead of after a growing pause, because an application
// that is being written is often not up yet. Header names in the connect event are in canonical form,
// whatever the client's spelling.
package emulator
