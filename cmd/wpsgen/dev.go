package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/internal/dev"
)

type devOptions struct {
	addr         string
	emulatorAddr string
}

func newDevCommand() *cobra.Command {
	var opts devOptions
	cmd := &cobra.Command{
		Use:   "dev [dir]",
		Short: "Generate, build and run an app with the emulator",
		Long: help(`Dev generates for the app in a folder, the current one by default, builds it, and runs it
beside an emulator of Web PubSub whose hubs are set up from the app's own functions. It
prints the addresses and then a line for each event with hub, event, user, status and
milliseconds. It needs no account, no network and no tool but Go. Ctrl-C ends the app
and the emulator.`,
			`It watches the sources. A change is generated and built while the old program goes on
serving, and the new one takes over when it is ready; clients stay connected. A mistake
is printed, and the old program stays. A folder without a module, and a go command that is
not there or cannot read go.mod, end it at the start.`,
			`The app gets the emulator's connection string in every setting its functions name, the
values of local.settings.json, and everything else from the environment, which wins over
the file.`,
			`Bindings of other extensions need the Functions host. Here functions with such a trigger
do not run, other such inputs are null, and outputs go nowhere.`),
		Example: "  wpsgen dev ./examples/chat",
		Args:    arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			if len(args) > 0 {
				dir = args[0]
			}
			return runDev(cmd, dir, opts)
		},
	}
	cmd.Flags().StringVar(&opts.addr, "addr", "127.0.0.1:8080", "address of the app; a free port when that one is taken")
	cmd.Flags().StringVar(&opts.emulatorAddr, "emulator-addr", "127.0.0.1:8081", "address of the emulator; a free port when that one is taken")
	return cmd
}

// runDev sets up what lives as long as the command, and then serves until it is interrupted.
func runDev(cmd *cobra.Command, dir string, opts devOptions) (err error) {
	if err := isFolder(dir); err != nil {
		return err
	}
	s := &devSession{dir: dir, out: cmd.OutOrStdout(), errOut: cmd.ErrOrStderr()}
	if s.tmp, err = os.MkdirTemp("", "wpsgen-dev-"); err != nil {
		return err
	}
	defer os.RemoveAll(s.tmp)
	if s.proxy, err = dev.AtOrNear(opts.addr, dev.NewProxy); err != nil {
		return err
	}
	defer s.proxy.Close()
	if s.emulator, err = startEmulator(s, opts.emulatorAddr); err != nil {
		return err
	}
	defer s.emulator.Close()
	if s.watcher, err = dev.Watch([]string{dir}, unwatched); err != nil {
		return err
	}
	defer s.watcher.Close()
	defer s.stop()
	return s.serve(cmd.Context())
}

// isFolder returns an error that names dir when there is no folder there.
func isFolder(dir string) error {
	switch info, err := os.Stat(dir); {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("there is no folder %s", dir)
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is not a folder; name that of the app", dir)
	}
	return nil
}

func startEmulator(s *devSession, addr string) (*emulator.Emulator, error) {
	return dev.AtOrNear(addr, func(addr string) (*emulator.Emulator, error) {
		return emulator.New(emulator.Options{
			Addr:    addr,
			Logger:  refusals(s.errOut),
			OnEvent: func(r emulator.EventRecord) { printEvent(s.out, r) },
		})
	})
}

// Pauses before a program that ended by itself is started again.
const (
	firstPause = 250 * time.Millisecond
	maxPause   = 8 * time.Second
)

// serve brings the app up, and up again after every change and when it has ended by itself.
func (s *devSession) serve(ctx context.Context) error {
	err := s.reload(ctx)
	var unlisted *trouble
	if errors.As(err, &unlisted) && ctx.Err() == nil {
		return err // no change of a source would mend it
	}
	pause := firstPause
	for {
		if ctx.Err() != nil {
			s.say("stopping")
			return nil
		}
		s.explain(err)
		var again <-chan time.Time
		if s.ended() {
			again = time.After(pause)
			pause = min(2*pause, maxPause)
		}
		select {
		case <-ctx.Done():
			err = nil
		case <-s.watcher.Changes():
			pause = firstPause
			err = s.reload(ctx)
		case <-again:
			if err = s.start(ctx); err == nil {
				s.say("serving again")
			}
		case <-s.exited():
			err = fmt.Errorf("the app ended by itself: %w", exitError(s.running.Err()))
		}
	}
}

// explain prints what stands in the way of serving what is in the folder now.
func (s *devSession) explain(err error) {
	switch {
	case err == nil:
		return
	case !errors.Is(err, errFindings): // findings have been printed
		s.say("%v", err)
	}
	switch {
	case s.serving():
		s.say("the program from before goes on serving; waiting for a change")
	case s.ended():
		s.say("starting it again")
	default:
		s.say("waiting for a change")
	}
}
