package emulator

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

const (
	// validationTimeout bounds one validation request.
	validationTimeout = 10 * time.Second
	// validationFresh is how long a permission counts before it is asked for again.
	validationFresh = 60 * time.Second
	// validationPause is how long a refusal counts, so that a storm of events is not doubled.
	validationPause = time.Second
)

// validations remembers which event handler URLs agreed to get events (abuse protection,
// service-spec 3.2).
type validations struct {
	mu    sync.Mutex
	byURL map[string]*validation
}

type validation struct {
	mu         sync.Mutex // held while the first answer is awaited
	at         time.Time  // of the last answer
	err        error
	refreshing bool
}

func newValidations() *validations {
	return &validations{byURL: make(map[string]*validation)}
}

// check asks the URL for permission before its first event, and returns why there is none. A given
// permission is renewed in the background, a refusal is asked about again after a pause.
func (v *validations) check(u *upstream, target string) error {
	v.mu.Lock()
	one, ok := v.byURL[target]
	if !ok {
		one = new(validation)
		v.byURL[target] = one
	}
	v.mu.Unlock()

	one.mu.Lock()
	defer one.mu.Unlock()
	age := time.Since(one.at)
	switch {
	case one.at.IsZero(), one.err != nil && age >= validationPause:
		one.err = u.validate(target)
		one.at = time.Now()
	case one.err == nil && age >= validationFresh && !one.refreshing:
		one.refreshing = true
		u.emulator.spawn(func() { one.refresh(u, target) })
	}
	return one.err
}

func (one *validation) refresh(u *upstream, target string) {
	err := u.validate(target)
	one.mu.Lock()
	defer one.mu.Unlock()
	one.err, one.at, one.refreshing = err, time.Now(), false
}

// validate asks one URL, once more with GET where OPTIONS is unknown.
func (u *upstream) validate(target string) error {
	err := u.validateWith(http.MethodOptions, target)
	if errors.Is(err, errOptionsUnknown) {
		err = u.validateWith(http.MethodGet, target)
	}
	if err != nil {
		u.emulator.log.Warn("event handler not validated: it gets no events", "error", err)
	}
	return err
}

var errOptionsUnknown = errors.New("the event handler's validation was answered 404: is the URL right, and the application up?")

func (u *upstream) validateWith(method, target string) error {
	ctx, cancel := context.WithTimeout(u.emulator.ctx, validationTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, target, nil)
	if err != nil {
		return fmt.Errorf("event handler URL: %w", err)
	}
	req.Header[wire.HeaderRequestOrigin] = []string{u.origin}
	req.Header[wire.HeaderProtocolVersion] = []string{"1.0"}
	answer, err := u.do(req)
	switch {
	case err != nil:
		return fmt.Errorf("validation: %w", err)
	case answer.status == http.StatusNotFound:
		return fmt.Errorf("%s: %w", plainURL(req.URL), errOptionsUnknown)
	case !answer.ok():
		return fmt.Errorf("%s: the event handler's validation was answered %d", plainURL(req.URL), answer.status)
	case !allowsOrigin(answer.header.Values(wire.HeaderAllowedOrigin), u.origin):
		return fmt.Errorf("%s: the event handler does not allow origin %q in WebHook-Allowed-Origin", plainURL(req.URL), u.origin)
	}
	return nil
}

// allowsOrigin accepts *, the host, and the host with a port, in several headers or one list.
func allowsOrigin(values []string, origin string) bool {
	for _, value := range values {
		for item := range strings.SplitSeq(value, ",") {
			item = strings.TrimSpace(item)
			if item == "*" || strings.EqualFold(item, origin) {
				return true
			}
			if u, err := url.Parse("//" + item); err == nil && strings.EqualFold(u.Hostname(), origin) {
				return true
			}
		}
	}
	return false
}
