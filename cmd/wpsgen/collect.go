package main

import (
	"os"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// Values of GOGC for a run of the generator, which keeps most of what it allocates until its end: to collect
// garbage as often as in a server costs a quarter of its time, and saves little memory.
const (
	gcOnce   = 1600 // the first collection waits for 64 MiB, which takes more than 1,000 functions
	gcRarely = 400  // the others wait until there is five times what was left by the one before
)

// collectRarely sets how often a command that ends soon collects garbage, unless its user has said so. Commands
// that last do it for each run of the generator, with collectLess.
func collectRarely(cmd *cobra.Command, _ []string) {
	if os.Getenv("GOGC") != "" || lasts(cmd) {
		return
	}
	debug.SetGCPercent(gcOnce)
	runtime.AddCleanup(new([32]byte), func(percent int) { debug.SetGCPercent(percent) }, gcRarely) // at the first collection
}

// lasts reports whether a command runs until it is interrupted.
func lasts(cmd *cobra.Command) bool {
	watch := cmd.Flags().Lookup("watch")
	return cmd.Name() == "dev" || cmd.Name() == "emulator" || watch != nil && watch.Changed
}

// collectLess collects garbage rarely until restore is called.
func collectLess() (restore func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	before := debug.SetGCPercent(gcRarely)
	return func() { debug.SetGCPercent(before) }
}
