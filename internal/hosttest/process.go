package hosttest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"
)

const (
	// probeInterval is how often the host asks whether the process is ready (host-spec 1.2).
	probeInterval = 25 * time.Millisecond
	// killWait is how long the host waits for a killed process.
	killWait = time.Second
	// maxErrors ends of the process with gaps below errorGap stop the host (host-spec 1.9).
	maxErrors = 3
	errorGap  = 30 * time.Minute
	// exitRestart is the exit code that asks for a restart.
	exitRestart = 200
)

// handler is where the custom handler listens.
type handler interface {
	// address returns its base URL once it is ready.
	address(ctx context.Context) (string, error)
	// restart ends the process and starts it again.
	restart()
	// kill ends the process as a crash would.
	kill()
	close()
}

// fixedHandler listens already; there is no process.
type fixedHandler string

func (f fixedHandler) address(context.Context) (string, error) { return string(f), nil }
func (fixedHandler) restart()                                  {}
func (fixedHandler) kill()                                     {}
func (fixedHandler) close()                                    {}

// process is a custom handler that the host starts, watches and starts again (host-spec 1).
type process struct {
	args           []string
	dir, root      string
	environment    []string
	initialization time.Duration
	stderr         func(string) Level
	log            *hostLog

	ctx    context.Context
	cancel context.CancelFunc
	done   chan struct{} // closed when nothing runs any more

	mu       sync.Mutex
	running  *os.Process
	intended bool          // the host itself ended the process
	settled  chan struct{} // closed when url or err are known
	url      string
	err      error
}

func (p *process) start() {
	p.ctx, p.cancel = context.WithCancel(context.Background())
	p.done = make(chan struct{})
	p.settled = make(chan struct{})
	go p.supervise()
}

func (p *process) close() {
	p.cancel()
	p.kill()
	<-p.done
}

func (p *process) address(ctx context.Context) (string, error) {
	p.mu.Lock()
	settled := p.settled
	p.mu.Unlock()
	select {
	case <-settled:
	case <-p.done: // nobody starts another
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.url, p.err
}

func (p *process) restart() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running != nil { // else the next one is on its way
		p.intended = true
		p.unsettle()
		_ = p.running.Kill() // as in kill
	}
}

func (p *process) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running != nil {
		_ = p.running.Kill() // SIGKILL, as the host does; it may have ended already
	}
}

// unsettle makes those that ask for the address wait for the next process. The lock is held.
func (p *process) unsettle() {
	select {
	case <-p.settled:
		p.settled = make(chan struct{})
	default:
	}
}

func (p *process) settle(url string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.intended && err == nil {
		return // killed meanwhile
	}
	p.url, p.err = url, err
	select {
	case <-p.settled:
	default:
		close(p.settled)
	}
}

// supervise runs the process again and again, until the host ends, the process exits with 0, or it
// fails too often.
func (p *process) supervise() {
	defer close(p.done)
	failures, last := 0, time.Time{}
	for {
		code, err := p.run()
		if p.ctx.Err() != nil {
			p.settle("", errors.New("the host has ended"))
			return
		}
		p.mu.Lock()
		intended := p.intended
		p.intended = false
		p.mu.Unlock()
		switch {
		case intended || code == exitRestart:
		case code == 0 && err == nil:
			p.log.addf(LevelInformation, "the custom handler exited with code 0")
			return // not started again: invocations find nobody at its address
		default:
			p.log.addf(LevelError, "the custom handler exited with code %d: %v", code, err)
			if time.Since(last) > errorGap {
				failures = 0
			}
			failures, last = failures+1, time.Now()
			if failures >= maxErrors {
				p.mu.Lock()
				p.unsettle()
				p.mu.Unlock()
				p.settle("", fmt.Errorf("the host has stopped: the custom handler failed %d times, last with code %d", failures, code))
				p.log.addf(LevelError, "Exceeded max restarts: the host stops")
				return
			}
		}
		p.mu.Lock()
		p.unsettle()
		p.mu.Unlock()
	}
}
