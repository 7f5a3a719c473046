package generator

import "testing"

func TestMentionsDirective(t *testing.T) {
	for src, want := range map[string]bool{
		"//wps:http":                   true,
		"package a\n\n//wps:http\n":    true,
		"x := 1 //wps:http":            true,
		"// wps:http":                  true,
		"//\twps:http":                 true,
		"//+wps:http":                  true,
		"// @wps:http":                 true,
		"//WPS:http":                   true,
		"//Wps http methods=get":       true,
		"//wsp:trigger hub=chat":       true,
		"//wp:http methods=get":        true,
		"//wpps:http methods=get":      true,
		"/*wps:http*/":                 true,
		"/*\n\twps:http\n*/":           true,
		"/** wps:http */":              true,
		"//! wps:http":                 true,
		"//#wps:http":                  true,
		"//\u00A0wps:http":             true,
		"//wps：http":                   true,
		"/":                            false,
		"//":                           false,
		"// ":                          false,
		"//go:build linux":             false,
		"// swap exchanges":            false,
		"// w is the writer":           false,
		"// wpswps":                    false,
		"wps.Main(functions)":          false,
		`import "a/b/wps"`:             false,
		"x / wps":                      false,
		"// see //wps:http":            true,
		"https://wps.example.com":      true, // a parse too many does no harm
		"/// wps:http":                 true,
		"// Package wps does.\n\nwps:": false,
	} {
		if got := mentionsDirective([]byte(src)); got != want {
			t.Errorf("mentionsDirective(%q) = %v, want %v", src, got, want)
		}
	}
}
