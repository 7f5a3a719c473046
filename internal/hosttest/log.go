package hosttest

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
)

// Level is a log line's level.
type Level string

// Levels that the host writes.
const (
	LevelInformation Level = "Information"
	LevelWarning     Level = "Warning"
	LevelError       Level = "Error"
)

// LogLine is a line of the host's log.
type LogLine struct {
	Level Level
	Text  string
	// Invocation is the id of the invocation the line belongs to: only those of an answer's Logs have one.
	Invocation string
	// System tells that the line goes to the host's own log, by its prefix.
	System bool
}

// systemPrefix starts a line of output that is for the host and not for the app's owner.
const systemPrefix = "LanguageWorkerConsoleLog"

// stdoutLevel: a line of standard output is information, whatever it says (host-spec 1.9).
func stdoutLevel(string) Level { return LevelInformation }

// stderrLevel tells how the host takes a line of standard error. errorsOnly is the setting
// useStdErrorStreamForErrorsOnly.
func stderrLevel(errorsOnly bool) func(string) Level {
	return func(line string) Level {
		text := strings.ToLower(line)
		switch {
		case strings.Contains(text, "warn"):
			return LevelWarning
		case errorsOnly:
			return LevelError
		}
		for _, word := range []string{"error", "fail", "severe", "unhandled exception"} {
			if strings.Contains(text, word) {
				return LevelError
			}
		}
		return LevelInformation
	}
}

func newLogLine(level func(string) Level, text string) LogLine {
	rest, system := strings.CutPrefix(text, systemPrefix)
	return LogLine{Level: level(text), Text: rest, System: system}
}

// lineWriter splits a stream into log lines.
type lineWriter struct {
	level func(string) Level
	log   func(LogLine)
	mu    sync.Mutex
	rest  []byte
}

// Write never fails.
func (w *lineWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rest = append(w.rest, p...)
	for {
		line, rest, found := bytes.Cut(w.rest, []byte("\n"))
		if !found {
			return len(p), nil
		}
		w.rest = rest
		w.log(newLogLine(w.level, strings.TrimSuffix(string(line), "\r")))
	}
}

// flush logs a last line without an end.
func (w *lineWriter) flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.rest) > 0 {
		w.log(newLogLine(w.level, string(w.rest)))
		w.rest = nil
	}
}

// hostLog keeps the log's lines and writes them to where the options say.
type hostLog struct {
	lines journal[LogLine]
	out   io.Writer
	mu    sync.Mutex // serialises out
}

func (l *hostLog) add(line LogLine) {
	l.lines.add(line)
	if l.out == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = fmt.Fprintf(l.out, "[%s] %s\n", line.Level, line.Text) // a test's writer; the line is kept anyway
}

func (l *hostLog) addf(level Level, format string, args ...any) {
	l.add(LogLine{Level: level, Text: fmt.Sprintf(format, args...)})
}
