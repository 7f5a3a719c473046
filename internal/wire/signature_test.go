package wire_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// The vector of service-spec 3.3.
const (
	vectorKey       = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGH"
	vectorSignature = "sha256=261f7f58ff9fb9bb8be7e4951a807fe6091e5c074885bf63b865eccd28728881"
)

func TestSign(t *testing.T) {
	if got := wire.NewSigner(vectorKey).Sign("conn-1"); got != vectorSignature {
		t.Errorf("got %s", got)
	}
}

func TestVerify(t *testing.T) {
	other := wire.NewSigner("another key").Sign("conn-1")
	tests := []struct {
		name, header string
		want         bool
	}{
		{"the signature", vectorSignature, true},
		{"upper case", strings.ToUpper(vectorSignature), true},
		{"second of two", other + "," + vectorSignature, true},
		{"comma and blank", other + ", " + vectorSignature, true},
		{"eighth", strings.Repeat(other+",", 7) + vectorSignature, true},
		{"ninth", strings.Repeat(other+",", 8) + vectorSignature, false},
		{"another key's", other, false},
		{"empty", "", false},
		{"cut", vectorSignature[:len(vectorSignature)-1], false},
		{"longer", vectorSignature + "0", false},
		{"not hex", vectorSignature[:len(vectorSignature)-1] + "g", false},
		{"not hex, one bit from it", strings.ReplaceAll(vectorSignature, "1", "\x11"), false},
		{"not hex, one bit from a letter", strings.Replace(vectorSignature, "f7f", "F7\x06", 1), false},
		{"no prefix", strings.TrimPrefix(vectorSignature, "sha256="), false},
		{"other algorithm", "sha512=" + strings.TrimPrefix(vectorSignature, "sha256="), false},
	}
	s := wire.NewSigner(vectorKey)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for range 3 { // the third time it may be remembered
				if got := s.Verify(test.header, "conn-1"); got != test.want {
					t.Errorf("got %v", got)
				}
				if s.Verify(test.header, "conn-2") {
					t.Error("accepted for another connection")
				}
			}
		})
	}
}

// TestVerifyLooksOnce: a header is looked through once, whatever separates its parts. Anybody may send a long one;
// to look for the next comma at every blank of these would take hours.
func TestVerifyLooksOnce(t *testing.T) {
	s := wire.NewSigner("k")
	good := s.Sign("c")
	for _, separator := range []string{" ", ",", ", ", " ,"} {
		header := "x" + strings.Repeat(separator, 8<<20/len(separator)) + good
		if !s.Verify(header, "c") || s.Verify(header, "d") {
			t.Errorf("separated by %q: the signature is not found", separator)
		}
	}
}

func FuzzVerify(f *testing.F) {
	f.Add(vectorSignature, "conn-1")
	f.Add(", ,sha256=", "")
	f.Add(strings.ToUpper(vectorSignature), "conn-1")
	f.Add(strings.ReplaceAll(vectorSignature, "1", "\x11"), "conn-1")
	f.Fuzz(func(t *testing.T, header, id string) {
		s := wire.NewSigner(vectorKey)
		if s.Verify(header, id) && !strings.Contains(strings.ToLower(header), s.Sign(id)) {
			t.Fatalf("accepted %q for %q", header, id)
		}
		for range 3 {
			if !s.Verify(s.Sign(id), id) {
				t.Fatalf("does not accept its own signature of %q", id)
			}
		}
		if s.Verify(header, id) && !strings.Contains(strings.ToLower(header), s.Sign(id)) {
			t.Fatalf("accepted %q for %q, which is remembered", header, id)
		}
	})
}

// BenchmarkVerify checks events of a connection that has sent some before, and of connections that have not.
func BenchmarkVerify(b *testing.B) {
	s := wire.NewSigner(vectorKey)
	b.Run("again", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if !s.Verify(vectorSignature, "conn-1") {
				b.Fatal("refused")
			}
		}
	})
	b.Run("first", func(b *testing.B) {
		type event struct{ connectionID, signature string }
		events := make([]event, 1<<16) // so many that nothing is remembered of the last round
		for i := range events {
			id := "conn-" + strconv.Itoa(i)
			events[i] = event{id, s.Sign(id)}
		}
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if e := events[i%len(events)]; !s.Verify(e.signature, e.connectionID) {
				b.Fatal("refused")
			}
		}
	})
}
