package hosted

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/internal/hosttest"
)

// Variables that make a program of a test's binary: the app's folder, and the form.
const (
	AppVariable  = "WPSGEN_HOSTED_APP"
	FormVariable = "WPSGEN_HOSTED_FORM"
)

// Main is the program: it runs an app beside the emulator and prints, as wpsgen dev does, where the page
// and the emulator are, and what happens. It ends at an interrupt, returns the exit status, and leaves nothing.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Getenv(AppVariable), Form(os.Getenv(FormVariable)), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func run(ctx context.Context, source string, form Form, out io.Writer) (err error) {
	temp, err := os.MkdirTemp("", "wpsgen-hosted-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	app, err := Build(ctx, source, filepath.Join(temp, filepath.Base(source)), form)
	if err != nil {
		return err
	}
	s, err := Start(ctx, app, Options{
		Emulator: emulator.Options{OnEvent: func(r emulator.EventRecord) {
			fmt.Fprintln(out, r.Hub, r.EventName, r.UserID, r.Status, r.Duration, r.Err)
		}},
		Host: hosttest.Options{Stdout: out},
	})
	if err != nil {
		return err
	}
	if err := s.RunTimers(); err != nil {
		return errors.Join(err, s.Close())
	}
	fmt.Fprintf(out, "  page %s\n  emulator %s\n", s.URL("index"), s.Emulator.Endpoint())
	<-ctx.Done()
	return s.Close()
}
