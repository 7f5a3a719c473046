package resilience_test

import (
	"fmt"
	"sync"
	"testing"
)

// guests is how many clients talk at a time.
const guests = 8

// load lets guests talk until it is stopped.
func (s *service) load(t *testing.T) (stop func()) {
	t.Helper()
	done := make(chan struct{})
	var group sync.WaitGroup
	for i := range guests {
		c := s.connect(t, fmt.Sprint("guest", i))
		group.Go(func() {
			for n := 1; ; n++ {
				select {
				case <-done:
					return
				default:
				}
				_, err := c.say(t.Context(), n, fmt.Sprintf("%d-%d", i, n))
				if t.Context().Err() != nil {
					return // the test has failed already
				}
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	stop = sync.OnceFunc(func() {
		close(done)
		group.Wait()
	})
	t.Cleanup(stop)
	return stop
}
