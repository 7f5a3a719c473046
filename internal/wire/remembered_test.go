package wire

import (
	"strconv"
	"strings"
	"sync"
	"testing"
)

// rivals are two connections that are remembered in one place.
func rivals(s *Signer) (string, string) {
	first := "conn-0"
	for i := 1; ; i++ {
		if id := "conn-" + strconv.Itoa(i); s.remembered.place(id).place == s.remembered.place(first).place {
			return first, id
		}
	}
}

// TestRemembered follows what is remembered in one place, event by event.
func TestRemembered(t *testing.T) {
	s := NewSigner("key")
	a, b := rivals(s)
	steps := []struct {
		does string
		from string
		want string // whom the place remembers then
	}{
		{"an event alone leaves nothing", a, ""},
		{"nor does another connection's", b, ""},
		{"nor one after that", a, ""},
		{"a second in turn does", a, a},
		{"another connection does not get the place at once", b, a},
		{"the first one keeps it", a, a},
		{"as long as its events come in between", b, a},
		{"and no longer", b, b},
	}
	for _, step := range steps {
		if !s.Verify(s.Sign(step.from), step.from) {
			t.Fatalf("%s: a good signature is refused", step.does)
		}
		got := ""
		if sum := s.remembered.place(a).sum.Load(); sum != nil {
			got = sum.connectionID
		}
		if got != step.want {
			t.Errorf("%s: remembered is %q, not %q", step.does, got, step.want)
		}
	}
}

func TestNotRemembered(t *testing.T) {
	s := NewSigner("key")
	long := strings.Repeat("x", longestRemembered+1)
	for range 3 {
		if s.Verify(s.Sign("conn-1"), "conn-2") || !s.Verify(s.Sign(long), long) {
			t.Fatal("wrong answer")
		}
	}
	for i := range s.remembered.places {
		if sum := s.remembered.places[i].sum.Load(); sum != nil {
			t.Errorf("%q is remembered", sum.connectionID)
		}
	}
}

// TestRememberedAtOnce has connections of one place prove events side by side.
func TestRememberedAtOnce(t *testing.T) {
	s := NewSigner("key")
	a, b := rivals(s)
	signatures := map[string]string{a: s.Sign(a), b: s.Sign(b)}
	var all sync.WaitGroup
	for _, id := range []string{a, b, a, b} {
		all.Go(func() {
			for range 1000 {
				if !s.Verify(signatures[id], id) || s.Verify(signatures[a], b) {
					t.Error("wrong answer")
					return
				}
			}
		})
	}
	all.Wait()
}
