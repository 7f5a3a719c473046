package hosttest

import (
	"context"
	"slices"
	"sync"
)

// journal collects what happened and lets tests wait for it. It is safe for concurrent use.
type journal[T any] struct {
	mu      sync.Mutex
	entries []T
	changed chan struct{} // closed with the next entry
}

func (j *journal[T]) add(entry T) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.entries = append(j.entries, entry)
	if j.changed != nil {
		close(j.changed)
		j.changed = nil
	}
}

func (j *journal[T]) all() []T {
	entries, _ := j.state()
	return entries
}

func (j *journal[T]) state() ([]T, <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.changed == nil {
		j.changed = make(chan struct{})
	}
	return slices.Clone(j.entries), j.changed
}

// wait returns the first entry that matches, past or to come. It fails with ctx.
func (j *journal[T]) wait(ctx context.Context, match func(T) bool) (T, error) {
	for {
		entries, changed := j.state()
		if i := slices.IndexFunc(entries, match); i >= 0 {
			return entries[i], nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			var none T
			return none, context.Cause(ctx)
		}
	}
}
