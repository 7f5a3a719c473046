package dev

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"time"
)

// Process is a running program.
type Process struct {
	cmd  *exec.Cmd
	done chan struct{}
	err  error
}

// Start runs a program in dir, in a process group of its own so that the terminal's Ctrl-C reaches it
// only through Stop. Its output goes to out.
func Start(program, dir string, env []string, out io.Writer) (*Process, error) {
	cmd := exec.Command(program)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = dir, env, out, out
	ownGroup(cmd)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &Process{cmd: cmd, done: make(chan struct{})}
	go func() {
		p.err = cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

// Done is closed when the program has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Err returns how the program ended, once Done is closed.
func (p *Process) Err() error {
	<-p.done
	return p.err
}

// Stop asks the program to end, and kills it when it has not after the grace time. It returns when the
// program is gone.
func (p *Process) Stop(grace time.Duration) {
	askToEnd(p.cmd.Process)
	select {
	case <-p.done:
		return
	case <-time.After(grace):
	}
	_ = p.cmd.Process.Kill() // it may have ended by itself meanwhile
	<-p.done
}

// readyInterval is how often WaitReady asks.
const readyInterval = 10 * time.Millisecond

// WaitReady returns when url answers 200. It fails when the program ends first, or with ctx.
func (p *Process) WaitReady(ctx context.Context, url string) error {
	tick := time.NewTicker(readyInterval)
	defer tick.Stop()
	alive, ended := context.WithCancel(ctx) // whoever else has the address may never answer
	defer ended()
	go func() {
		select {
		case <-p.done:
			ended()
		case <-alive.Done():
		}
	}()
	for {
		if answers(alive, url) {
			return nil
		}
		select {
		case <-p.done:
			return fmt.Errorf("the program ended before it was ready: %w", orExit(p.err))
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-tick.C:
		}
	}
}

func orExit(err error) error {
	if err == nil {
		return errors.New("main returned without serving; let it call wps.Main(Functions())")
	}
	return err
}

func answers(ctx context.Context, url string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	req.Close = true
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}
