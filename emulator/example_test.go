package emulator_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
)

// An application answers the user event message; a client says something and gets the answer.
func Example() {
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("WebHook-Allowed-Origin", "*")
		said, _ := io.ReadAll(r.Body)
		if r.Header.Get("ce-eventName") == "message" {
			w.Header().Set("Content-Type", "text/plain")
			fmt.Fprintf(w, "%s said %s", r.Header.Get("ce-userId"), said)
		}
	}))
	defer app.Close()

	emu, err := emulator.New(emulator.Options{Hubs: map[string]emulator.Hub{
		"chat": {EventHandlers: []emulator.EventHandler{{URLTemplate: app.URL, UserEventPattern: "*"}}},
	}})
	if err != nil {
		log.Fatal(err)
	}
	defer emu.Close()

	url, err := emu.ClientURL("chat", emulator.ClientOptions{UserID: "ada"})
	if err != nil {
		log.Fatal(err)
	}
	client, _, err := websocket.Dial(context.Background(), url, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer client.CloseNow()
	if err := client.Write(context.Background(), websocket.MessageText, []byte("hello")); err != nil {
		log.Fatal(err)
	}
	_, answer, err := client.Read(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(answer))
	// Output: ada said hello
}
