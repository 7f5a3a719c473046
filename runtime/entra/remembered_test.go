package entra

import (
	"crypto/sha256"
	"testing"
	"testing/synctest"
	"time"
)

// TestRemembered checks a good token once in a while, and never beyond its expiry.
func TestRemembered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := newIssuer()
		c := mustChecker(t, wanted(i))
		long := sign(t, with(version1(), "exp", time.Now().Add(time.Hour).Unix()))
		short := sign(t, with(version1(), "exp", time.Now().Add(2*time.Minute).Unix()))
		expect(t, c, long, "")
		expect(t, c, short, "")

		c.keys.mu.Lock()
		c.keys.keys, c.keys.tried = nil, time.Now() // who looks at a signature now fails
		c.keys.mu.Unlock()
		expect(t, c, long, "")
		expect(t, c, long[:len(long)-4]+"AAAA", "no keys")
		expect(t, c, sign(t, version2()), "no keys")
		time.Sleep(3*time.Minute + time.Second)
		i.fail(500)
		expect(t, c, long, "")
		expect(t, c, short, "no keys") // it expired, with the leeway
		time.Sleep(rememberFor - 3*time.Minute - time.Second)
		expect(t, c, long, "no keys")
		synctest.Wait()
	})
}

// TestRememberedIsBounded drops what was there when there is too much.
func TestRememberedIsBounded(t *testing.T) {
	var r remembered
	now := time.Now()
	for n := range 10 * maxRemembered {
		token := sha256.Sum256([]byte{byte(n)})
		r.add(token, now, now.Add(time.Hour))
		if !r.has(token, now) || len(r.until) > maxRemembered {
			t.Fatalf("after %d: %d remembered", n, len(r.until))
		}
	}
}
