package hosttest

import (
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

// TestReadinessVectors probes handlers that answer as the vectors say.
func TestReadinessVectors(t *testing.T) {
	var file struct {
		Readiness []struct {
			ID, Host string
			Probe    struct{ Method, Path string }
			Answer   any
		}
	}
	vectors.Read(t, "host/lifecycle.json", &file)
	for _, v := range file.Readiness {
		t.Run(v.ID, func(t *testing.T) {
			server := newProbed(v.Answer)
			err := ready(t.Context(), &http.Client{Transport: server}, "http://127.0.0.1:1", time.Second)
			switch {
			case strings.HasPrefix(v.Host, "ready"):
				if err != nil || server.asked.Load() != 1 {
					t.Errorf("%v after %d questions", err, server.asked.Load())
				}
			case strings.HasPrefix(v.Host, "probe again"):
				if err != nil || server.asked.Load() != 3 {
					t.Errorf("%v after %d questions", err, server.asked.Load())
				}
			case strings.Contains(v.Host, "waits on that single request"):
				if server.asked.Load() != 1 {
					t.Errorf("asked %d times", server.asked.Load())
				}
			default:
				t.Fatalf("host %q is not understood", v.Host)
			}
			if got := server.method + " " + server.path; got != v.Probe.Method+" "+v.Probe.Path {
				t.Errorf("asked %s", got)
			}
		})
	}
}

// probed is a handler that is asked whether it is ready. One that refuses does so twice.
type probed struct {
	answer       any
	asked        atomic.Int32
	method, path string
}

func newProbed(answer any) *probed { return &probed{answer: answer} }

func (p *probed) RoundTrip(r *http.Request) (*http.Response, error) {
	n := p.asked.Add(1)
	p.method, p.path = r.Method, r.URL.Path
	answered := &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(""))}
	if text, ok := p.answer.(string); ok {
		switch {
		case strings.Contains(text, "refused") && n < 3:
			return http.DefaultTransport.RoundTrip(r)
		case strings.Contains(text, "never answers"):
			<-time.After(2 * probeInterval)
		case strings.Contains(text, "reset"), strings.Contains(text, "closed"):
			return nil, io.ErrUnexpectedEOF
		}
		return answered, nil
	}
	if o, ok := p.answer.(map[string]any); ok {
		if status, ok := o["status"].(float64); ok {
			answered.StatusCode = int(status)
		}
	}
	return answered, nil
}
