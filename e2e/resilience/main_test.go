package resilience_test

import (
	"fmt"
	"log"
	"os"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/e2e/resilience"
	"github.com/wpsgen/wpsgen/internal/leaktest"
	wps "github.com/wpsgen/wpsgen/runtime"
)

// envPause makes the test binary the app itself, whose messages take that long.
const envPause = "WPSGEN_RESILIENCE_PAUSE"

func TestMain(m *testing.M) {
	text, isApp := os.LookupEnv(envPause)
	if !isApp {
		leaktest.Main(m)
		return
	}
	pause, err := time.ParseDuration(text)
	if err != nil {
		log.Fatal(err)
	}
	wps.Main(resilience.Functions(&resilience.Server{Pause: pause}), wps.WithMiddleware(announce))
}

// begun is the line that a process prints at the beginning of each call.
const begun = "begun"

// announce tells the test that a call has begun.
func announce(next func(*wps.Invocation) error) func(*wps.Invocation) error {
	return func(inv *wps.Invocation) error {
		fmt.Fprintln(os.Stderr, begun)
		return next(inv)
	}
}
