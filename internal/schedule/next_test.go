package schedule

import (
	"strings"
	"testing"
	"time"
)

// stamp is how the tests below write a time: the clock on the wall and what it is behind UTC.
const stamp = "2006-01-02 15:04:05 -0700"

func mustParse(t testing.TB, text string) *Schedule {
	t.Helper()
	s, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func location(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Skipf("this system has no time zones: %v", err)
	}
	return loc
}

func moment(t testing.TB, loc *time.Location, text string) time.Time {
	t.Helper()
	at, err := time.Parse(stamp, text)
	if err != nil {
		t.Fatal(err)
	}
	return at.In(loc)
}

func TestNext(t *testing.T) {
	for _, c := range []struct {
		schedule, after string
		want            string // runs after that, parted by commas; "never" for none
	}{
		{"* * * * * *", "2026-02-03 04:05:06", "2026-02-03 04:05:07, 2026-02-03 04:05:08"},
		{"*/20 * * * * *", "2026-02-03 04:05:06", "2026-02-03 04:05:20, 2026-02-03 04:05:40, 2026-02-03 04:06:00"},
		{"50/4 59 23 * * *", "2026-12-31 23:59:54", "2026-12-31 23:59:58, 2027-01-01 23:59:50"},
		{"0 */5 * * * *", "2026-02-03 04:05:00", "2026-02-03 04:10:00, 2026-02-03 04:15:00"},
		{"*/5 * * * *", "2026-02-03 04:05:00", "2026-02-03 04:10:00"}, // whole minutes
		{"0 */7 * * * *", "2026-02-03 04:55:00", "2026-02-03 04:56:00, 2026-02-03 05:00:00"},
		{"0 */90 * * * *", "2026-02-03 04:55:00", "2026-02-03 05:00:00, 2026-02-03 06:00:00"},
		{"0 0 8-18/5 * * *", "2026-02-03 08:00:00", "2026-02-03 13:00:00, 2026-02-03 18:00:00, 2026-02-04 08:00:00"},
		{"30 5,10-11 6 * * *", "2026-02-03 06:05:30", "2026-02-03 06:10:30, 2026-02-03 06:11:30, 2026-02-04 06:05:30"},
		{"0 0 0 31 * *", "2026-01-31 00:00:00", "2026-03-31 00:00:00, 2026-05-31 00:00:00"},
		{"0 0 0 30,31 1-3 *", "2026-01-31 00:00:00", "2026-03-30 00:00:00, 2026-03-31 00:00:00, 2027-01-30 00:00:00"},
		{"0 0 12 29 2 *", "2026-02-03 04:05:06", "2028-02-29 12:00:00, 2032-02-29 12:00:00"},
		{"0 0 12 29 2 *", "2096-02-29 12:00:00", "2104-02-29 12:00:00"}, // 2100 is no leap year
		{"0 0 12 29 2 MON", "2026-01-01 00:00:00", "2044-02-29 12:00:00, 2072-02-29 12:00:00"},
		{"0 0 9 13 * FRI", "2026-01-01 00:00:00", "2026-02-13 09:00:00, 2026-03-13 09:00:00, 2026-11-13 09:00:00"}, // both must match
		{"0 0 9 1-7 * monday", "2026-01-01 00:00:00", "2026-01-05 09:00:00, 2026-02-02 09:00:00"},
		{"0 0 9 * JAN,jul sun", "2026-01-20 00:00:00", "2026-01-25 09:00:00, 2026-07-05 09:00:00"},
		{"0 0 0 * * 1-5", "2026-11-20 00:00:00", "2026-11-23 00:00:00, 2026-11-24 00:00:00"},
		{"0 0 0 1 1 *", "2026-01-01 00:00:00", "2027-01-01 00:00:00"},
		{"0 0 0 31 2 *", "2026-01-01 00:00:00", "never"},
		{"0 0 0 31 4,6,9,11 *", "2026-01-01 00:00:00", "never"},
		{"0 0 0 30-31 FEB SUN", "2026-01-01 00:00:00", "never"},
	} {
		s := mustParse(t, c.schedule)
		now := moment(t, time.UTC, c.after+" +0000").Add(123 * time.Millisecond)
		got := runs(s, now, strings.Count(c.want, ",")+1, "2006-01-02 15:04:05")
		if got != c.want {
			t.Errorf("%s after %s:\n got %s\nwant %s", c.schedule, c.after, got, c.want)
		}
		if s.Never() != (c.want == "never") {
			t.Errorf("%s: Never is %t", c.schedule, s.Never())
		}
	}
}

