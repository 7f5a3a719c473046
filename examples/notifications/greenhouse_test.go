package main

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestMeasure(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	s := &Server{
		now:    func() time.Time { now = now.Add(2 * time.Second); return now },
		random: rand.New(rand.NewPCG(1, 2)).Float64,
	}
	if got := s.Recent(); got == nil || len(got) != 0 {
		t.Errorf("before the first reading: %v, want an empty list, which is [] as JSON", got)
	}
	different := make(map[float64]bool)
	for range 1000 {
		r := s.measure()
		different[r.Temperature] = true
		if !r.At.Equal(now) || r.Temperature < 15 || r.Temperature > 27 || r.Humidity < 35 || r.Humidity > 75 {
			t.Fatalf("reading %+v", r)
		}
	}
	recent := s.Recent()
	if len(recent) != kept || !recent[kept-1].At.Equal(now) || recent[kept-1].At.Sub(recent[0].At) != time.Minute {
		t.Errorf("%d readings are kept, from %v to %v", len(recent), recent[0].At, recent[len(recent)-1].At)
	}
	if len(different) < 10 {
		t.Errorf("only %d temperatures in 1000 readings", len(different))
	}
}

// TestStepsLeadBack goes as far as chance can, and finds the way back.
func TestStepsLeadBack(t *testing.T) {
	s := &Server{now: time.Now, random: func() float64 { return 1 }}
	var high Reading
	for range 500 {
		high = s.measure()
	}
	if high.Temperature > 28.5 || high.Humidity > 80.5 {
		t.Errorf("chance leads to %+v", high)
	}
	s.random = func() float64 { return 0.5 }
	for range 500 {
		high = s.measure()
	}
	if high.Temperature > 22 || high.Humidity > 56 {
		t.Errorf("without chance it stays at %+v", high)
	}
}
