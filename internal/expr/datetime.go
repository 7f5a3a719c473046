package expr

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// defaultTimeFormat is the host's own for {datetime}.
const defaultTimeFormat = "yyyy-MM-ddTHH-mm-ssK"

// maxRun is, for each letter of a .NET date format that means something, how often it may repeat.
var maxRun = map[byte]int{
	'y': 4, 'M': 4, 'd': 4, 'H': 2, 'h': 2, 'm': 2, 's': 2, 'f': 7, 't': 2, 'K': 1,
}

// otherMeanings are characters that mean something else to .NET than themselves, and nothing here.
const otherMeanings = "Fgz'\"%\\"

// checkTimeFormat accepts .NET's custom date formats made of the letters above; other characters stand
// for themselves. The one-letter standard formats are refused, since they depend on a culture, and so is what
// .NET would read in another way.
func checkTimeFormat(format string) error {
	if len(format) == 1 {
		return fmt.Errorf("datetime does not take the one-letter format %q; use a custom one such as yyyy-MM-dd", format)
	}
	if i := strings.IndexAny(format, otherMeanings); i >= 0 {
		return fmt.Errorf("datetime format %q: %q is not supported; use the letters y, M, d, H, h, m, s, f, t and K", format, format[i])
	}
	for i := 0; i < len(format); {
		n := runLength(format[i:])
		if limit, ok := maxRun[format[i]]; ok && n > limit {
			return fmt.Errorf("datetime format %q: %s is too long", format, format[i:i+n])
		}
		i += n
	}
	return nil
}

// formatTime writes a time in UTC.
func formatTime(t time.Time, format string) string {
	if format == "" {
		format = defaultTimeFormat
	}
	t = t.UTC()
	var b strings.Builder
	for i := 0; i < len(format); {
		n := runLength(format[i:])
		writeTime(&b, t, format[i:i+n])
		i += n
	}
	return b.String()
}

func writeTime(b *strings.Builder, t time.Time, run string) {
	n := len(run)
	switch run[0] {
	case 'y':
		year := t.Year()
		if n < 3 {
			year %= 100
		}
		pad(b, year, n)
	case 'M':
		name(b, t.Month().String(), int(t.Month()), n)
	case 'd':
		name(b, t.Weekday().String(), t.Day(), n)
	case 'H':
		pad(b, t.Hour(), n)
	case 'h':
		pad(b, (t.Hour()+11)%12+1, n)
	case 'm':
		pad(b, t.Minute(), n)
	case 's':
		pad(b, t.Second(), n)
	case 'f':
		b.WriteString(fmt.Sprintf("%07d", t.Nanosecond()/100)[:min(n, 7)])
	case 't':
		b.WriteString(t.Format("PM")[:min(n, 2)])
	case 'K':
		b.WriteByte('Z')
	default:
		b.WriteString(run)
	}
}

// name writes a number of one or two digits, or a name: three letters of it, or all.
func name(b *strings.Builder, full string, number, n int) {
	switch {
	case n > 3:
		b.WriteString(full)
	case n == 3:
		b.WriteString(full[:3])
	default:
		pad(b, number, n)
	}
}

func pad(b *strings.Builder, v, width int) {
	s := strconv.Itoa(v)
	for range width - len(s) {
		b.WriteByte('0')
	}
	b.WriteString(s)
}

func runLength(s string) int {
	n := 1
	for n < len(s) && s[n] == s[0] {
		n++
	}
	return n
}