func runs(s *Schedule, after time.Time, n int, layout string) string {
	var list []string
	for range n {
		after = s.Next(after)
		if after.IsZero() {
			return "never"
		}
		list = append(list, after.Format(layout))
	}
	return strings.Join(list, ", ")
}

// TestClockChanges goes through the nights in which the clocks change.
func TestClockChanges(t *testing.T) {
	for _, c := range []struct {
		zone, schedule, after string
		want                  string
	}{
		// New York goes from 2:00 to 3:00 on 8 March 2026 and from 2:00 back to 1:00 on 1 November.
		{"America/New_York", "0 30 2 * * *", "2026-03-07 12:00:00 -0500", "2026-03-08 03:00:00 -0400, 2026-03-09 02:30:00 -0400"},
		{"America/New_York", "0 */20 1-3 * * *", "2026-03-08 01:20:00 -0500", "2026-03-08 01:40:00 -0500, 2026-03-08 03:00:00 -0400, 2026-03-08 03:20:00 -0400"},
		{"America/New_York", "0 0 3 * * *", "2026-03-08 01:00:00 -0500", "2026-03-08 03:00:00 -0400, 2026-03-09 03:00:00 -0400"},
		{"America/New_York", "0 30 1 * * *", "2026-10-31 12:00:00 -0400", "2026-11-01 01:30:00 -0400, 2026-11-02 01:30:00 -0500"},
		{"America/New_York", "0 30 1 * * *", "2026-11-01 01:10:00 -0500", "2026-11-02 01:30:00 -0500"},
		{"America/New_York", "0 0 1,2 * * *", "2026-11-01 01:00:00 -0400", "2026-11-01 02:00:00 -0500"},
		{"America/New_York", "0 0 12 * * *", "2026-10-31 12:00:00 -0400", "2026-11-01 12:00:00 -0500"},
		// With * for the hour, the same time passes between any two runs.
		{"America/New_York", "0 */30 * * * *", "2026-03-08 01:30:00 -0500", "2026-03-08 03:00:00 -0400, 2026-03-08 03:30:00 -0400"},
		{"America/New_York", "0 */30 * * * *", "2026-11-01 01:00:00 -0400",
			"2026-11-01 01:30:00 -0400, 2026-11-01 01:00:00 -0500, 2026-11-01 01:30:00 -0500, 2026-11-01 02:00:00 -0500"},
		{"America/New_York", "0 15 * * * *", "2026-03-08 01:15:00 -0500", "2026-03-08 03:15:00 -0400"},
		// Lord Howe Island changes by half an hour: forward from 2:00 on 4 October, back from 2:00 on 5 April.
		{"Australia/Lord_Howe", "0 15 2 * * *", "2026-10-03 12:00:00 +1030", "2026-10-04 02:30:00 +1100, 2026-10-05 02:15:00 +1100"},
		{"Australia/Lord_Howe", "0 45 1 * * *", "2026-04-04 12:00:00 +1100", "2026-04-05 01:45:00 +1100, 2026-04-06 01:45:00 +1030"},
		// Samoa had no 30 December 2011; what was due on it runs as soon as there is a date again.
		{"Pacific/Apia", "0 0 12 30 12 *", "2011-12-29 00:00:00 -1000", "2011-12-31 00:00:00 +1400, 2012-12-30 12:00:00 +1400"},
		// Far ahead, and over the last day of a leap year.
		{"America/New_York", "0 0 12 29 2 MON", "2026-01-01 00:00:00 -0500", "2044-02-29 12:00:00 -0500, 2072-02-29 12:00:00 -0500"},
		{"Europe/Berlin", "0 30 23 31 12 *", "2040-12-31 12:00:00 +0100", "2040-12-31 23:30:00 +0100, 2041-12-31 23:30:00 +0100"},
		// The time between the runs of a TimeSpan does not care.
		{"America/New_York", "01:00:00", "2026-03-08 01:30:00 -0500", "2026-03-08 03:30:00 -0400"},
	} {
		loc := location(t, c.zone)
		got := runs(mustParse(t, c.schedule), moment(t, loc, c.after), strings.Count(c.want, ",")+1, stamp)
		if got != c.want {
			t.Errorf("%s in %s after %s:\n got %s\nwant %s", c.schedule, c.zone, c.after, got, c.want)
		}
	}
}

