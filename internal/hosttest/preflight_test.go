package hosttest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// accessVector is a resolved connection as vectors give it.
type accessVector struct {
	Endpoint   string
	AccessKey  *string
	Credential string
}

func accessesOf(t testing.TB, given []accessVector) []access {
	t.Helper()
	var all []access
	for _, g := range given {
		a, err := parseAccess("Endpoint=" + g.Endpoint)
		if err != nil {
			t.Fatal(err)
		}
		if g.AccessKey != nil {
			a.key, a.hasKey = *g.AccessKey, true
		}
		a.identity = g.Credential == "identity"
		all = append(all, a)
	}
	return all
}

func validatorOf(t testing.TB, given []accessVector) *validator {
	t.Helper()
	v, err := newValidator(accessesOf(t, given))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

type preflightVector struct {
	ID, Surface       string
	Method            *string
	OriginHeaderLines []string
	Listeners         [][]accessVector
	Expected          json.RawMessage
}

func (v *preflightVector) header() http.Header {
	h := make(http.Header)
	if v.OriginHeaderLines != nil {
		h["WebHook-Request-Origin"] = v.OriginHeaderLines
	}
	return h
}

func (v *preflightVector) method() string {
	if v.Method == nil {
		return ""
	}
	return *v.Method
}

func TestPreflightVectors(t *testing.T) {
	for _, v := range vectors.Load[*preflightVector](t, "extension/preflight.json") {
		t.Run(v.ID, func(t *testing.T) {
			switch {
			case v.Surface == "trigger":
				v.checkTrigger(t)
			case strings.HasPrefix(v.Surface, "context"):
				v.checkContext(t)
			default:
				t.Fatalf("surface %q is not understood", v.Surface)
			}
		})
	}
}

// checkTrigger asks the extension's endpoint.
func (v *preflightVector) checkTrigger(t *testing.T) {
	l := newListeners()
	for _, accesses := range v.Listeners {
		l.ordered = append(l.ordered, &listener{validator: validatorOf(t, accesses)})
	}
	answer, _, _ := l.receive(v.method(), v.header(), nil)
	w := httptest.NewRecorder()
	answer.write(w, true)
	expectations := answer.checks()
	expectations["headers"] = func(t testing.TB, want json.RawMessage) { checkHeaders(t, w.Header(), want) }
	vectors.Check(t, v.Expected, expectations)
}

// checkContext asks the context binding.
func (v *preflightVector) checkContext(t *testing.T) {
	var accesses []accessVector
	for _, more := range v.Listeners {
		accesses = append(accesses, more...)
	}
	origins, detected := validationRequest(v.method(), v.header())
	validator := validatorOf(t, accesses)
	got := newRequestContext(validator, &httpRequest{method: v.method(), header: v.header()})
	allowed := func(t testing.TB, want json.RawMessage) {
		if ok := validator.allows(originsOf(v.header())); ok != vectors.Decode[bool](t, want) {
			t.Errorf("allowed %t, want %s", ok, want)
		}
	}
	vectors.Check(t, v.Expected, checks{
		"status": func(t testing.TB, want json.RawMessage) {
			if !isNull(want) && got.status != vectors.Decode[int](t, want) {
				t.Errorf("status %d, want %s", got.status, want)
			}
		},
		"isPreflight": func(t testing.TB, want json.RawMessage) {
			if detected != vectors.Decode[bool](t, want) {
				t.Errorf("preflight %t, want %s", detected, want)
			}
		},
		"requestHosts": func(t testing.TB, want json.RawMessage) {
			if hosts := vectors.Decode[[]string](t, want); !slices.Equal(origins, hosts) {
				t.Errorf("hosts %q, want %q", origins, hosts)
			}
		},
		"isValid": allowed, "isValidHost": allowed, "allowed": allowed, "valid": allowed,
		"headers": func(t testing.TB, want json.RawMessage) { checkHeaders(t, got.headers, want) },
	})
}

// TestNoOrigin shows the extension's failure on a preflight without the header.
func TestNoOrigin(t *testing.T) {
	for _, method := range []string{http.MethodOptions, http.MethodGet} {
		if got, _, _ := newListeners().receive(method, http.Header{}, nil); got.status != http.StatusInternalServerError {
			t.Errorf("%s: status %d", method, got.status)
		}
	}
}

func TestDuplicateHost(t *testing.T) {
	_, err := newValidator(accessesOf(t, []accessVector{{Endpoint: "https://abc"}, {Endpoint: "http://ABC:8080"}}))
	if err == nil || err.Error() != "Duplicate host 'abc' found in accesses." {
		t.Errorf("got %v", err)
	}
}

// TestFirstAllowedOriginDecides takes the key of the first origin that is a host of ours, and no other.
func TestFirstAllowedOriginDecides(t *testing.T) {
	first, second := "key-1", "key-2"
	v := validatorOf(t, []accessVector{{Endpoint: "https://a", AccessKey: &first}, {Endpoint: "https://b", AccessKey: &second}})
	for _, c := range []struct {
		origin, key string
		want        bool
	}{
		{"a", first, true},
		{"x, b a", second, true},
		{"a,b", second, false},
		{"A", first, false},
		{"x", first, false},
	} {
		signature := "sha256=00, " + strings.ToUpper(wire.NewSigner(c.key).Sign("conn"))
		if got := v.valid(&connectionContext{connectionID: "conn", origin: &c.origin, signature: &signature}); got != c.want {
			t.Errorf("%s with %s: %t", c.origin, c.key, got)
		}
	}
}
