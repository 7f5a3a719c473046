package wps

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/vectors"
	"github.com/wpsgen/wpsgen/internal/wire"
)

type checks = map[string]func(testing.TB, json.RawMessage)

func TestConnectionStringVectors(t *testing.T) {
	for _, v := range vectors.Load[struct {
		ID               string
		ConnectionString string
		Parser           string
		Expected         json.RawMessage
	}](t, "extension/connection_strings.json") {
		t.Run(v.ID, func(t *testing.T) {
			cs, err := wire.ParseConnectionString(v.ConnectionString)
			if _, clientErr := NewServiceClient(v.ConnectionString, "hub"); err == nil && v.Parser != "extension" {
				err = clientErr
			}
			if _, fails := vectors.Decode[map[string]json.RawMessage](t, v.Expected)["error"]; !fails && err != nil {
				t.Fatal(err)
			}
			vectors.Check(t, v.Expected, connectionStringChecks(cs, err))
		})
	}
}

func connectionStringChecks(cs wire.ConnectionString, err error) checks {
	return checks{
		"error": func(t testing.TB, want json.RawMessage) {
			message := vectors.Text(t, want)
			switch {
			case err == nil:
				t.Errorf("no error, want %s", message)
			case strings.HasSuffix(message, "Exception") || strings.HasPrefix(message, "<"): // .NET's own
			case strings.HasSuffix(message, "AccessKey.") && strings.Contains(err.Error(), "AccessKey"):
			case !strings.Contains(err.Error(), message):
				t.Errorf("error %q, want %q", err, message)
			}
		},
		"endpoint": func(t testing.TB, want json.RawMessage) {
			if got := cs.Endpoint + "/"; got != vectors.Text(t, want) {
				t.Errorf("endpoint %s, want %s", got, want)
			}
		},
		"accessKey": func(t testing.TB, want json.RawMessage) {
			if key := vectors.Decode[*string](t, want); cs.HasKey != (key != nil) || key != nil && cs.AccessKey != *key {
				t.Errorf("key %q (%v), want %s", cs.AccessKey, cs.HasKey, want)
			}
		},
		"host": func(t testing.TB, want json.RawMessage) {
			if cs.Host != vectors.Text(t, want) {
				t.Errorf("host %s, want %s", cs.Host, want)
			}
		},
		"port": func(t testing.TB, want json.RawMessage) {
			u, err := url.Parse(cs.Endpoint)
			if err != nil {
				t.Fatal(err)
			}
			port := u.Port()
			if port == "" {
				port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
			}
			if port != string(want) {
				t.Errorf("port %s, want %s", port, want)
			}
		},
	}
}

type settingsVector struct {
	Settings map[string]string
	Binding  struct {
		Type, Hub, UserID, EventType, EventName, ClientProtocols string
		Connection                                               string
		Connections                                              []string
	}
}

func TestSettingsVectors(t *testing.T) {
	for _, c := range vectors.Cases(t, vectors.FileSettings) {
		v := &settingsVector{}
		c.Decode(t, v)
		t.Run(c.ID, func(t *testing.T) {
			got := v.bind(c)
			if got.unknown {
				t.Fatalf("binding %q is not understood", v.Binding.Type)
			}
			c.Check(t, got.checks())
		})
	}
}

// resolution is what becomes of a binding's settings.
type resolution struct {
	unknown bool
	b       *boundFunction
	signers signers
	client  *ServiceClient // of a binding that sends, or of the default connection
	hub     string
	err     error
}

func (v *settingsVector) bind(vector *vectors.Case) *resolution {
	options := []Option{WithSettings(v.Settings), WithCredentials(fakeCredentials)}
	if vector.Vouched {
		options = append(options, WithEventCheck(func(*http.Request) error { return nil }))
	}
	c := newConfig(options)
	b := v.Binding
	x := &resolution{b: &boundFunction{}, signers: signers{b.Connections, b.Connection, vector.Unsigned}}
	switch b.Type {
	case "<global>":
		x.bindDefaults(c)
	case "webPubSubTrigger":
		x.err = c.bindTrigger(x.b, WebPubSubTrigger{Hub: b.Hub, EventType: b.EventType, EventName: b.EventName,
			ClientProtocols: b.ClientProtocols, Connection: b.Connection, Connections: b.Connections, Unsigned: vector.Unsigned})
		x.hub = x.b.trigger.Hub
	case "webPubSubContext":
		x.err = c.bindContext(x.b, WebPubSubContext{Connection: b.Connection, Connections: b.Connections, Unsigned: vector.Unsigned})
	case "webPubSubConnection":
		x.err = c.bindInput(x.b, WebPubSubConnection{Hub: b.Hub, UserID: b.UserID, Connection: b.Connection})
		x.client = x.b.inputs[0].client
	case "webPubSub":
		x.err = c.bindOutput(x.b, WebPubSub{Hub: b.Hub, Connection: b.Connection})
		x.client = x.b.outputs[0].client
	default:
		x.unknown = true
	}
	if x.client != nil && x.hub == "" {
		x.hub = x.client.hub
	}
	return x
}

// bindDefaults resolves the default connection and hub. That there is none is no error until a binding
// wants it.
func (x *resolution) bindDefaults(c *config) {
	conn, err := c.connection("")
	var none *errNotSet
	switch {
	case err == nil:
		x.client = c.client(conn, "hub")
	case !errors.As(err, &none):
		x.err = err
	}
	x.hub, _ = c.settings.hub("")
}

