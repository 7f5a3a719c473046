// Notifications is a greenhouse that tells everybody how warm and damp it is: a timer measures, every
// open page draws. Run it with
//
//	wpsgen dev ./examples/notifications
package main

import (
	"math/rand/v2"
	"time"

	"github.com/wpsgen/wpsgen/runtime"
)

func main() {
	wps.Main(Functions(&Server{now: time.Now, random: rand.Float64}))
}
