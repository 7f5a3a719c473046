package wps

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// identity is a credential that numbers its tokens.
type identity struct {
	lifetime time.Duration
	takes    time.Duration // to give one

	mu    sync.Mutex
	asked int
	err   error
}

func (i *identity) Token(ctx context.Context, scope string) (AccessToken, error) {
	i.mu.Lock()
	i.asked++
	n, err := i.asked, i.err
	i.mu.Unlock()
	if scope != "https://webpubsub.azure.com/.default" {
		return AccessToken{}, errors.New("scope " + scope)
	}
	select {
	case <-time.After(i.takes):
	case <-ctx.Done():
		return AccessToken{}, ctx.Err()
	}
	if err != nil {
		return AccessToken{}, err
	}
	return AccessToken{Token: "token-" + strconv.Itoa(n), ExpiresOn: time.Now().Add(i.lifetime)}, nil
}

func (i *identity) times() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.asked
}

func (i *identity) fail(err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.err = err
}

func (s *script) withCredential(t *testing.T, credential TokenCredential) *ServiceClient {
	t.Helper()
	s.start = time.Now()
	c, err := NewServiceClientWithCredential("https://svc.example", "chat", credential, WithHTTPClient(&http.Client{Transport: s}))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (s *script) bearers() string {
	var list []string
	for _, r := range s.requests {
		list = append(list, strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer token-"))
	}
	return strings.Join(list, " ")
}

var sendX = SendToAll{Data: Text("x")}

// TestTokensAreKept: one is used until shortly before its end, then the next while that is fetched.
func TestTokensAreKept(t *testing.T) {
	for _, c := range []struct {
		lifetime, refresh time.Duration
	}{
		{time.Hour, 55 * time.Minute},
		{4 * time.Minute, 2 * time.Minute},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &script{replies: []answered{{status: 202}}}
			credential := &identity{lifetime: c.lifetime}
			client := s.withCredential(t, credential)
			for _, wait := range []time.Duration{0, c.refresh - time.Second, time.Second, time.Second} {
				time.Sleep(wait)
				if err := client.Do(t.Context(), sendX); err != nil {
					t.Fatal(err)
				}
				synctest.Wait()
			}
			if got := s.bearers(); got != "1 1 1 2" || credential.times() != 2 {
				t.Errorf("%v: tokens %s, asked for %d", c.lifetime, got, credential.times())
			}
		})
	}
}

// TestTokensAreAskedForOnce: many callers wait for the same one, and each no longer than its context.
func TestTokensAreAskedForOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		credential := &identity{lifetime: time.Hour, takes: 10 * time.Second}
		cache := cached(credential)
		if cached(cache) != cache {
			t.Error("a cache is cached")
		}
		first, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begin := time.Now()
		if _, err := cache.Token(first, ""); !errors.Is(err, context.DeadlineExceeded) || time.Since(begin) != time.Second {
			t.Errorf("after %v: %v", time.Since(begin), err)
		}
		var group sync.WaitGroup
		for range 20 {
			group.Go(func() {
				if token, err := cache.Token(t.Context(), ""); err != nil || token.Token != "token-1" {
					t.Errorf("%v, %v", token, err)
				}
			})
		}
		group.Wait()
		if passed := time.Since(begin); passed != 10*time.Second || credential.times() != 1 {
			t.Errorf("after %v, asked %d times", passed, credential.times())
		}
	})
}

// TestTokensThatCannotBeReplaced are used to their end; what is wrong is said after that.
func TestTokensThatCannotBeReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		credential := &identity{lifetime: time.Hour}
		cache := cached(credential)
		if _, err := cache.Token(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		credential.fail(errors.New("no such identity"))
		time.Sleep(56 * time.Minute)
		for range 3 {
			if token, err := cache.Token(t.Context(), ""); err != nil || token.Token != "token-1" {
				t.Errorf("%v, %v", token, err)
			}
			synctest.Wait()
		}
		if credential.times() != 2 {
			t.Errorf("asked %d times without a pause", credential.times())
		}
		time.Sleep(4 * time.Minute)
		_, err := cache.Token(t.Context(), "")
		wantError(t, err, "getting the credential's token", "no such identity")
		credential.fail(nil)
		if token, err := cache.Token(t.Context(), ""); err != nil || token.Token == "token-1" {
			t.Errorf("%v, %v", token, err)
		}
	})
}

