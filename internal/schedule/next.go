package schedule

import "time"

// everyHour is the hour field *. Such a schedule goes by the time that passes, any other one by the clock
// on the wall.
const everyHour set = 1<<24 - 1

// Next returns the first time after the one given at which the schedule runs, in the same location;
// the zero time when there is none. A time of day that the clocks skip, as when summer time begins,
// counts at the moment they do; one they show twice counts the first time. With * for the hour
// both hours count, and nothing is made up for a skipped one.
func (s *Schedule) Next(after time.Time) time.Time {
	if s.interval > 0 {
		return after.Add(s.interval)
	}
	from := s.begin(after)
	for t := after; ; {
		wall := s.match(from)
		if wall.IsZero() {
			return time.Time{}
		}
		next := instant(wall, t)
		change := clockChange(t)
		if change.IsZero() || next.Before(change) {
			return next
		}
		was, is := wallAt(change, t), wallOf(change)
		switch {
		case wall.Before(is) && s.hour != everyHour:
			return change
		case wall.Before(is) || s.hour == everyHour && is.Before(was):
			from = is
		default:
			from = wall
		}
		t = change
	}
}

// begin returns the wall clock to go on from after a time: the next second, or later when the clocks have
// been put back and shown that already.
func (s *Schedule) begin(after time.Time) time.Time {
	from := wallOf(after).Truncate(time.Second).Add(time.Second)
	start, _ := after.ZoneBounds()
	if s.hour == everyHour || start.IsZero() || start.After(after) {
		return from
	}
	if shown := wallAt(start, start.Add(-1)); from.Before(shown) {
		return shown
	}
	return from
}

// clockChange returns when the clocks change next, possibly by nothing; zero when they never do.
func clockChange(t time.Time) time.Time {
	_, end := t.ZoneBounds()
	// By the rule of a zone for years to come, ZoneBounds puts an end to every year after 365 days, and
	// so returns one that has passed on the last day of a leap year.
	for day := t; !end.IsZero() && !end.After(t); {
		day = day.Add(24 * time.Hour)
		_, end = day.ZoneBounds()
	}
	return end
}

// wallOf is what the clock on the wall shows at a time, as a time in UTC.
func wallOf(t time.Time) time.Time { return wallAt(t, t) }

// wallAt is what a clock would show at t that has not been changed since the time of zone.
func wallAt(t, zone time.Time) time.Time {
	_, offset := zone.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// instant is the reverse of wallAt.
func instant(wall, zone time.Time) time.Time {
	_, offset := zone.Zone()
	return wall.Add(-time.Duration(offset) * time.Second).In(zone.Location())
}

// match returns the first wall clock not before one that the fields allow; zero when there is none.
func (s *Schedule) match(from time.Time) time.Time {
	day := s.date(from)
	if day.IsZero() {
		return day
	}
	if !day.After(from) { // today
		if h, m, sec, ok := s.clock(from.Clock()); ok {
			return at(day, h, m, sec)
		}
		if day = s.date(day.AddDate(0, 0, 1)); day.IsZero() {
			return day
		}
	}
	return at(day, s.hour.from(0), s.minute.from(0), s.second.from(0))
}

func at(day time.Time, h, m, s int) time.Time {
	y, month, d := day.Date()
	return time.Date(y, month, d, h, m, s, 0, time.UTC)
}

// clock returns the first time of day not before one that the fields allow.
func (s *Schedule) clock(h, m, sec int) (hour, minute, second int, ok bool) {
	if n := s.second.from(sec); n >= 0 && s.minute.has(m) && s.hour.has(h) {
		return h, m, n, true
	}
	if n := s.minute.from(m + 1); n >= 0 && s.hour.has(h) {
		return h, n, s.second.from(0), true
	}
	n := s.hour.from(h + 1)
	return n, s.minute.from(0), s.second.from(0), n >= 0
}

// calendarMonths is after how many months the calendar repeats, weekdays included. A date that does not
// come in that time never does.
const calendarMonths = 400 * 12

// date returns midnight of the first day not before a time that the fields allow; zero when there is
// none. Day of month and weekday must both match, as in NCRONTAB and unlike in cron.
func (s *Schedule) date(from time.Time) time.Time {
	year, month, first := from.Date()
	for range calendarMonths + 1 {
		if s.month.has(int(month)) {
			begin := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
			days := begin.AddDate(0, 1, -1).Day()
			for d := s.day.from(first); d > 0 && d <= days; d = s.day.from(d + 1) {
				if s.weekday.has((int(begin.Weekday()) + d - 1) % 7) {
					return begin.AddDate(0, 0, d-1)
				}
			}
		}
		first = 1
		if month++; month > time.December {
			year, month = year+1, time.January
		}
	}
	return time.Time{}
}
