//go:build !unix

package main

import "log"

// cpuSeconds is the processor time that this process has used, which is not asked for on this system.
func cpuSeconds() float64 {
	log.Fatal("the benchmark runs on Unix alone")
	return 0
}
