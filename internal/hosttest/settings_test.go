package hosttest

import (
	"encoding/json"
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

type settingsVector struct {
	ID          string
	Settings    map[string]string
	CodeOptions ExtensionOptions
	Binding     json.RawMessage
	Expected    json.RawMessage
}

// TestSettingsVectors resolves hubs and connections.
func TestSettingsVectors(t *testing.T) {
	for _, v := range vectors.Load[*settingsVector](t, "extension/settings.json") {
		t.Run(v.ID, func(t *testing.T) {
			o, err := parseObject(v.Binding)
			if err != nil {
				t.Fatal(err)
			}
			got := &resolution{r: &resolver{newSettings(v.Settings), v.CodeOptions}, b: newBinding(o)}
			vectors.Check(t, v.Expected, got.checks())
		})
	}
}

// resolution is one binding with what resolves it.
type resolution struct {
	r *resolver
	b *binding
}

func (x *resolution) accepts() bool { return x.b.is(typeTrigger) || x.b.is(typeContext) }

// accesses are those of a trigger or context, the one of an input or output, or the default one.
func (x *resolution) accesses() ([]access, error) {
	if x.accepts() {
		return x.r.accesses(x.b)
	}
	var a access
	ok, err := true, error(nil)
	if x.b.is("<global>") {
		a, ok, err = x.r.defaultAccess()
	} else {
		a, err = x.r.service(x.b)
	}
	if err != nil || !ok {
		return nil, err
	}
	return []access{a}, nil
}

func (x *resolution) hub() (string, error) {
	switch {
	case x.b.is(typeTrigger):
		return x.r.triggerHub(x.b)
	case x.b.is("<global>"):
		hub, _ := x.r.defaultHub()
		return hub, nil
	}
	return x.r.serviceHub(x.b)
}

// check is all that indexing checks of the binding.
func (x *resolution) check() error {
	if x.b.is(typeTrigger) {
		return newListeners().add(x.r, &function{name: "f"}, x.b)
	}
	accesses, err := x.accesses()
	if err == nil && x.accepts() {
		_, err = newValidator(accesses)
	} else if err == nil {
		_, err = x.hub()
	}
	return err
}

// one is the binding's only or first connection.
func (x *resolution) one(t testing.TB) access {
	t.Helper()
	all, err := x.accesses()
	if err != nil {
		t.Error(err)
	}
	if len(all) == 0 {
		return access{}
	}
	return all[0]
}

func (x *resolution) checks() checks {
	all := x.accessChecks()
	maps.Copy(all, x.nameChecks())
	all["error"] = func(t testing.TB, want json.RawMessage) {
		if err := x.check(); err == nil || !strings.Contains(err.Error(), vectors.Text(t, want)) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	all["phase"] = func(testing.TB, json.RawMessage) {} // the stand-in checks all at start
	return all
}

func (x *resolution) accessChecks() checks {
	return checks{
		"endpoint": func(t testing.TB, want json.RawMessage) {
			if _, err := x.accesses(); err != nil && isNull(want) {
				return // there is none, and the binding that wants it says so
			}
			if a := x.one(t); endpointJSON(a) != string(want) {
				t.Errorf("endpoint %s, want %s", endpointJSON(a), want)
			}
		},
		"credential": func(t testing.TB, want json.RawMessage) {
			if a := x.one(t); credential(a) != vectors.Text(t, want) {
				t.Errorf("credential %s, want %s", credential(a), want)
			}
		},
		"accessKey": func(t testing.TB, want json.RawMessage) {
			if key := vectors.Decode[*string](t, want); key == nil && x.one(t).hasKey || key != nil && x.one(t).key != *key {
				t.Errorf("key %q, want %s", x.one(t).key, want)
			}
		},
		"accesses": func(t testing.TB, want json.RawMessage) {
			all, err := x.accesses()
			if err != nil {
				t.Error(err)
			}
			endpoints := []json.RawMessage{}
			for _, a := range all {
				endpoints = append(endpoints, json.RawMessage(endpointJSON(a)))
			}
			if isNull(want) {
				want = json.RawMessage("[]")
			}
			if err := vectors.Same(want, marshal(endpoints)); err != nil {
				t.Error(err)
			}
		},
	}
}

func (x *resolution) nameChecks() checks {
	return checks{
		"hub": func(t testing.TB, want json.RawMessage) {
			hub, err := x.hub()
			if wanted := vectors.Decode[*string](t, want); err != nil || wanted == nil && hub != "" || wanted != nil && hub != *wanted {
				t.Errorf("hub %q, %v, want %s", hub, err, want)
			}
		},
		"connections": func(t testing.TB, want json.RawMessage) {
			if err := vectors.Same(want, marshal(connectionNames(x.b))); err != nil {
				t.Error(err)
			}
		},
		"connection": func(t testing.TB, want json.RawMessage) {
			name := json.RawMessage("null")
			if names := connectionNames(x.b); len(names) > 0 {
				name = marshal(names[0])
			}
			if err := vectors.Same(want, name); err != nil {
				t.Error(err)
			}
		},
		"eventName": func(t testing.TB, want json.RawMessage) {
			if name, err := x.r.substitute(x.b.text("eventName")); err != nil || name != vectors.Text(t, want) {
				t.Errorf("eventName %q, %v, want %s", name, err, want)
			}
		},
		"eventType": func(t testing.TB, want json.RawMessage) {
			if typ, err := triggerType(x.b); err != nil || !strings.EqualFold(typ, vectors.Text(t, want)) {
				t.Errorf("eventType %q, %v, want %s", typ, err, want)
			}
		},
		"clientProtocols": func(t testing.TB, want json.RawMessage) {
			if p, err := triggerProtocol(x.b); err != nil || !strings.EqualFold(p, vectors.Text(t, want)) {
				t.Errorf("clientProtocols %q, %v, want %s", p, err, want)
			}
		},
	}
}

// endpointJSON is an endpoint as .NET's Uri has it, null for none.
func endpointJSON(a access) string {
	if a.endpoint == "" {
		return "null"
	}
	return string(marshal(a.endpoint + "/"))
}

func credential(a access) string {
	switch {
	case a.identity:
		return "identity"
	case a.hasKey:
		return "key"
	}
	return "none"
}

// TestResolutionErrors are checks at start that the vectors do not show.
func TestResolutionErrors(t *testing.T) {
	for _, c := range []struct {
		binding string
		want    error
	}{
		{`{"type": "webPubSubTrigger", "eventType": "user", "eventName": "m", "hub": "h", "connections": [" "]}`,
			errors.New("Web PubSub connection section name cannot be null or empty.")},
		{`{"type": "webPubSub", "hub": "h", "connection": ""}`, missingConnection(typeOutput)},
		{`{"type": "webPubSub", "connection": "C"}`, errors.New("Resolved 'Hub' value is null for extension 'WebPubSub'.")},
		{`{"type": "webPubSub", "hub": "", "connection": "C"}`, nil},
	} {
		o, err := parseObject([]byte(c.binding))
		if err != nil {
			t.Fatal(err)
		}
		x := &resolution{r: &resolver{settings: newSettings(map[string]string{"c": testConnection})}, b: newBinding(o)}
		got := x.check()
		if c.want == nil && got != nil || c.want != nil && (got == nil || got.Error() != c.want.Error()) {
			t.Errorf("%s: got %v, want %v", c.binding, got, c.want)
		}
	}
}
