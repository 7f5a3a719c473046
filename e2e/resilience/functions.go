// Package resilience is an app whose every call can be told from every other, and the tests that break
// its network, its processes and its replicas and count what was done.
//
//wps:defaults hub=resilience
package resilience

import (
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"github.com/wpsgen/wpsgen/runtime"
)

// Tick is the seconds between two runs of the timer.
const Tick = 2

// Server is one process of the app.
type Server struct {
	// Pause is how long a message takes, so that some are under way at any time.
	Pause time.Duration

	calls atomic.Int64
}

// Message sends what it gets to everybody, together with the number of the call, and answers its sender.
//
//wps:trigger eventType=user eventName=message
//wps:output
func (s *Server) Message(data string) (string, wps.Action) {
	text := fmt.Sprintf("%s %d/%d", data, os.Getpid(), s.calls.Add(1))
	time.Sleep(s.Pause)
	return text, wps.SendToAll{Data: wps.Text(text)}
}

// Clock tells everybody for which second it runs.
//
//wps:timer schedule="*/2 * * * * *"
//wps:output
func (s *Server) Clock() wps.Action {
	return wps.SendToAll{Data: wps.Text(fmt.Sprintf("tick %d", time.Now().Unix()/Tick*Tick))}
}
