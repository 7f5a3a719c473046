package hosttest

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"time"
)

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
