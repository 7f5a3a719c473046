package wps

import (
	"encoding/json"
	"fmt"
	"time"
)

// TimerInfo is what a timer function is told of its run. Its JSON is the Functions host's (host-spec 1.6).
type TimerInfo struct {
	// Schedule is the timer's schedule.
	Schedule TimerSchedule
	// ScheduleStatus is what is remembered of earlier runs; nil for a timer without UseMonitor and for
	// schedules of less than a minute. Stand-alone it is kept in memory: after a start, nothing is remembered.
	ScheduleStatus *ScheduleStatus
	// IsPastDue tells that the run is late: the run before took longer than the schedule allows, or
	// the machine slept. Runs missed meanwhile are not made up for.
	IsPastDue bool
}

// TimerSchedule is the part of a schedule that functions are told.
type TimerSchedule struct {
	// AdjustForDST tells that the schedule goes by the clock on the wall, summer time included: true for
	// NCRONTAB, false for a time span.
	AdjustForDST bool
}

// ScheduleStatus is what is remembered of a timer's runs.
type ScheduleStatus struct {
	// Last is when the run before this one began; the zero time when there was none.
	Last time.Time
	// LastUpdated is when the status was written.
	LastUpdated time.Time
	// Next is when this run was due; for one at the start of the app, when the next is.
	Next time.Time
}

// UnmarshalJSON reads a status as the host writes it: times without an offset, as the zero time has, are UTC.
func (s *ScheduleStatus) UnmarshalJSON(doc []byte) error {
	var raw struct{ Last, LastUpdated, Next string }
	if err := json.Unmarshal(doc, &raw); err != nil {
		return err
	}
	for _, part := range []struct {
		name, text string
		to         *time.Time
	}{{"Last", raw.Last, &s.Last}, {"LastUpdated", raw.LastUpdated, &s.LastUpdated}, {"Next", raw.Next, &s.Next}} {
		t, err := parseHostTime(part.text)
		if err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
		*part.to = t
	}
	return nil
}

func parseHostTime(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse("2006-01-02T15:04:05", text); err == nil { // with any fraction of a second
		return t, nil
	}
	return time.Parse(time.RFC3339, text)
}
