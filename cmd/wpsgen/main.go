// Wpsgen generates function.json files and glue for annotated Go functions that use Azure Web PubSub,
// checks them, and runs them on a laptop against an emulator of the service. See wpsgen help.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// Exit statuses, the same for every command.
const (
	exitGood     = 0
	exitFindings = 1
	exitTrouble  = 2
)

// errFindings ends a command whose findings, or stale files, have been printed.
var errFindings = errors.New("findings")

func main() {
	if isVetTool(os.Args[1:]) {
		vet()
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run is the whole program: data goes to out, talk to errOut.
func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	root := newRootCommand()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitGood
	case errors.Is(err, errFindings):
		return exitFindings
	}
	fmt.Fprintf(errOut, "wpsgen: %v\n", err)
	return exitTrouble
}
