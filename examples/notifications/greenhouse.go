//wps:defaults hub=notifications
package main

import (
	"math"
	"slices"
	"sync"
	"time"

	"github.com/wpsgen/wpsgen/runtime"
)

// kept is how many readings a page that has just been opened can ask for: a minute of them.
const kept = 31

// Reading is what the sensor measures at one time.
type Reading struct {
	At          time.Time `json:"at"`
	Temperature float64   `json:"temperature"` // in °C
	Humidity    float64   `json:"humidity"`    // in percent
}

// Server is the greenhouse: a sensor, and what it measured lately. The sensor is made up.
type Server struct {
	now    func() time.Time
	random func() float64 // from 0 to 1

	mu     sync.Mutex
	recent []Reading
}

// Measure sends a new reading to everybody.
//
//wps:timer schedule="*/2 * * * * *"
//wps:output
func (s *Server) Measure() wps.Action {
	return wps.SendToAll{Data: wps.JSON(s.measure())}
}

// measure takes a small step at random from the reading before, and keeps the new one.
func (s *Server) measure() Reading {
	s.mu.Lock()
	defer s.mu.Unlock()
	last := Reading{Temperature: 21, Humidity: 55}
	if n := len(s.recent); n > 0 {
		last = s.recent[n-1]
	}
	next := Reading{
		At:          s.now(),
		Temperature: s.step(last.Temperature, 21, 0.7),
		Humidity:    s.step(last.Humidity, 55, 2.5),
	}
	s.recent = append(s.recent, next)
	if len(s.recent) > kept {
		s.recent = slices.Delete(s.recent, 0, 1)
	}
	return next
}

// step goes from a value up or down by half of size at most, and a little towards the usual one, so
// that it never gets far from there.
func (s *Server) step(value, usual, size float64) float64 {
	value += (s.random()-0.5)*size + (usual-value)*0.05
	return math.Round(value*10) / 10
}

// Recent returns the last readings, so that a page does not begin with nothing.
//
//wps:http methods=get authLevel=anonymous
func (s *Server) Recent() []Reading {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Reading{}, s.recent...)
}
