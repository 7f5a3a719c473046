package schedule

import (
	"fmt"
	"math/bits"
	"strings"
)

// set is a set of numbers from 0 to 63.
type set uint64

func (s set) has(n int) bool { return s>>n&1 == 1 }

// from returns the least member not below n, or -1.
func (s set) from(n int) int {
	if n > 63 || s>>n == 0 {
		return -1
	}
	return n + bits.TrailingZeros64(uint64(s>>n))
}

// field is one of the six fields of NCRONTAB.
type field struct {
	name     string
	min, max int
	names    []string // of the values from min on, for fields that have names
}

var fields = [...]field{
	{name: "second", max: 59},
	{name: "minute", max: 59},
	{name: "hour", max: 23},
	{name: "day", min: 1, max: 31},
	{name: "month", min: 1, max: 12, names: []string{"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December"}},
	{name: "weekday", max: 6, names: []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}},
}

// parseFields reads six fields; with five, the second is 0.
func (s *Schedule) parseFields(words []word) error {
	sets := [len(fields)]*set{&s.second, &s.minute, &s.hour, &s.day, &s.month, &s.weekday}
	missing := len(fields) - len(words)
	if missing > 0 {
		s.second = 1 << 0
	}
	for i, w := range words {
		f := fields[i+missing]
		for _, item := range parted(w, ',') {
			members, err := f.parse(item)
			if err != nil {
				return err
			}
			*sets[i+missing] |= members
		}
	}
	return nil
}

// parse reads one item of a field's list: *, a value or a range, with a step after a slash. A step
// after one value goes from there to the end.
func (f field) parse(item word) (set, error) {
	body, step, stepped := item, 1, false
	if i := strings.IndexByte(item.text, '/'); i > 0 {
		n, ok := number(item.text[i+1:])
		if !ok || n == 0 {
			return 0, item.rest(i+1).errorf("a step is a number from 1 on, as in */5", "%q is not a step", item.text[i+1:])
		}
		body, step, stepped = item.first(i), min(n, 64), true // from 64 on, a step leads out of every field
	}
	low, high, err := f.bounds(body, stepped)
	if err != nil {
		return 0, err
	}
	var members set
	for n := low; n <= high; n += step {
		members |= 1 << n
	}
	return members, nil
}

// bounds reads an item without its step.
func (f field) bounds(body word, stepped bool) (low, high int, err error) {
	if body.text == "*" {
		return f.min, f.max, nil
	}
	dash := strings.IndexByte(body.text, '-')
	if dash <= 0 {
		low, err = f.value(body)
		if stepped {
			return low, f.max, err
		}
		return low, low, err
	}
	if low, err = f.value(body.first(dash)); err != nil {
		return 0, 0, err
	}
	if high, err = f.value(body.rest(dash + 1)); err != nil {
		return 0, 0, err
	}
	if low > high {
		return 0, 0, body.errorf(
			fmt.Sprintf("write %d-%d,%d-%d, or %d-%d, which is how the host would read it", low, f.max, f.min, high, high, low),
			"the range %s of the %s field runs backwards", body.text, f.name)
	}
	return low, high, nil
}

// value reads a number or a name of the field, of which the beginning is enough: mon, MON, Monday.
func (f field) value(w word) (int, error) {
	if n, ok := number(w.text); ok {
		if n < f.min || n > f.max {
			return 0, w.errorf(f.hint(), "%s is no %s", w.text, f.name)
		}
		return n, nil
	}
	var found []int
	for i, name := range f.names {
		if w.text != "" && len(w.text) <= len(name) && strings.EqualFold(name[:len(w.text)], w.text) {
			found = append(found, i)
		}
	}
	switch len(found) {
	case 0:
		return 0, w.errorf(f.hint(), "%q is no %s", w.text, f.name)
	case 1:
		return f.min + found[0], nil
	}
	return 0, w.errorf("write three letters", "%s could be %s or %s", w.text, f.names[found[0]], f.names[found[1]])
}

// hint says what the field takes.
func (f field) hint() string {
	if f.names == nil {
		return fmt.Sprintf("the %s field holds numbers from %d to %d, lists, ranges and steps of them, or * for every one", f.name, f.min, f.max)
	}
	return fmt.Sprintf("the %s field holds numbers from %d (%s) to %d (%s), names such as %s, lists, ranges and steps of them, or * for every one",
		f.name, f.min, f.names[0], f.max, f.names[len(f.names)-1], strings.ToUpper(f.names[1][:3]))
}
