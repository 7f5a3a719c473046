package schedule

import (
	"strconv"
	"strings"
	"time"
)

// maxDays is how many days a time.Duration can hold.
const maxDays = int(1<<63-1) / int(24*time.Hour)

const spanHint = "write a time span as hh:mm:ss or d.hh:mm:ss, as in 00:05:00 for five minutes"

// parseSpan reads a .NET TimeSpan with whole seconds. Where the first number is over 23 and no day
// stands before it, .NET takes the three for days, hours and minutes.
func parseSpan(w word) (time.Duration, error) {
	if !strings.Contains(w.text, ":") {
		return 0, w.errorf(shape, "%q is neither NCRONTAB nor a time span", w.text)
	}
	clock, days := w, 0
	dotted := false
	if i := strings.IndexByte(w.text, '.'); i >= 0 && i < strings.IndexByte(w.text, ':') {
		var err error
		if days, err = spanPart(w.first(i), "days", maxDays); err != nil {
			return 0, err
		}
		clock, dotted = w.rest(i+1), true
	}
	parts := parted(clock, ':')
	if len(parts) != 3 {
		return 0, clock.errorf(spanHint, "%q is not three numbers parted by colons", clock.text)
	}
	if first, err := strconv.Atoi(parts[0].text); err == nil && first > 23 && !dotted {
		return spanOf(parts[0], parts[1], parts[2], word{"0", parts[2].at})
	}
	return spanOf(word{strconv.Itoa(days), w.at}, parts[0], parts[1], parts[2])
}

func spanOf(days, hours, minutes, seconds word) (time.Duration, error) {
	var total time.Duration
	for _, part := range []struct {
		word
		name string
		max  int
		unit time.Duration
	}{
		{days, "days", maxDays - 1, 24 * time.Hour}, {hours, "hours", 23, time.Hour},
		{minutes, "minutes", 59, time.Minute}, {seconds, "seconds", 59, time.Second},
	} {
		n, err := spanPart(part.word, part.name, part.max)
		if err != nil {
			return 0, err
		}
		total += time.Duration(n) * part.unit
	}
	if total == 0 {
		return 0, days.errorf("the shortest time span is 00:00:01", "no time would pass between two runs")
	}
	return total, nil
}

func spanPart(w word, name string, limit int) (int, error) {
	n, ok := number(w.text)
	if !ok {
		return 0, w.errorf(spanHint, "%q is not a whole number of %s", w.text, name)
	}
	if n > limit {
		return 0, w.errorf(spanHint, "%s %d are over %d", name, n, limit)
	}
	return n, nil
}

// parted splits a word at a byte, keeping the places of its parts.
func parted(w word, sep byte) []word {
	var parts []word
	for {
		i := strings.IndexByte(w.text, sep)
		if i < 0 {
			return append(parts, w)
		}
		parts = append(parts, w.first(i))
		w = w.rest(i + 1)
	}
}

// number reads decimal digits and nothing else; what is too long for an int is as large as one can be.
func number(text string) (n int, ok bool) {
	if text == "" || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return int(^uint(0) >> 1), true
	}
	return n, true
}
