package resilience_test

import (
	"log"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/wpsgen/wpsgen/e2e/resilience"
	wps "github.com/wpsgen/wpsgen/runtime"
)

// envPause makes the test binary the app itself, whose messages take that long.
const envPause = "WPSGEN_RESILIENCE_PAUSE"

func TestMain(m *testing.M) {
	text, isApp := os.LookupEnv(envPause)
	if !isApp {
		goleak.VerifyTestMain(m)
		return
	}
	pause, err := time.ParseDuration(text)
	if err != nil {
		log.Fatal(err)
	}
	wps.Main(resilience.Functions(&resilience.Server{Pause: pause}))
}
