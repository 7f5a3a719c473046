// Command rest sends through a wps.ServiceClient for a while and prints what that cost, one line of JSON, as
// the other clients of the benchmark do: see docs/performance.md. PORT is the service's, on loopback, and
// DUR how long, 15 s at most.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/wpsgen/wpsgen/runtime"
)

const (
	senders = 8
	warmUp  = 500 * time.Millisecond
	longest = 15 * time.Second
)

func main() {
	log.SetFlags(0)
	d, err := time.ParseDuration(os.Getenv("DUR"))
	if err != nil {
		log.Fatalf("DUR: %v", err)
	}
	client, err := wps.NewServiceClient("Endpoint=http://127.0.0.1:"+os.Getenv("PORT")+";AccessKey=cHJpbWFyeQ==", "bench")
	if err != nil {
		log.Fatal(err)
	}
	text := strings.Repeat("x", 100)
	send := func() error { return client.Do(context.Background(), wps.SendToAll{Data: wps.Text(text)}) }
	drive(warmUp, send)
	report(min(d, longest), send)
}

// drive calls op from several goroutines for a while.
func drive(d time.Duration, op func() error) (ops, bad int64) {
	var total, failed atomic.Int64
	var running sync.WaitGroup
	end := time.Now().Add(d)
	for range senders {
		running.Go(func() {
			for time.Now().Before(end) {
				if op() != nil {
					failed.Add(1)
				}
				total.Add(1)
			}
		})
	}
	running.Wait()
	return total.Load(), failed.Load()
}

func report(d time.Duration, op func() error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	cpu, begin := cpuSeconds(), time.Now()
	ops, bad := drive(d, op)
	took := time.Since(begin).Seconds()
	cpu = cpuSeconds() - cpu
	runtime.ReadMemStats(&after)
	err := json.NewEncoder(os.Stdout).Encode(map[string]any{
		"name": "wpsgen", "ops": ops, "bad": bad, "ops_s": float64(ops) / took, "cpu_s_per_100k": cpu / float64(ops) * 1e5,
		"allocs_op": float64(after.Mallocs-before.Mallocs) / float64(ops), "bytes_op": float64(after.TotalAlloc-before.TotalAlloc) / float64(ops),
	})
	if err != nil {
		log.Fatal(err)
	}
}
