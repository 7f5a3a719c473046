// Package delivery is the smallest app that sends every message everywhere, and the test that counts
// whether each arrives once.
//
//wps:defaults hub=delivery
package delivery

import "github.com/wpsgen/wpsgen/runtime"

// Message sends what it gets to everybody, and answers its sender with it.
//
//wps:trigger eventType=user eventName=message
//wps:output
func Message(data string) (string, wps.Action) {
	return data, wps.SendToAll{Data: wps.Text(data)}
}