// TestNextAgainstCounting finds runs by trying every second, across a change of the clocks each way.
func TestNextAgainstCounting(t *testing.T) {
	loc := location(t, "Europe/Berlin")
	for _, text := range []string{
		"*/7 * * * * *", "5-10,40 */9 * * * *", "0 59 * * * *", "30 15 * 25,29 3,10 SUN", "0 */13 * * MAR *",
	} {
		s := mustParse(t, text)
		for _, start := range []string{"2026-03-29 00:30:00 +0100", "2026-10-25 01:30:00 +0200"} {
			from := moment(t, loc, start)
			next := s.Next(from)
			for second := 1; second <= 4*60*60; second++ {
				now := from.Add(time.Duration(second) * time.Second)
				if due := s.fits(now); due != now.Equal(next) {
					t.Fatalf("%s: at %v, due is %t, but the next run is %v", text, now, due, next)
				} else if due {
					next = s.Next(now)
				}
			}
		}
	}
}

// fits reports whether the clock on the wall shows what the fields allow.
func (s *Schedule) fits(t time.Time) bool {
	return s.second.has(t.Second()) && s.minute.has(t.Minute()) && s.hour.has(t.Hour()) &&
		s.day.has(t.Day()) && s.month.has(int(t.Month())) && s.weekday.has(int(t.Weekday()))
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"0 */5 * * * *", "*/5 * * * *", "0 0 9-17/2 1,15 JAN-mar mon", "0 0 12 29 2 MON", "0 0 0 31 2 *",
		"00:05:00", "1.02:03:04", "24:00:00", "0 0 22-2 * * *", "every 5 minutes", "? \t:.-/,", "",
	} {
		f.Add(seed, int64(1_790_000_000))
	}
	berlin := location(f, "Europe/Berlin")
	f.Fuzz(func(t *testing.T, text string, unix int64) {
		s, err := Parse(text)
		if err != nil {
			e, ok := err.(*SyntaxError)
			if !ok || e.Text != text || e.Position < 1 || e.Position > len(text)+1 || e.Reason == "" || e.Hint == "" {
				t.Fatalf("%q: error %#v", text, err)
			}
			return
		}
		if s.String() != text {
			t.Fatalf("%q became %q", text, s)
		}
		// Years that occur; time.Time itself has limits far outside them.
		unix %= 4_000_000_000
		for _, loc := range []*time.Location{time.UTC, berlin} {
			now := time.Unix(unix, 0).In(loc)
			next := s.Next(now)
			switch {
			case next.IsZero() != s.Never():
				t.Fatalf("%q after %v: %v, never %t", text, now, next, s.Never())
			case next.IsZero():
			case !next.After(now):
				t.Fatalf("%q: %v is not after %v", text, next, now)
			case s.Interval() == 0 && loc == time.UTC && !s.fits(next):
				t.Fatalf("%q after %v: %v does not fit", text, now, next)
			}
		}
	})
}