// isNotSet reports whether nothing but the lack of a connection was wrong.
func (x *resolution) isNotSet() bool {
	var none *errNotSet
	return errors.As(x.err, &none)
}

func (x *resolution) checks() checks {
	found := func(t testing.TB) *ServiceClient {
		if x.err != nil {
			t.Error(x.err)
		}
		if x.client == nil {
			return &ServiceClient{}
		}
		return x.client
	}
	return checks{
		"error": func(t testing.TB, want json.RawMessage) {
			if message := vectors.Text(t, want); x.err == nil || !strings.Contains(strings.ToLower(x.err.Error()), strings.ToLower(message)) {
				t.Errorf("error %v, want one with %q", x.err, message)
			}
		},
		"phase": func(testing.TB, json.RawMessage) {}, // all is found at the start
		"endpoint": func(t testing.TB, want json.RawMessage) {
			endpoint := vectors.Decode[*string](t, want)
			if endpoint == nil && x.err != nil && x.isNotSet() {
				return // there is none, and the binding that wants it says so
			}
			if got := found(t).endpoint; endpoint == nil && got != "" || endpoint != nil && got+"/" != *endpoint {
				t.Errorf("endpoint %q, want %s", got, want)
			}
		},
		"credential": func(t testing.TB, want json.RawMessage) {
			if got := credentialOf(found(t)); got != vectors.Text(t, want) {
				t.Errorf("credential %s, want %s", got, want)
			}
		},
		"accessKey": func(t testing.TB, want json.RawMessage) {
			if key := vectors.Decode[*string](t, want); key == nil && found(t).accessKey != "" || key != nil && found(t).accessKey != *key {
				t.Error("another access key than the one set")
			}
		},
		"hub": func(t testing.TB, want json.RawMessage) {
			if hub := vectors.Decode[*string](t, want); hub == nil && x.hub != "" || hub != nil && x.hub != *hub {
				t.Errorf("hub %q, want %s", x.hub, want)
			}
		},
		"accesses":    x.checkAccesses,
		"connections": func(t testing.TB, want json.RawMessage) { x.checkNames(t, want, false) },
		"connection":  func(t testing.TB, want json.RawMessage) { x.checkNames(t, want, true) },
		"eventName": func(t testing.TB, want json.RawMessage) {
			if got := x.b.trigger.EventName; got != vectors.Text(t, want) {
				t.Errorf("eventName %q, want %s", got, want)
			}
		},
		"eventType": func(t testing.TB, want json.RawMessage) {
			if got := x.b.trigger.EventType; !strings.EqualFold(got, vectors.Text(t, want)) {
				t.Errorf("eventType %q, want %s", got, want)
			}
		},
		"clientProtocols": func(t testing.TB, want json.RawMessage) {
			var both listeners
			if got := x.b.trigger.ClientProtocols; both.slot(got) != both.slot(vectors.Text(t, want)) {
				t.Errorf("clientProtocols %q, want %s", got, want)
			}
		},
	}
}

func credentialOf(c *ServiceClient) string {
	switch {
	case c.credential != nil:
		return "identity"
	case c.accessKey != "":
		return "key"
	}
	return "none"
}

// checkAccesses compares the hosts that events may come from; the scheme is that of the vector.
func (x *resolution) checkAccesses(t testing.TB, want json.RawMessage) {
	if x.err != nil {
		t.Error(x.err)
	}
	var hosts, wanted []string
	for _, h := range x.b.verifier.hosts {
		hosts = append(hosts, h.host)
	}
	for _, endpoint := range vectors.Decode[[]string](t, want) {
		u, err := url.Parse(endpoint)
		if err != nil {
			t.Fatal(err)
		}
		wanted = append(wanted, u.Hostname())
	}
	if !equal(hosts, wanted) {
		t.Errorf("hosts %q, want %q", hosts, wanted)
	}
}

// checkNames compares the names of the connections, or the first of them, null for the default one.
func (x *resolution) checkNames(t testing.TB, want json.RawMessage, first bool) {
	var got any = x.signers.names()
	switch names := x.signers.names(); {
	case names[0] == "":
		got = nil
	case first:
		got = names[0]
	}
	doc, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	if err := vectors.Same(want, doc); err != nil {
		t.Error(err)
	}
}

type fakeCredential struct{ token string }

func (c fakeCredential) Token(context.Context, string) (AccessToken, error) {
	return AccessToken{Token: c.token, ExpiresOn: time.Now().Add(time.Hour)}, nil
}

func fakeCredentials(i Identity) (TokenCredential, error) {
	return fakeCredential{"token of " + i.Connection}, nil
}

func TestSettingNames(t *testing.T) {
	s := newSettings(map[string]string{"Web__Hub": "a", "other": "b"})
	for name, want := range map[string]string{"web:hub": "a", "WEB__HUB": "a", "OTHER": "b", "none": ""} {
		if got := s.get(name); got != want {
			t.Errorf("get(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestEnvironment(t *testing.T) {
	t.Setenv("WPSGEN_TEST__NAME", "value=with=equals")
	if got := environment().get("wpsgen_test:name"); got != "value=with=equals" {
		t.Errorf("got %q", got)
	}
}
