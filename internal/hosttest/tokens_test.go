package hosttest

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/vectors"
	"github.com/wpsgen/wpsgen/internal/wire"
)

type tokenVector struct {
	ID    string
	Input struct {
		Endpoint, AccessKey, Credential, Hub string
		UserID                               *string
		ClientProtocol                       wire.ClientProtocol
		Roles, Groups                        []string
		ExpiresAfterSeconds                  *int
		URI                                  string
	}
	Expected json.RawMessage
}

// TestTokenVectors makes client connections. Those for identities ask the service for the token.
func TestTokenVectors(t *testing.T) {
	for _, v := range vectors.Load[*tokenVector](t, "extension/tokens.json") {
		t.Run(v.ID, func(t *testing.T) {
			var asked *http.Request
			got := v.connection(t, &asked)
			vectors.Check(t, v.Expected, connectionChecks(got, asked))
		})
	}
}

func (v *tokenVector) connection(t *testing.T, asked **http.Request) clientConnection {
	if v.Input.URI != "" {
		base, token, _ := strings.Cut(v.Input.URI, "?access_token=")
		return newClientConnection(base, token)
	}
	a, err := parseAccess("Endpoint=" + v.Input.Endpoint + ";AccessKey=" + v.Input.AccessKey)
	if err != nil {
		t.Fatal(err)
	}
	a.identity = v.Input.Credential == "identity"
	c := clientAccess{
		hub: v.Input.Hub, protocol: v.Input.ClientProtocol, lifetime: tokenLifetime,
		token: wire.ClientToken{UserID: v.Input.UserID, Roles: v.Input.Roles, Groups: v.Input.Groups},
	}
	if seconds := v.Input.ExpiresAfterSeconds; seconds != nil {
		c.lifetime = time.Duration(*seconds) * time.Second
	}
	s := &service{client: &http.Client{Transport: tokenService{asked}}, identityToken: "identity"}
	got, err := s.connect(t.Context(), a, c)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// tokenService answers for the service and keeps what it was asked.
type tokenService struct{ asked **http.Request }

const serviceToken = "token-of-the-service"

func (s tokenService) RoundTrip(r *http.Request) (*http.Response, error) {
	*s.asked = r
	w := httptest.NewRecorder()
	_, _ = w.WriteString(`{"token": "` + serviceToken + `"}`)
	return w.Result(), nil
}

func connectionChecks(got clientConnection, asked *http.Request) checks {
	all := claimChecks(got)
	maps.Copy(all, urlChecks(got))
	all["restCall"] = func(t testing.TB, want json.RawMessage) { checkTokenCall(t, asked, want) }
	return all
}

func claimChecks(got clientConnection) checks {
	claims, order := claimsOf(got.AccessToken)
	has := func(name string) bool { return slices.Contains(order, name) }
	return checks{
		"claims": func(t testing.TB, want json.RawMessage) {
			if err := vectors.Subset(want, marshal(claims)); err != nil {
				t.Error(err)
			}
		},
		"absentClaims": func(t testing.TB, want json.RawMessage) {
			for _, name := range vectors.Decode[[]string](t, want) {
				if has(name) {
					t.Errorf("there is a claim %s", name)
				}
			}
		},
		"claimOrder": func(t testing.TB, want json.RawMessage) {
			if err := vectors.Same(want, marshal(order)); err != nil {
				t.Error(err)
			}
		},
		"expMinusIat": func(t testing.TB, want json.RawMessage) {
			if lifetime := number(t, claims["exp"]) - number(t, claims["iat"]); lifetime != vectors.Decode[int](t, want) {
				t.Errorf("lives for %d s, want %s", lifetime, want)
			}
		},
		"nbfEqualsIat": func(t testing.TB, want json.RawMessage) {
			if same := string(claims["nbf"]) == string(claims["iat"]); same != vectors.Decode[bool](t, want) {
				t.Errorf("nbf %s, iat %s", claims["nbf"], claims["iat"])
			}
		},
		"alg": func(t testing.TB, want json.RawMessage) { checkAlgorithm(t, got.AccessToken, want) },
		"tokenFrom": func(t testing.TB, want json.RawMessage) {
			if text := vectors.Text(t, want); text != "response.token" || got.AccessToken != serviceToken {
				t.Errorf("the token is %s, want that of %s", got.AccessToken, text)
			}
		},
	}
}

func urlChecks(got clientConnection) checks {
	return checks{
		"baseUrl": func(t testing.TB, want json.RawMessage) {
			if got.BaseURL != vectors.Text(t, want) {
				t.Errorf("baseUrl %s, want %s", got.BaseURL, want)
			}
		},
		"url": func(t testing.TB, want json.RawMessage) {
			if url := strings.ReplaceAll(vectors.Text(t, want), "<token>", got.AccessToken); got.URL != url {
				t.Errorf("url %s, want %s", got.URL, url)
			}
		},
		"json": func(t testing.TB, want json.RawMessage) {
			if err := vectors.Same(want, marshal(got)); err != nil {
				t.Error(err)
			}
		},
		"jsonKeys": func(t testing.TB, want json.RawMessage) {
			for _, key := range vectors.Decode[[]string](t, want) {
				if !slices.Contains(keyOrder(marshal(got)), key) {
					t.Errorf("no member %s in %s", key, marshal(got))
				}
			}
		},
		"urlStartsWith": func(t testing.TB, want json.RawMessage) {
			if !slices.ContainsFunc(vectors.Decode[[]string](t, want), func(p string) bool { return strings.HasPrefix(got.URL, p) }) {
				t.Errorf("url %s, want one with %s", got.URL, want)
			}
		},
		"urlContains": func(t testing.TB, want json.RawMessage) {
			if !strings.Contains(got.URL, vectors.Text(t, want)) {
				t.Errorf("url %s, want %s in it", got.URL, want)
			}
		},
	}
}

// claimsOf reads a token's claims and their order; a token that is none has no claims.
func claimsOf(token string) (map[string]json.RawMessage, []string) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return nil, nil
	}
	claims := make(map[string]json.RawMessage)
	if json.Unmarshal(raw, &claims) != nil {
		return nil, nil
	}
	return claims, keyOrder(raw)
}

