package wps

import (
	"log/slog"
	"net/http"
	"time"
)

// levelREST is the level at which requests to the service are logged.
const levelREST = slog.LevelDebug

// WithClientLogger makes the client log each try of each request to l, at debug level: method, path
// without query, status, time and the try's number. Without it a client logs nothing; its errors say
// what there is to say.
func WithClientLogger(l *slog.Logger) ServiceClientOption {
	return func(s *ServiceClient) { s.logger = l }
}

func (c *ServiceClient) logTry(req *http.Request, out *outcome, try int, took time.Duration) {
	attrs := []slog.Attr{
		slog.String("method", req.Method), slog.String("path", req.URL.EscapedPath()), slog.Int("status", out.status),
		slog.Duration("duration", took), slog.Int("try", try),
	}
	if out.err != nil {
		attrs = append(attrs, slog.String("error", out.err.Error()))
	}
	c.logger.LogAttrs(req.Context(), levelREST, "request to the service", attrs...)
}
