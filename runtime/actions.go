package wps

import (
	"slices"
	"sync"
)

// Actions is the list of actions a function sends through one output. They go out in the order they
// were added, after the function has returned without error and before its reply. The zero Actions is
// empty and ready for use.
type Actions struct {
	output string

	mu   sync.Mutex
	list []Action
}

// Add appends actions to the list. Several goroutines may call it; what they add after the function
// has returned is lost.
func (a *Actions) Add(actions ...Action) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.list = append(a.list, actions...)
}

// taken returns a copy of the list as it is now.
func (a *Actions) taken() []Action {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.list)
}
