package wps

import (
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
)

func TestClientLogger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log logBuffer
		s := &script{replies: []answered{{status: 429, header: "Retry-After: 1"}, {err: errDial}, {status: 202}}}
		client := s.client(t, WithClientLogger(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))))
		if err := client.Do(t.Context(), SendToUser{UserID: "a/b", Data: Text("payload"), Filter: "userId eq 'ann'"}); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(log.String()), "\n")
		if len(lines) != 3 {
			t.Fatalf("log\n%s", &log)
		}
		for i, parts := range [][]string{{"status=429", "try=1"}, {"status=0", "try=2", "connection refused"}, {"status=202", "try=3"}} {
			for _, part := range append(parts, "level=DEBUG", "method=POST", "path=/api/hubs/chat/users/a%2Fb/:send", "duration=") {
				if !strings.Contains(lines[i], part) {
					t.Errorf("%s lacks %s", lines[i], part)
				}
			}
		}
		for _, secret := range []string{testKey, "eyJ", "filter", "ann", "payload"} {
			if strings.Contains(log.String(), secret) {
				t.Errorf("the log shows %s:\n%s", secret, &log)
			}
		}
	})
}

// TestClientLoggerIsQuiet: above debug level nothing is said, whatever happens.
func TestClientLoggerIsQuiet(t *testing.T) {
	var log logBuffer
	s := &script{replies: []answered{{status: 400}}}
	if s.client(t, WithClientLogger(slog.New(slog.NewTextHandler(&log, nil)))).Do(t.Context(), sendX) == nil || log.String() != "" {
		t.Errorf("log %s", &log)
	}
}