// TestTokensThatAreRefused: one that was kept may have been taken back; a new one may not.
func TestTokensThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		name    string
		replies []answered
		tokens  string
		fails   bool
	}{
		{"a new one", []answered{{status: 401}}, "1", true},
		{"a kept one", []answered{{status: 202}, {status: 401}, {status: 202}}, "1 1 2", false},
		{"and the next", []answered{{status: 202}, {status: 401}, {status: 401}}, "1 1 2", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &script{replies: c.replies}
				client := s.withCredential(t, &identity{lifetime: time.Hour})
				err := client.Do(t.Context(), sendX)
				if len(c.replies) > 1 {
					err = errors.Join(err, client.Do(t.Context(), sendX))
				}
				if got := s.bearers(); got != c.tokens || c.fails != (err != nil) {
					t.Errorf("tokens %s, want %s: %v", got, c.tokens, err)
				}
				if c.fails {
					wantError(t, err, "401", "Web PubSub Service Owner")
				}
				if passed := time.Since(s.start); passed != 0 {
					t.Errorf("waited %v", passed)
				}
			})
		})
	}
}

func TestEmptyTokens(t *testing.T) {
	s := &script{replies: []answered{{status: 202}}}
	client := s.withCredential(t, emptyCredential{})
	wantError(t, client.Do(t.Context(), sendX), "SendToAll", "the credential gave an empty token")
	if len(s.requests) > 0 {
		t.Error("sent without a token")
	}
	if err := client.Health(t.Context()); err == nil || !strings.Contains(err.Error(), "202") {
		t.Errorf("health needs no token: %v", err)
	}
}

type emptyCredential struct{}

func (emptyCredential) Token(context.Context, string) (AccessToken, error) { return AccessToken{}, nil }

func TestNewServiceClientWithCredential(t *testing.T) {
	for _, c := range []struct {
		endpoint, hub string
		credential    TokenCredential
		want          string // of the error; empty for none
	}{
		{"https://svc.example", "chat", emptyCredential{}, ""},
		{"http://127.0.0.1:8080", "chat", emptyCredential{}, ""},
		{"http://[::1]:8080", "chat", emptyCredential{}, ""},
		{"http://LOCALHOST", "chat", emptyCredential{}, ""},
		{"http://svc.example", "chat", emptyCredential{}, "http://svc.example is not https"},
		{"http://127.0.0.1.svc.example", "chat", emptyCredential{}, "is not https"},
		{"http://10.0.0.1", "chat", emptyCredential{}, "is not https"},
		{"svc.example", "chat", emptyCredential{}, "the endpoint is not an http or https URL"},
		{"https://svc.example;AccessKey=k", "chat", emptyCredential{}, "is not an http or https URL"},
		{testConnection, "chat", emptyCredential{}, "is not an http or https URL"},
		{"https://svc.example", "1", emptyCredential{}, "is not a hub name"},
		{"https://svc.example", "chat", nil, "the credential is nil"},
	} {
		client, err := NewServiceClientWithCredential(c.endpoint, c.hub, c.credential)
		if c.want != "" {
			wantError(t, err, c.want)
			wantNoKey(t, err)
		} else if err != nil || client == nil {
			t.Errorf("%s: %v", c.endpoint, err)
		}
	}
}

// wantNoKey wants an error that does not show the key of tests.
func wantNoKey(t *testing.T, err error) {
	t.Helper()
	if err != nil && strings.Contains(err.Error(), testKey) {
		t.Errorf("the error shows the key: %v", err)
	}
}

// TestServiceURIWithAKey: a connection string in the place of the endpoint is a likely mistake, and no message shows it.
func TestServiceURIWithAKey(t *testing.T) {
	for _, uri := range []string{testConnection, strings.TrimPrefix(testConnection, "Endpoint="), "https://svc.example AccessKey=" + testKey} {
		c := newConfig([]Option{WithSettings(map[string]string{"A__serviceUri": uri})})
		_, err := c.connection("A")
		wantError(t, err, "setting A__serviceUri", "goes into the setting A")
		wantNoKey(t, err)
	}
}

// TestIdentityConnections: an app's credential serves all its hubs with one token, and https only.
func TestIdentityConnections(t *testing.T) {
	credential := &identity{lifetime: time.Hour}
	settings := func(uri string) *config {
		return newConfig([]Option{
			WithSettings(map[string]string{"A__serviceUri": uri}),
			WithCredentials(func(Identity) (TokenCredential, error) { return credential, nil }),
		})
	}
	_, err := settings("http://svc.example").service("A")
	wantError(t, err, "setting A__serviceUri", "is not https")
	conn, err := settings("https://svc.example").service("A")
	if err != nil {
		t.Fatal(err)
	}
	for _, hub := range []string{"one", "two"} {
		s := &script{replies: []answered{{status: 202}}}
		if err := newServiceClient(conn, hub, WithHTTPClient(&http.Client{Transport: s})).Do(t.Context(), sendX); err != nil {
			t.Fatal(err)
		}
	}
	if credential.times() != 1 {
		t.Errorf("two hubs asked for %d tokens", credential.times())
	}
}
