package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/wpsgen/wpsgen/generator"
)

// TestConnectionSettings gives the emulator to the settings of Web PubSub and of no other service.
func TestConnectionSettings(t *testing.T) {
	t.Setenv("GOFLAGS", "-mod=mod")
	t.Setenv("GOWORK", "off")
	dir := t.TempDir()
	for name, content := range map[string]string{
		"go.mod": "module example.com/app\n\ngo 1.26\n",
		"app.go": `package app

//wps:trigger hub=chat eventType=user eventName=message connections=B,A
//wps:output connection=C
//wps:binding type=queue direction=out name=next queueName=next connection=Storage
func Message() {}
`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	result, err := generator.Run(generator.Config{Dir: dir})
	if err != nil || len(result.Findings) > 0 {
		t.Fatal(err, result)
	}
	if got, want := connectionSettings(result.Apps[0]), []string{"A", "B", "C", "WebPubSubConnectionString"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestRoutePrefix gives the app the prefix that its host.json has, unless somebody says otherwise.
func TestRoutePrefix(t *testing.T) {
	for _, tt := range []struct {
		prefix string
		local  map[string]string
		want   string
		set    bool
	}{
		{"api", nil, "", false},
		{"", nil, "", true},
		{"v1", nil, "v1", true},
		{"v1", map[string]string{settingRoutePrefix: "v2"}, "v2", true},
	} {
		env := environment(&generator.App{RoutePrefix: tt.prefix}, tt.local, "Endpoint=http://127.0.0.1;AccessKey=k")
		if got, set := lookupIn(env)(settingRoutePrefix); got != tt.want || set != tt.set {
			t.Errorf("%q with %v: %q, %v", tt.prefix, tt.local, got, set)
		}
	}
}
