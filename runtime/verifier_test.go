package wps

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// accessVector is one connection in the extension's vectors.
type accessVector struct {
	Endpoint   string
	AccessKey  *string
	Credential string
}

// settings are the settings that hold such connections, and their names in order.
func settingsOf(accesses []accessVector) (settings map[string]string, names []string) {
	settings = make(map[string]string)
	for i, a := range accesses {
		name := fmt.Sprintf("Connection%d", i)
		names = append(names, name)
		switch {
		case a.Credential == "identity":
			settings[name+"__serviceUri"] = a.Endpoint
		case a.AccessKey == nil:
			settings[name] = "Endpoint=" + a.Endpoint
		default:
			settings[name] = "Endpoint=" + a.Endpoint + ";AccessKey=" + *a.AccessKey
		}
	}
	return settings, names
}

// resolve makes the verifier of such connections, as a trigger has it whose events something else
// vouches for where there is no key.
func resolve(accesses []accessVector) (verifier, []connection, error) {
	settings, names := settingsOf(accesses)
	b := &boundFunction{}
	connections, problems := newConfig([]Option{WithSettings(settings)}).bindVerifier(b, signers{connections: names, unsigned: len(names) == 0}, true)
	return b.verifier, connections, errors.Join(problems...)
}

type signatureVector struct {
	Accesses          []accessVector
	Origin, Signature *string
	ConnectionID      string
}

func TestSignatureVectors(t *testing.T) {
	for _, c := range vectors.Cases(t, vectors.FileSignatures) {
		v := &signatureVector{}
		c.Decode(t, v)
		t.Run(c.ID, func(t *testing.T) {
			verifier, connections, err := resolve(v.Accesses)
			_, fails := c.Expected["error"]
			switch fails = fails || c.Refused; {
			case fails && err == nil:
				t.Error("the app starts")
			case fails:
			case err != nil:
				t.Error(err)
			default:
				c.Check(t, v.checks(&verifier, connections))
			}
		})
	}
}

func (v *signatureVector) checks(verifier *verifier, connections []connection) map[string]func(testing.TB, json.RawMessage) {
	context := &ConnectionContext{ConnectionID: v.ConnectionID}
	if v.Origin != nil {
		context.Origin = *v.Origin
	}
	if v.Signature != nil {
		context.Signature = *v.Signature
	}
	return map[string]func(testing.TB, json.RawMessage){
		"valid": func(t testing.TB, want json.RawMessage) {
			if got := verifier.accepts(context); got != vectors.Decode[bool](t, want) {
				t.Errorf("accepts = %v, want %s", got, want)
			}
		},
		"computedHexLower": func(t testing.TB, want json.RawMessage) {
			signature := "sha256=" + vectors.Text(t, want)
			if !slices.ContainsFunc(connections, func(c connection) bool { return wire.NewSigner(c.AccessKey).Sign(v.ConnectionID) == signature }) {
				t.Errorf("no key makes the signature %s", signature)
			}
		},
	}
}

func TestVerifierAllocatesNothing(t *testing.T) {
	v := newVerifier(false, []connection{
		{ConnectionString: wire.ConnectionString{Host: "other.example", AccessKey: "k"}},
		{ConnectionString: wire.ConnectionString{Host: "svc.example", AccessKey: testKey}},
	}, wire.NewSigner)
	c := &ConnectionContext{ConnectionID: "conn-1", Origin: "unknown.example, svc.example"}
	c.Signature = "sha256=" + "00" + wire.NewSigner(testKey).Sign("conn-1")[9:] + "," + wire.NewSigner(testKey).Sign("conn-1")
	for range 2 { // the second event may leave something for later ones
		if !v.accepts(c) {
			t.Fatal("a good signature is refused")
		}
	}
	if n := testing.AllocsPerRun(100, func() { v.accepts(c) }); n != 0 && !raceEnabled {
		t.Errorf("%v allocations a check", n)
	}
}

func TestSigners(t *testing.T) {
	c := newConfig([]Option{WithSettings(map[string]string{
		settingConnection: "Endpoint=https://default.example;AccessKey=d",
		"A":               "Endpoint=https://a.example;AccessKey=a",
		"B":               "Endpoint=https://b.example:8080;AccessKey=b",
		"A2":              "Endpoint=http://A.example:1234;AccessKey=a2",
		"A3":              "Endpoint=https://a.example;AccessKey=a",
	})})
	for _, tt := range []struct {
		name    string
		signers signers
		hosts   []string
		problem string
	}{
		{"default", signers{}, []string{"default.example"}, ""},
		{"singular", signers{connection: "a"}, []string{"a.example"}, ""},
		{"list", signers{connections: []string{"A", "B"}}, []string{"a.example", "b.example"}, ""},
		{"list wins", signers{connections: []string{"B"}, connection: "A"}, []string{"b.example"}, ""},
		{"one host twice", signers{connections: []string{"A", "A2"}}, nil, "settings A and A2 name the same host a.example"},
		{"one key twice", signers{connections: []string{"A", "A3"}}, []string{"a.example"}, ""},
		{"blank item", signers{connections: []string{"A", ""}}, nil, "item 2 is empty"},
		{"not set", signers{connections: []string{"Nope"}}, nil, "setting Nope is not set"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			list, problems := c.connections(tt.signers)
			if tt.problem != "" {
				wantError(t, errors.Join(problems...), tt.problem)
				return
			}
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			var hosts []string
			for _, cs := range list {
				hosts = append(hosts, cs.Host)
			}
			if !equal(hosts, tt.hosts) {
				t.Errorf("hosts %v, want %v", hosts, tt.hosts)
			}
		})
	}
}
