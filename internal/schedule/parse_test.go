package schedule

import (
	"strings"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

// TestHostSchedules holds what is accepted against the host.
func TestHostSchedules(t *testing.T) {
	var file struct {
		Schedules []struct {
			Schedule string
			Accepted bool
		}
	}
	vectors.Read(t, "host/invoke-timer.json", &file)
	vectors.Some(t, len(file.Schedules), "schedules")
	for _, v := range file.Schedules {
		if strings.Contains(v.Schedule, "%") {
			continue // an app setting, which is resolved before
		}
		s, err := Parse(v.Schedule)
		if (err == nil) != v.Accepted {
			t.Errorf("%q: %v, accepted by the host: %t", v.Schedule, err, v.Accepted)
		}
		if err == nil && s.String() != v.Schedule {
			t.Errorf("%q became %q", v.Schedule, s)
		}
	}
}

func TestSpans(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"00:05:00":        5 * time.Minute,
		"0:0:1":           time.Second,
		"23:59:59":        24*time.Hour - time.Second,
		"1.00:00:00":      24 * time.Hour,
		"7.01:02:03":      7*24*time.Hour + time.Hour + 2*time.Minute + 3*time.Second,
		"24:00:00":        24 * 24 * time.Hour, // the host takes these for days, hours and minutes
		"30:12:30":        30*24*time.Hour + 12*time.Hour + 30*time.Minute,
		" 00:00:02 ":      2 * time.Second,
		"106750.00:00:00": 106750 * 24 * time.Hour,
	} {
		s, err := Parse(text)
		if err != nil || s.Interval() != want {
			t.Errorf("%q: %v, %v, want %v", text, s, err, want)
			continue
		}
		now := time.Date(2026, 3, 8, 1, 59, 59, 500, time.UTC)
		if next := s.Next(now); next.Sub(now) != want {
			t.Errorf("%q: next is %v after, want %v", text, next.Sub(now), want)
		}
	}
	if s, err := Parse("0 0 * * * *"); err != nil || s.Interval() != 0 {
		t.Errorf("NCRONTAB has the interval %v, %v", s.Interval(), err)
	}
}

func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                               `schedule "", position 1: it is empty; ` + shape,
		"   ":                            `schedule "   ", position 1: it is empty; ` + shape,
		"* * * *":                        `schedule "* * * *", position 7: it has 4 fields in place of six, or five for whole minutes; ` + shape,
		"0 */5 * * *  * *":               "position 16: it has 7 fields",
		"every 5 minutes":                "position 9: it has 3 fields",
		"@hourly":                        `position 1: "@hourly" is neither NCRONTAB nor a time span; `,
		"5":                              `position 1: "5" is neither NCRONTAB nor a time span`,
		"60 * * * * *":                   "position 1: 60 is no second; the second field holds numbers from 0 to 59, lists, ranges and steps of them, or * for every one",
		"0 0 24 * * *":                   "position 5: 24 is no hour; the hour field holds numbers from 0 to 23",
		"0 0 0 0 * *":                    "position 7: 0 is no day; the day field holds numbers from 1 to 31",
		"0 0 0 * 13 *":                   "position 9: 13 is no month; the month field holds numbers from 1 (January) to 12 (December), names such as FEB",
		"0 0 0 * * 7":                    "position 11: 7 is no weekday; the weekday field holds numbers from 0 (Sunday) to 6 (Saturday), names such as MON",
		"0 0 0 * * 1,XYZ":                `position 13: "XYZ" is no weekday`,
		"0 0 0 ? * MON":                  `position 7: "?" is no day; the day field holds numbers from 1 to 31, lists, ranges and steps of them, or * for every one`,
		"0 0 0 L * *":                    `position 7: "L" is no day`,
		"0 0 0 * * MON#2":                `position 11: "MON#2" is no weekday`,
		"0 0 0 * * T":                    "position 11: T could be Tuesday or Thursday; write three letters",
		"0 0 0 * ma *":                   "position 9: ma could be March or May",
		"0 0 22-2 * * *":                 "position 5: the range 22-2 of the hour field runs backwards; write 22-23,0-2, or 2-22, which is how the host would read it",
		"0 0 0 * * FRI-MO":               "position 11: the range FRI-MO of the weekday field runs backwards; write 5-6,0-1, or 1-5, which",
		"*/0 * * * * *":                  `position 3: "0" is not a step; a step is a number from 1 on, as in */5`,
		"*/ * * * * *":                   `position 3: "" is not a step`,
		"*/-5 * * * * *":                 `position 3: "-5" is not a step`,
		"/5 * * * * *":                   `position 1: "/5" is no second`,
		",5 * * * * *":                   `position 1: "" is no second`,
		"5, * * * * *":                   `position 3: "" is no second`,
		"-5 * * * * *":                   `position 1: "-5" is no second`,
		"1-2-3 * * * * *":                `position 3: "2-3" is no second`,
		"1- * * * * *":                   `position 3: "" is no second`,
		"** * * * * *":                   `position 1: "**" is no second`,
		"0\t0 * * * *":                   `position 1: "0\t0" is no minute`,
		"0 99999999999999999999 * * * *": "position 3: 99999999999999999999 is no minute",
		"00:05":                          `position 1: "00:05" is not three numbers parted by colons; write a time span as hh:mm:ss`,
		"00:05:00:00":                    "is not three numbers parted by colons",
		"1.2.00:00:00":                   `position 3: "2.00" is not a whole number of hours`,
		"x.00:00:00":                     `position 1: "x" is not a whole number of days`,
		"00:00:00.5":                     `position 7: "00.5" is not a whole number of seconds`,
		"00:60:00":                       "position 4: minutes 60 are over 59",
		"24:30:00":                       "position 4: hours 30 are over 23",
		"1.24:00:00":                     "position 3: hours 24 are over 23",
		"-00:05:00":                      `position 1: "-00" is not a whole number of hours`,
		"00:00:00":                       "position 1: no time would pass between two runs; the shortest time span is 00:00:01",
		"106751.00:00:00":                "are over 106750",
		"999999:00:00":                   "days 999999 are over 106750",
	} {
		s, err := Parse(text)
		if err == nil {
			t.Errorf("%q: no error, but %+v", text, s)
			continue
		}
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error\n%s\nwant\n%s", text, err, want)
		}
	}
}
