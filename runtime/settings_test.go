package wps

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

func TestConnectionStringVectors(t *testing.T) {
	for _, v := range loadVectors[struct {
		ID               string
		ConnectionString *string
		Parser           string
		Expected         struct {
			Error     string
			Endpoint  string
			AccessKey *string
			Host      string
		}
	}](t, "connection_strings.json") {
		t.Run(v.ID, func(t *testing.T) {
			text := ""
			if v.ConnectionString != nil {
				text = *v.ConnectionString
			}
			cs, err := wire.ParseConnectionString(text)
			if v.Expected.Error == "ArgumentNullException" {
				wantError(t, err, "empty")
				return
			}
			if v.Expected.Error != "" {
				if v.Parser == "service-client" && err == nil && !cs.HasKey {
					_, err = NewServiceClient(text, "hub")
					wantError(t, err, "AccessKey")
					return
				}
				wantError(t, err, v.Expected.Error)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := normalEndpoint(cs.Endpoint) + "/"; v.Expected.Endpoint != "" && got != v.Expected.Endpoint {
				t.Errorf("endpoint %s, want %s", got, v.Expected.Endpoint)
			}
			if v.Expected.Host != "" && cs.Host != v.Expected.Host {
				t.Errorf("host %s, want %s", cs.Host, v.Expected.Host)
			}
			if cs.HasKey != (v.Expected.AccessKey != nil) || cs.HasKey && cs.AccessKey != *v.Expected.AccessKey {
				t.Errorf("key %q (%v), want %v", cs.AccessKey, cs.HasKey, v.Expected.AccessKey)
			}
		})
	}
}

type settingsVector struct {
	ID          string
	Settings    map[string]string
	CodeOptions json.RawMessage
	Binding     struct {
		Type, Hub, UserID, EventType, EventName string
		Connection                              string
		Connections                             []string
	}
	Expected struct {
		Hub        *string
		Endpoint   *string
		Credential string
		AccessKey  string
		Accesses   []string
		Error      string
	}
}

func TestSettingsVectors(t *testing.T) {
	for _, v := range loadVectors[settingsVector](t, "settings.json") {
		t.Run(v.ID, func(t *testing.T) {
			switch {
			case v.CodeOptions != nil:
				t.Skip("options in code: hubs and connections come from bindings and settings only")
			case v.Binding.Type == "webPubSubContext":
				t.Skip("webPubSubContext: a later version")
			}
			runSettingsVector(t, v)
		})
	}
}

func runSettingsVector(t *testing.T, v settingsVector) {
	c := newConfig([]Option{WithSettings(v.Settings), WithCredentials(fakeCredentials)})
	var target *target
	b := &boundFunction{}
	var err error
	switch v.Binding.Type {
	case "<global>":
		_, err = c.connection("")
	case "webPubSubTrigger":
		err = c.bindTrigger(b, WebPubSubTrigger{Hub: v.Binding.Hub, EventType: v.Binding.EventType,
			EventName: v.Binding.EventName, Connection: v.Binding.Connection, Connections: v.Binding.Connections})
	case "webPubSubConnection":
		err = c.bindInput(b, WebPubSubConnection{Hub: v.Binding.Hub, UserID: v.Binding.UserID, Connection: v.Binding.Connection})
		target = &b.inputs[0].target
	case "webPubSub":
		err = c.bindOutput(b, WebPubSub{Hub: v.Binding.Hub, Connection: v.Binding.Connection})
		target = &b.outputs[0].target
	}
	checkSettings(t, v, b, target, err)
}

// theirs is, for each of the extension's messages, what this package says instead.
var theirs = map[string]string{
	"Connection must be specified through one of the following":                  "setting WebPubSubConnectionString is not set",
	"Failed to resolve substitute configure: %nullhub%, please add.":             "'%nullhub%' does not resolve to a value.",
	"Failed to resolve substitute configure: %noname%, please add.":              "'%noname%' does not resolve to a value.",
	"Hub name should be configured in either attribute or appsettings.":          "hub: is not given",
	"Unable to resolve Web PubSub connection from configuration section 'Nope'.": "setting Nope is not set",
	"Resolved 'Hub' value is null for extension":                                 "hub: is not given",
	"Web PubSub connection section name cannot be null or empty.":                "is empty; it must be the name of a setting",
	"Duplicate host": "name the same host",
	"Required property not found in connection string: Endpoint.":                      "Required property not found in connection string: Endpoint.",
	"Unable to resolve Web PubSub connection from configuration section 'connection'.": "is not set",
}

func checkSettings(t *testing.T, v settingsVector, b *boundFunction, target *target, err error) {
	t.Helper()
	e := v.Expected
	switch {
	case e.Error != "":
		if theirs[e.Error] == "" {
			t.Fatalf("no text for %q", e.Error)
		}
		wantError(t, err, theirs[e.Error])
		return
	case v.Binding.Type == "<global>" && e.Endpoint != nil:
		if err != nil {
			t.Error(err)
		}
		return
	case v.Binding.Type == "<global>" || v.Binding.Type == "webPubSubTrigger" && len(v.Settings) == 0:
		wantError(t, err, "setting WebPubSubConnectionString is not set") // the extension accepts everything here
		return
	case err != nil:
		t.Fatal(err)
	}
	if e.Hub != nil && target.client.hub != *e.Hub {
		t.Errorf("hub %s, want %s", target.client.hub, *e.Hub)
	}
	if e.Endpoint != nil && target.client.endpoint+"/" != *e.Endpoint {
		t.Errorf("endpoint %s, want %s", target.client.endpoint, *e.Endpoint)
	}
	if e.Credential == "identity" && target.client.credential == nil {
		t.Error("no credential")
	}
	if e.AccessKey != "" && target.client.accessKey != e.AccessKey {
		t.Errorf("another access key than the one set")
	}
	for i, want := range e.Accesses {
		if got := "https://" + b.verifier.hosts[i].host + "/"; got != want {
			t.Errorf("access %d: %s, want %s", i, got, want)
		}
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
