package fronts_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
)

// service is the REST API of the Web PubSub service: it does what it is asked and keeps it.
type service struct {
	mu     sync.Mutex
	calls  []string
	refuse bool          // refuse everything
	called chan struct{} // gets one with a call
}

// wait returns with the next call, or with ctx.
func (s *service) wait(ctx context.Context) {
	select {
	case <-s.called:
	case <-ctx.Done():
	}
}

// client is an HTTP client that reaches the service alone.
func (s *service) client() *http.Client { return &http.Client{Transport: s} }

// RoundTrip answers as the service does.
func (s *service) RoundTrip(r *http.Request) (*http.Response, error) {
	body := ""
	if r.Body != nil {
		content, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		body = string(content)
	}
	query := r.URL.Query()
	query.Del("api-version")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, strings.TrimRight(fmt.Sprintf("%s %s %s %s %q", r.Method, r.URL.EscapedPath(), query.Encode(), r.Header.Get("Content-Type"), body), " "))
	select {
	case s.called <- struct{}{}:
	default: // nobody waits
	}
	w := httptest.NewRecorder()
	w.WriteHeader(s.status(r))
	return w.Result(), nil
}

func (s *service) status(r *http.Request) int {
	switch {
	case s.refuse:
		return http.StatusNotFound
	case r.Method == http.MethodPut:
		return http.StatusOK
	case r.Method == http.MethodDelete || strings.HasSuffix(r.URL.Path, "/:closeConnections"):
		return http.StatusNoContent
	}
	return http.StatusAccepted
}

// taken returns the calls so far and forgets them.
func (s *service) taken() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	calls := s.calls
	s.calls = nil
	return calls
}

func (s *service) refuses(all bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = all
}
