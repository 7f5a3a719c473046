package wps

import (
	"errors"
	"slices"
	"testing"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// accessVector is one connection in the extension's vectors.
type accessVector struct {
	Endpoint   string
	AccessKey  *string
	Credential string
}

// usable makes connections of vectors; ok is false when one has no key, which this package refuses at start.
func usable(accesses []accessVector) (list []wire.ConnectionString, ok bool) {
	for _, a := range accesses {
		if a.AccessKey == nil || *a.AccessKey == "" {
			return nil, false
		}
		cs, err := wire.ParseConnectionString("Endpoint=" + a.Endpoint + ";AccessKey=" + *a.AccessKey)
		if err != nil {
			return nil, false
		}
		list = append(list, cs)
	}
	return list, true
}

func TestSignatureVectors(t *testing.T) {
	for _, v := range loadVectors[struct {
		ID           string
		Accesses     []accessVector
		Origin       *string
		Signature    *string
		ConnectionID string
		Expected     struct {
			Valid            bool
			Error            string
			ComputedHexLower string
		}
	}](t, "signatures.json") {
		t.Run(v.ID, func(t *testing.T) {
			connections, ok := usable(v.Accesses)
			if !ok {
				t.Skip("a connection without a key: the app does not start (TestNoKeyNoStart)")
			}
			if v.Expected.Error != "" {
				t.Skip("two connections with one host: TestSigners")
			}
			verifier := newVerifier(len(connections) == 0, connections)
			context := &ConnectionContext{ConnectionID: v.ConnectionID}
			if v.Origin != nil {
				context.Origin = *v.Origin
			}
			if v.Signature != nil {
				context.Signature = *v.Signature
			}
			if got := verifier.accepts(context); got != v.Expected.Valid {
				t.Errorf("accepts = %v, want %v", got, v.Expected.Valid)
			}
			signs := func(cs wire.ConnectionString) bool {
				return wire.NewSigner(cs.AccessKey).Sign(v.ConnectionID) == "sha256="+v.Expected.ComputedHexLower
			}
			if v.Expected.ComputedHexLower != "" && !slices.ContainsFunc(connections, signs) {
				t.Errorf("no key makes the signature %s", v.Expected.ComputedHexLower)
			}
		})
	}
}

func TestVerifierAllocatesNothing(t *testing.T) {
	v := newVerifier(false, []wire.ConnectionString{{Host: "other.example", AccessKey: "k"}, {Host: "svc.example", AccessKey: testKey}})
	c := &ConnectionContext{ConnectionID: "conn-1", Origin: "unknown.example, svc.example"}
	c.Signature = "sha256=" + "00" + wire.NewSigner(testKey).Sign("conn-1")[9:] + "," + wire.NewSigner(testKey).Sign("conn-1")
	if !v.accepts(c) {
		t.Fatal("a good signature is refused")
	}
	if n := testing.AllocsPerRun(100, func() { v.accepts(c) }); n != 0 && !raceEnabled {
		t.Errorf("%v allocations a check", n)
	}
}

func TestSigners(t *testing.T) {
	s := newSettings(map[string]string{
		settingConnection: "Endpoint=https://default.example;AccessKey=d",
		"A":               "Endpoint=https://a.example;AccessKey=a",
		"B":               "Endpoint=https://b.example:8080;AccessKey=b",
		"A2":              "Endpoint=http://A.example:1234;AccessKey=a2",
	})
	for _, c := range []struct {
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
		{"blank item", signers{connections: []string{"A", ""}}, nil, "item 2 is empty"},
		{"not set", signers{connections: []string{"Nope"}}, nil, "setting Nope is not set"},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, problems := s.connections(c.signers)
			if c.problem != "" {
				wantError(t, errors.Join(problems...), c.problem)
				return
			}
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			var hosts []string
			for _, cs := range list {
				hosts = append(hosts, cs.Host)
			}
			if !equal(hosts, c.hosts) {
				t.Errorf("hosts %v, want %v", hosts, c.hosts)
			}
		})
	}
}
