// Chat is a chat room: people open the page, give a name and talk. Run it with
//
//	wpsgen dev ./examples/chat
package main

import (
	"time"

	"github.com/wpsgen/wpsgen/runtime"
)

func main() {
	wps.Main(Functions(&Server{now: time.Now}))
}
