//go:build !race

package wps

const raceEnabled = false
