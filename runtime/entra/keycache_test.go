package entra

import (
	"context"
	"crypto/rsa"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

func signSecond(t testing.TB) string {
	return signWith(t, jwt.SigningMethodRS256, secondKey(), map[string]any{"kid": "second"}, version1())
}

// asked fails the test when the keys were fetched another number of times.
func (i *issuer) wantAsked(t *testing.T, want int) {
	t.Helper()
	if got := i.times(); got != want {
		t.Errorf("the keys were fetched %d times, want %d", got, want)
	}
}

func TestRotation(t *testing.T) {
	secondKey() // made outside, where time is real
	first, second := firstKey(), secondKey()
	synctest.Test(t, func(t *testing.T) {
		i := newIssuer()
		c := mustChecker(t, wanted(i))
		i.wantAsked(t, 0)
		for range 3 {
			expect(t, c, sign(t, version1()), "")
		}
		i.wantAsked(t, 1)

		i.publish(map[string]*rsa.PrivateKey{"first": first, "second": second})
		expect(t, c, signSecond(t), `"second" is none of`)
		i.wantAsked(t, 1)
		time.Sleep(refreshEvery - time.Nanosecond)
		expect(t, c, signSecond(t), `"second" is none of`)
		i.wantAsked(t, 1)
		time.Sleep(time.Nanosecond)
		expect(t, c, signSecond(t), "")
		expect(t, c, sign(t, version1()), "")
		i.wantAsked(t, 2)

		i.publish(map[string]*rsa.PrivateKey{"second": second})
		time.Sleep(keysMaxAge + time.Nanosecond)
		expect(t, c, sign(t, version1()), "") // at once, while the keys are fetched
		synctest.Wait()
		time.Sleep(rememberFor)
		expect(t, c, sign(t, version1()), `"first" is none of`)
		expect(t, c, signSecond(t), "")
		time.Sleep(keysMaxAge / 2)
		expect(t, c, signSecond(t), "")
		synctest.Wait()
		i.wantAsked(t, 4) // once more for the key that is gone
	})
}

// TestForgedKeys: made-up key ids do not make the app hammer Entra ID, nor keep good tokens out.
func TestForgedKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := newIssuer()
		c := mustChecker(t, wanted(i))
		for n := range 1000 {
			id := strings.Repeat("x", n)
			forged := signWith(t, jwt.SigningMethodHS256, []byte("k"), map[string]any{"kid": "y" + id, "alg": "RS256"}, version1())
			if err := c.check(carrying(forged)); err == nil || len(err.Error()) > 400 {
				t.Fatalf("forged token: %v", err)
			}
			time.Sleep(100 * time.Millisecond)
		}
		expect(t, c, sign(t, version1()), "")
		i.wantAsked(t, 2) // in 100 s
	})
}

func TestKeysUnreachable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := newIssuer()
		i.fail(http.StatusServiceUnavailable)
		c := mustChecker(t, wanted(i))
		for range 3 {
			expect(t, c, sign(t, version1()), "answered 503 Service Unavailable")
		}
		i.wantAsked(t, 1)
		i.publish(map[string]*rsa.PrivateKey{"first": firstKey()})
		time.Sleep(retryEvery)
		expect(t, c, sign(t, version1()), "")
		i.wantAsked(t, 2)

		i.fail(http.StatusInternalServerError)
		time.Sleep(10 * keysMaxAge)
		for range 3 {
			expect(t, c, sign(t, version1()), "")
			synctest.Wait()
		}
		i.wantAsked(t, 3)
		time.Sleep(refreshEvery)
		expect(t, c, signSecond(t), "fetching new keys failed: https://login.microsoftonline.com/"+testTenant+"/discovery/v2.0/keys answered 500")
	})
}

// TestSharedFetch: requests that need the same keys wait for one fetch, each as long as it wants to, and
// none ends it for the others.
func TestSharedFetch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := newIssuer()
		i.waiting = make(chan struct{})
		c := mustChecker(t, wanted(i))
		token := sign(t, version1())
		hasty, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() {
			if err := c.check(carrying(token).WithContext(hasty)); err == nil || !strings.Contains(err.Error(), "not fetched in time") {
				t.Errorf("a request that was given up: %v", err)
			}
		})
		synctest.Wait() // it has begun the fetch
		for range 50 {
			all.Go(func() { expect(t, c, token, "") })
		}
		synctest.Wait()
		cancel()
		synctest.Wait()
		close(i.waiting)
		all.Wait()
		i.wantAsked(t, 1)
	})
}

// TestSlowKeys: a fetch ends by itself, and there is no second beside it.
func TestSlowKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := newIssuer()
		i.waiting = make(chan struct{})
		c := mustChecker(t, wanted(i))
		token := sign(t, version1())
		began := time.Now()
		var late sync.WaitGroup
		late.Go(func() {
			time.Sleep(retryEvery + time.Second)
			expect(t, c, token, "deadline exceeded")
		})
		expect(t, c, token, "deadline exceeded")
		late.Wait()
		i.wantAsked(t, 1)
		if took := time.Since(began); took != fetchTimeout {
			t.Errorf("it took %v", took)
		}
	})
}
