package wps

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// Main serves functions as a program's whole work: Serve until SIGTERM or an interrupt, then an
// orderly end with status 0. A second signal ends the program at once. When it cannot start, it prints
// every problem on its own line to standard error and exits with status 1.
func Main(functions []Function, options ...Option) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // from here on signals have their usual effect
	err := Serve(ctx, functions, options...)
	stop()
	if err != nil {
		report(os.Stderr, err)
		os.Exit(1)
	}
}

// report prints each problem on a line of its own.
func report(w io.Writer, err error) {
	for _, e := range split(err) {
		fmt.Fprintln(w, strings.ReplaceAll(e.Error(), "\n", " "))
	}
}
