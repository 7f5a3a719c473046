package main

import (
	"fmt"
	"io"

	"github.com/wpsgen/wpsgen/emulator"
)

// printEvent prints one event as one line: time, hub, event, user, status, milliseconds, and what went
// wrong if something did.
func printEvent(w io.Writer, r emulator.EventRecord) {
	user := r.UserID
	if user == "" {
		user = "-"
	}
	line := fmt.Sprintf("%s  %-12s %-14s %-16s %3d %5d ms",
		r.Time.Format("15:04:05"), r.Hub, r.EventName, user, r.Status, r.Duration.Milliseconds())
	if r.Err != nil {
		line += fmt.Sprintf("  %v", r.Err)
	}
	fmt.Fprintln(w, line)
}
