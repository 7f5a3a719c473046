package hosttest

import (
	"context"
	"errors"
	"os"
	"os/exec"
)

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
