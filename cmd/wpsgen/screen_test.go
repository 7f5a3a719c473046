package main

import (
	"bytes"
	"regexp"
	"sync"
	"testing"
	"time"
)

// screen shows what a program at work prints.
type screen struct {
	t *testing.T

	mu   sync.Mutex
	text bytes.Buffer
	seen int // where await begins to look
}

// Write takes what the program prints.
func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *screen) output() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// look lets await see only what is printed from here on.
func (s *screen) look() { s.seen = len(s.output()) }

// await waits until the program has printed something that matches, since the last look.
func (s *screen) await(pattern string) []string {
	s.t.Helper()
	re := regexp.MustCompile(pattern)
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if m := re.FindStringSubmatch(s.output()[s.seen:]); m != nil {
			return m
		}
	}
	s.t.Fatalf("the program did not print %s", pattern)
	return nil
}
