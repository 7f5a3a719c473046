package hosttest

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// retryPolicy runs a failed invocation again (host-spec 5.1).
type retryPolicy struct {
	max   int
	delay time.Duration
}

// parseRetry reads retry of function.json or host.json. Of the exponential back-off only the shortest
// wait is kept: a test need not wait longer.
func parseRetry(raw json.RawMessage) (*retryPolicy, error) {
	o, err := parseObject(raw)
	if err != nil {
		return nil, fmt.Errorf("retry: %w", err)
	}
	b := &binding{properties: o}
	property := map[string]string{"fixeddelay": "delayInterval", "exponentialbackoff": "minimumInterval"}[lower(b.text("strategy"))]
	if property == "" {
		return nil, fmt.Errorf("retry: strategy %q is not fixedDelay or exponentialBackoff", b.text("strategy"))
	}
	max, err := strconv.Atoi(b.text("maxRetryCount"))
	if err != nil {
		return nil, fmt.Errorf("retry: maxRetryCount: %w", err)
	}
	delay, err := parseTimeSpan(b.text(property))
	if err != nil {
		return nil, fmt.Errorf("retry: %s: %w", property, err)
	}
	return &retryPolicy{max, delay}, nil
}
