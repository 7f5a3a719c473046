package main

import (
	"strings"
	"testing"
)

func TestIsVetTool(t *testing.T) {
	for args, want := range map[string]bool{
		"":                              false,
		"-V=full":                       true,
		"-flags":                        true,
		"/tmp/b001/vet.cfg":             true,
		"-wps.strict /tmp/b001/vet.cfg": true,
		"-json -c=1 vet.cfg":            true,
		"generate":                      false,
		"check ./...":                   false,
		"generate app.cfg":              false,
		"-v app.cfg ./...":              false,
		"--diff":                        false,
		"-V=full ./...":                 false,
	} {
		if got := isVetTool(strings.Fields(args)); got != want {
			t.Errorf("wpsgen %s: %t, want %t", args, got, want)
		}
	}
}
