package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// prompter asks questions and reads the answers, one a line.
type prompter struct {
	ctx context.Context
	in  *bufio.Reader
	out io.Writer
}

func newPrompter(cmd *cobra.Command) *prompter {
	return &prompter{cmd.Context(), bufio.NewReader(cmd.InOrStdin()), cmd.ErrOrStderr()}
}

// What ends a command whose questions were not all answered.
var (
	errNoAnswer    = errors.New("the answers ended before the questions; nothing was written")
	errInterrupted = errors.New("interrupted; nothing was written")
)

// ask returns the answer to a question, the default for an empty one. It asks again while check, which may
// be nil, has something against the answer. When there are no more, or somebody interrupts, it fails.
func (p *prompter) ask(question, byDefault string, check func(string) error) (string, error) {
	for {
		if byDefault == "" {
			fmt.Fprintf(p.out, "%s: ", question)
		} else {
			fmt.Fprintf(p.out, "%s [%s]: ", question, byDefault)
		}
		answer, err := p.line()
		if err != nil {
			fmt.Fprintln(p.out)
			return "", err
		}
		if answer == "" {
			answer = byDefault
		}
		if check == nil {
			return answer, nil
		}
		wrong := check(answer)
		if wrong == nil {
			return answer, nil
		}
		fmt.Fprintf(p.out, "  %v\n", wrong)
	}
}

// line reads a line. One that the end of the input cuts off counts.
func (p *prompter) line() (string, error) {
	type read struct {
		text string
		err  error
	}
	done := make(chan read, 1)
	go func() {
		text, err := p.in.ReadString('\n')
		done <- read{text, err}
	}()
	select {
	case <-p.ctx.Done():
		return "", errInterrupted
	case r := <-done:
		text := strings.TrimSpace(r.text)
		if r.err != nil && text == "" {
			if !errors.Is(r.err, io.EOF) {
				return "", r.err
			}
			return "", errNoAnswer
		}
		return text, nil
	}
}
