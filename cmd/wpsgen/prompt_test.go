package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestAsk(t *testing.T) {
	notBad := func(answer string) error {
		if answer == "bad" {
			return errors.New("that is bad")
		}
		return nil
	}
	for _, tt := range []struct{ name, input, byDefault, want, said string }{
		{"an answer", "good\n", "", "good", "Q: "},
		{"the default", "\n", "usual", "usual", "Q [usual]: "},
		{"blanks and another line end", "  good \r\n", "", "good", "Q: "},
		{"cut off", "good", "", "good", "Q: "},
		{"a wrong one first", "bad\ngood\n", "", "good", "Q:   that is bad\nQ: "},
	} {
		var out bytes.Buffer
		p := &prompter{t.Context(), bufio.NewReader(strings.NewReader(tt.input)), &out}
		if got, err := p.ask("Q", tt.byDefault, notBad); err != nil || got != tt.want || out.String() != tt.said {
			t.Errorf("%s: %q, %v; said %q", tt.name, got, err, out.String())
		}
	}
	for _, input := range []string{"", "bad\n", "bad"} {
		p := &prompter{t.Context(), bufio.NewReader(strings.NewReader(input)), io.Discard}
		if got, err := p.ask("Q", "", notBad); !errors.Is(err, errNoAnswer) {
			t.Errorf("%q: %q, %v", input, got, err)
		}
	}
}

// TestAskInterrupted: Ctrl-C ends a question that nobody answers.
func TestAskInterrupted(t *testing.T) {
	in, answers := io.Pipe()
	defer answers.Close()
	ctx, cancel := context.WithCancel(t.Context())
	said := make(chan struct{})
	p := &prompter{ctx, bufio.NewReader(in), writerFunc(func(b []byte) (int, error) {
		select {
		case <-said:
		default:
			close(said)
			cancel()
		}
		return len(b), nil
	})}
	if got, err := p.ask("Q", "default", nil); !errors.Is(err, errInterrupted) {
		t.Errorf("got %q, %v", got, err)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }
