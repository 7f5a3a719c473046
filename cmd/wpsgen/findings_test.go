package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestColors tries the null device, which is as much of a terminal as a program can tell without asking it.
func TestColors(t *testing.T) {
	terminal, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	t.Setenv("WT_SESSION", "")
	for _, tt := range []struct {
		name, flag, noColor, term string
		terminal                  bool
		want                      bool
	}{
		{"terminal", colorAuto, "", "xterm", true, true},
		{"file", colorAuto, "", "xterm", false, false},
		{"NO_COLOR", colorAuto, "1", "xterm", true, false},
		{"dumb", colorAuto, "", "dumb", true, false},
		{"no TERM", colorAuto, "", "", true, false},
		{"always", colorAlways, "1", "dumb", false, true},
		{"never", colorNever, "", "xterm", true, false},
		{"no flag", "", "", "xterm", true, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("NO_COLOR", tt.noColor)
			t.Setenv("TERM", tt.term)
			w := file
			if tt.terminal {
				w = terminal
			}
			o := findingOptions{color: tt.flag}
			if got, err := o.colors(w); err != nil || got != tt.want {
				t.Errorf("got %v %v, want %v", got, err, tt.want)
			}
			if got, _ := o.colors(&bytes.Buffer{}); got != (tt.flag == colorAlways) {
				t.Errorf("a buffer has colours: %v", got)
			}
		})
	}
}
