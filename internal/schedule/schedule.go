// Package schedule reads the schedules of timers as the Functions host does: NCRONTAB expressions and
// TimeSpans (host-spec 1.6).
package schedule

import (
	"fmt"
	"strings"
	"time"
)

// Schedule says when a timer runs: a TimeSpan, the time between two runs, or an NCRONTAB expression.
type Schedule struct {
	text     string
	interval time.Duration // of a TimeSpan; for NCRONTAB it is zero and the fields count

	second, minute, hour, day, month, weekday set
}

// SyntaxError tells what is wrong with a schedule.
type SyntaxError struct {
	// Text is the whole schedule.
	Text string
	// Position is where, in bytes from 1.
	Position int
	// Reason is what.
	Reason string
	// Hint is the way out.
	Hint string
}

// Error names the schedule, the position, the reason and the way out.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("schedule %q, position %d: %s; %s", e.Text, e.Position, e.Reason, e.Hint)
}

// shape is what every schedule looks like, for hints.
const shape = `write second minute hour day month weekday, as in "0 */5 * * * *", or a time span, as in 00:05:00`

// Parse reads a schedule: six NCRONTAB fields parted by blanks, five for whole minutes, or a TimeSpan
// hh:mm:ss or d.hh:mm:ss. What the host takes in another sense than its reader would, such as a range
// that runs backwards, is refused. The error is a *SyntaxError.
func Parse(text string) (*Schedule, error) {
	s := &Schedule{text: text}
	words := split(text)
	var err error
	switch len(words) {
	case 0:
		err = &SyntaxError{Position: 1, Reason: "it is empty", Hint: shape}
	case 1:
		s.interval, err = parseSpan(words[0])
	case 5, 6:
		err = s.parseFields(words)
	default:
		err = &SyntaxError{Position: words[min(len(words)-1, 6)].at, Hint: shape,
			Reason: fmt.Sprintf("it has %d fields in place of six, or five for whole minutes", len(words))}
	}
	if e, ok := err.(*SyntaxError); ok {
		e.Text = text
		return nil, e
	}
	return s, nil
}

// word is a part of a schedule and where it stands, in bytes from 1.
type word struct {
	text string
	at   int
}

// rest returns the word from its byte i on.
func (w word) rest(i int) word { return word{w.text[i:], w.at + i} }

// first returns the word up to its byte i.
func (w word) first(i int) word { return word{w.text[:i], w.at} }

func (w word) errorf(hint, format string, args ...any) error {
	return &SyntaxError{Position: w.at, Reason: fmt.Sprintf(format, args...), Hint: hint}
}

// split parts a schedule at its blanks. A tab is none to the host.
func split(text string) []word {
	var words []word
	at := 1
	for part := range strings.SplitSeq(text, " ") {
		if part != "" {
			words = append(words, word{part, at})
		}
		at += len(part) + 1
	}
	return words
}

// String returns the schedule as it was written.
func (s *Schedule) String() string { return s.text }

// Interval returns the time between two runs of a TimeSpan, and zero for NCRONTAB.
func (s *Schedule) Interval() time.Duration { return s.interval }

// Never reports whether there is no date at all on which the schedule runs, as on 31 February.
func (s *Schedule) Never() bool { return s.Next(time.Unix(0, 0).UTC()).IsZero() }
