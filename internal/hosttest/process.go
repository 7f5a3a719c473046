package hosttest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
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
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.url, p.err
}

func (p *process) restart() {
	p.mu.Lock()
	p.intended = true
	p.unsettle()
	p.mu.Unlock()
	p.kill()
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
				p.log.addf(LevelError, "Exceeded max restarts: the host stops")
				p.mu.Lock()
				p.unsettle()
				p.mu.Unlock()
				p.settle("", fmt.Errorf("the host has stopped: the custom handler failed %d times, last with code %d", failures, code))
				return
			}
		}
		p.mu.Lock()
		p.unsettle()
		p.mu.Unlock()
	}
}

// run starts the process, waits until it is ready and until it ends.
func (p *process) run() (code int, err error) {
	cmd, url, streams, err := p.command()
	if err != nil {
		return -1, err
	}
	if err := cmd.Start(); err != nil {
		return -1, err
	}
	p.mu.Lock()
	p.running = cmd.Process
	p.mu.Unlock()
	if p.ctx.Err() != nil {
		p.kill() // close came before there was anything to kill
	}
	alive, ended := context.WithCancelCause(p.ctx)
	probing := make(chan error, 1)
	go func() { probing <- p.probe(alive, url) }()
	waitErr := cmd.Wait()
	ended(errors.New("the process ended"))
	probeErr := <-probing
	p.mu.Lock()
	p.running = nil
	p.mu.Unlock()
	for _, s := range streams {
		s.flush()
	}
	code = cmd.ProcessState.ExitCode()
	if errors.Is(probeErr, errNotReady) {
		return code, probeErr
	}
	if code == 0 {
		return 0, nil
	}
	return code, waitErr
}

func (p *process) command() (*exec.Cmd, string, []*lineWriter, error) {
	port, err := freePort()
	if err != nil {
		return nil, "", nil, err
	}
	id := newID()
	cmd := exec.Command(p.args[0], p.args[1:]...)
	cmd.Dir, cmd.WaitDelay = p.dir, killWait
	cmd.Env = append(append(os.Environ(), p.environment...),
		"FUNCTIONS_CUSTOMHANDLER_PORT="+port, "FUNCTIONS_HTTPWORKER_PORT="+port,
		"FUNCTIONS_CUSTOMHANDLER_WORKER_ID="+id, "FUNCTIONS_HTTPWORKER_ID="+id,
		"FUNCTIONS_APP_ROOT_PATH="+p.root)
	streams := []*lineWriter{{level: stdoutLevel, log: p.log.add}, {level: p.stderr, log: p.log.add}}
	cmd.Stdout, cmd.Stderr = streams[0], streams[1]
	return cmd, "http://127.0.0.1:" + port, streams, nil
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer func() { _ = l.Close() }()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port), nil
}

var errNotReady = errors.New("the custom handler was not ready in time")

// probe waits until the process is ready and settles its address; one that is not ready in time is killed.
func (p *process) probe(ctx context.Context, url string) error {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	err := ready(ctx, client, url, p.initialization)
	switch {
	case err == nil:
		p.settle(url, nil)
	case errors.Is(err, errNotReady):
		p.kill()
	}
	return err
}

// ready asks GET / until there is an answer, of whatever status. Only a refused connection means not
// yet; the time is looked at between two questions, so one that hangs is waited for (host-spec 1.2).
func ready(ctx context.Context, client *http.Client, url string, limit time.Duration) error {
	deadline := time.Now().Add(limit)
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/", nil)
		if err != nil {
			return err
		}
		resp, err := client.Do(req)
		if err == nil {
			return resp.Body.Close()
		}
		var dial *net.OpError
		if ctx.Err() != nil {
			return context.Cause(ctx)
		} else if !errors.As(err, &dial) || dial.Op != "dial" {
			return nil
		}
		if time.Now().After(deadline) {
			return errNotReady
		}
		select {
		case <-time.After(probeInterval):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}
