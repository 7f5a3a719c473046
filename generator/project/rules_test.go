package project

import (
	"maps"
	"slices"
	"testing"

	"github.com/wpsgen/wpsgen/generator/diag"
)

func TestRules(t *testing.T) {
	for _, tt := range []struct {
		src      string
		want     Rules
		findings []string
	}{
		{"rules: {WPS405: off, wps439: error, WPS413: \"warning\"}", Rules{diag.LenientFile: "", diag.SpoofableUser: diag.Error, diag.FileTriggers: diag.Warning}, nil},
		{"rules:\n  WPS213: off\n", Rules{diag.Deprecated: ""}, nil},
		{"rules: {}", Rules{}, nil},
		{"rules: off", nil, []string{"w.yaml:1:8: WPS401: rules is not a mapping; write a code and off, warning or error, as in WPS405: off"}},
		{"rules: {WPS999: off}", Rules{}, []string{"w.yaml:1:9: WPS401: there is no code WPS999; wpsgen explain CODE says what a code means"}},
		{"rules: {WPS203: off}", Rules{}, []string{"w.yaml:1:9: WPS401: WPS203 is always an error; mend what it reports"}},
		{"rules: {WPS402: warning}", Rules{}, []string{"w.yaml:1:9: WPS401: WPS402 is always an error; mend what it reports"}},
		{"rules: {WPS501: off}", Rules{}, []string{"w.yaml:1:9: WPS401: WPS501 is always an error; mend what it reports"}},
		{"rules: {WPS405: of}", Rules{}, []string{`w.yaml:1:17: WPS401: rule WPS405 cannot be "of"; did you mean "off"?`}},
	} {
		got, findings := Read("w.yaml", []byte(tt.src))
		var said []string
		for _, f := range findings {
			said = append(said, f.String())
		}
		if !maps.Equal(got.Rules, tt.want) || !slices.Equal(said, tt.findings) {
			t.Errorf("%s: got %v, %q", tt.src, got.Rules, said)
		}
	}
}

func TestRulesApply(t *testing.T) {
	findings := []diag.Finding{{Code: diag.LenientFile}, {Code: diag.SpoofableUser}, {Code: diag.FileTriggers}}
	got := Rules{diag.LenientFile: "", diag.FileTriggers: diag.Warning}.Apply(findings)
	if len(got) != 2 || got[0].Severity() != diag.Warning || got[1].Severity() != diag.Warning {
		t.Errorf("got %+v", got)
	}
	if findings[2].Severity() != diag.Error {
		t.Error("Apply changed what it was given")
	}
	if got := Rules(nil).Apply(findings); len(got) != 3 {
		t.Errorf("without rules: %v", got)
	}
}
