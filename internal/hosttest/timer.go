package hosttest

import (
	"time"

	"github.com/wpsgen/wpsgen/internal/schedule"
)

// timerInfo is Data.<name> of a timer (host-spec 1.6).
type timerInfo struct {
	Schedule       timerSchedule
	ScheduleStatus *scheduleStatus
	IsPastDue      bool
}

type timerSchedule struct{ AdjustForDST bool }

type scheduleStatus struct{ Last, LastUpdated, Next string }

const dateTimeOffset = "2006-01-02T15:04:05.9999999-07:00"

// zeroDate is the Last of a timer that never ran.
const zeroDate = "0001-01-01T00:00:00"

// newTimerInfo is what a timer's function gets at now when it last ran at last, the zero time for never;
// Next is the occurrence that this run is for. There is no status for intervals under a minute, which the
// host does not monitor.
func newTimerInfo(s *schedule.Schedule, monitor bool, last, now time.Time, pastDue bool) timerInfo {
	info := timerInfo{Schedule: timerSchedule{AdjustForDST: s.Interval() == 0}, IsPastDue: pastDue}
	if monitor && (s.Interval() == 0 || s.Interval() >= time.Minute) {
		before := now
		if !last.IsZero() {
			before = last.Truncate(time.Second)
		}
		info.ScheduleStatus = &scheduleStatus{Last: timerDate(last), LastUpdated: timerDate(last), Next: timerDate(s.Next(before))}
	}
	return info
}

func timerDate(t time.Time) string {
	if t.IsZero() {
		return zeroDate
	}
	return t.Format(dateTimeOffset)
}