func number(t testing.TB, raw json.RawMessage) int {
	t.Helper()
	return vectors.Decode[int](t, raw)
}

func checkAlgorithm(t testing.TB, token string, want json.RawMessage) {
	t.Helper()
	head, _, _ := strings.Cut(token, ".")
	raw, err := base64.RawURLEncoding.DecodeString(head)
	if err != nil {
		t.Fatal(err)
	}
	if err := vectors.Subset(marshal(object{{"alg", want}}), raw); err != nil {
		t.Error(err)
	}
}

func checkTokenCall(t testing.TB, asked *http.Request, want json.RawMessage) {
	t.Helper()
	if asked == nil {
		t.Fatal("the service was not asked")
	}
	vectors.Check(t, want, checks{
		"method": func(t testing.TB, want json.RawMessage) {
			if asked.Method != vectors.Text(t, want) {
				t.Errorf("method %s, want %s", asked.Method, want)
			}
		},
		"path": func(t testing.TB, want json.RawMessage) {
			if asked.URL.EscapedPath() != vectors.Text(t, want) {
				t.Errorf("path %s, want %s", asked.URL.EscapedPath(), want)
			}
		},
		"query": func(t testing.TB, want json.RawMessage) {
			given := parseQuery(asked.URL.RawQuery)
			for _, pair := range vectors.Decode[[][2]string](t, want) {
				if !slices.Contains(given, queryValue{pair[0], pair[1]}) {
					t.Errorf("no %s=%s in %v", pair[0], pair[1], given)
				}
			}
		},
	})
}
