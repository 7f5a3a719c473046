package project

import (
	"slices"
	"testing"

	"github.com/wpsgen/wpsgen/generator/diag"
)

func TestRead(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		want      Upstream
		findings  []string
	}{
		{"empty", "", Trigger, nil},
		{"comments", "# upstream: http\n", Trigger, nil},
		{"null", "---\n", Trigger, nil},
		{"trigger", "upstream: trigger\n", Trigger, nil},
		{"http", "# ours\nupstream: http\n", HTTP, nil},
		{"quoted", `upstream: "http"`, HTTP, nil},
		{"alias", "upstream: &u http\n", HTTP, nil},
		{"unknown key", "upstram: http\n", Trigger, []string{`w.yaml:1:1: WPS401: wpsgen.yaml has no key upstram; did you mean "upstream"?`}},
		{"far key", "é: 1\nfrobnicate: 2\n", Trigger, []string{
			"w.yaml:1:1: WPS401: wpsgen.yaml has no key é; there are bindings, rules, upstream",
			"w.yaml:2:1: WPS401: wpsgen.yaml has no key frobnicate; there are bindings, rules, upstream"}},
		{"unknown value", "upstream: htpp", Trigger, []string{`w.yaml:1:11: WPS401: upstream cannot be "htpp"; did you mean "http"?`}},
		{"far value", "upstream: webhook", Trigger, []string{`w.yaml:1:11: WPS401: upstream cannot be "webhook"; it is trigger or http`}},
		{"behind characters", "{é: 1, upstream: HTTP}", Trigger, []string{
			"w.yaml:1:2: WPS401: wpsgen.yaml has no key é; there are bindings, rules, upstream",
			`w.yaml:1:19: WPS401: upstream cannot be "HTTP"; did you mean "http"?`}},
		{"no value", "upstream:\n", Trigger, []string{"w.yaml:1:10: WPS401: upstream has no value; it is trigger or http"}},
		{"a list", "upstream: [http]\n", Trigger, []string{"w.yaml:1:11: WPS401: upstream has no value; it is trigger or http"}},
		{"twice", "upstream: http\nupstream: trigger\n", HTTP, []string{"w.yaml:2:1: WPS401: upstream is set twice; remove one of them"}},
		{"no mapping", "- upstream\n", Trigger, []string{"w.yaml:1:1: WPS401: wpsgen.yaml is not a mapping; write a key and a value, such as upstream: http"}},
		{"documents", "upstream: http\n---\na: b\n", HTTP, []string{"w.yaml:3:1: WPS401: wpsgen.yaml holds a second document"}},
		{"no YAML", "upstream: http\n\tx: y\n", Trigger, []string{"w.yaml:2: WPS401: wpsgen.yaml is not YAML: found a tab character that violates indentation"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, findings := Read("w.yaml", []byte(tt.src))
			var said []string
			for _, f := range findings {
				said = append(said, f.String())
			}
			if got.Upstream != tt.want || !slices.Equal(said, tt.findings) {
				t.Errorf("got %q, %q", got.Upstream, said)
			}
		})
	}
}

func TestReadPlaces(t *testing.T) {
	got, _ := Read("w.yaml", []byte("\nupstream: http # as it is\n"))
	if want := (diag.Place{File: "w.yaml", Line: 2, Column: 11, EndLine: 2, EndColumn: 15}); got.UpstreamPlace != want {
		t.Errorf("upstream stands at %+v", got.UpstreamPlace)
	}
	_, findings := Read("w.yaml", []byte("upstream: Http"))
	if len(findings) != 1 || len(findings[0].Edits) != 1 || findings[0].Edits[0].NewText != "http" || findings[0].Edits[0].Place.EndColumn != 15 {
		t.Errorf("findings %+v", findings)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("upstream: http\n"))
	f.Add([]byte("{é: &a *a}\n---\n- x"))
	f.Fuzz(func(t *testing.T, src []byte) {
		s, findings := Read("w.yaml", src)
		if s.Upstream != Trigger && s.Upstream != HTTP {
			t.Errorf("upstream is %q", s.Upstream)
		}
		for _, f := range findings {
			if f.Place.File == "" || f.Message == "" {
				t.Errorf("finding %+v", f)
			}
		}
	})
}
