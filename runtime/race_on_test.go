//go:build race

package wps

// raceEnabled tells that the race detector runs: sync.Pool then drops what it is given at random.
const raceEnabled = true
