package wps

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestHostConfig(t *testing.T) {
	for _, c := range []struct {
		name, hostJSON string
		settings       map[string]string
		want           hostConfig
		problem        string
	}{
		{"no file", "", nil, hostConfig{routePrefix: "api", timeout: 30 * time.Minute}, ""},
		{"consumption", "{}", map[string]string{"WEBSITE_SKU": "Dynamic"}, hostConfig{routePrefix: "api", timeout: 5 * time.Minute}, ""},
		{"all", `{"functionTimeout":"1.00:00:05", // long
			"extensions":{"http":{"routePrefix":"/v1/"}},"customHandler":{"enableProxyingHttpRequest":true,},}`, nil,
			hostConfig{routePrefix: "v1", forwards: true, timeout: 24*time.Hour + 5*time.Second}, ""},
		{"no prefix, forwarding, no end", `{"functionTimeout":"-1","extensions":{"http":{"routePrefix":""}},"customHandler":{"enableForwardingHttpRequest":true}}`, nil,
			hostConfig{forwards: true}, ""},
		{"overridden", `{"functionTimeout":"00:10:00"}`, map[string]string{
			"AzureFunctionsJobHost__functionTimeout": "00:01:00", "AzureFunctionsJobHost__extensions__http__routePrefix": "x",
		}, hostConfig{routePrefix: "x", timeout: time.Minute}, ""},
		{"passes on by a setting", `{}`, map[string]string{"AzureFunctionsJobHost__customHandler__enableProxyingHttpRequest": "True"},
			hostConfig{routePrefix: "api", forwards: true, timeout: 30 * time.Minute}, ""},
		{"no more", `{"customHandler":{"enableForwardingHttpRequest":true}}`, map[string]string{"AzureFunctionsJobHost:customHandler:enableForwardingHttpRequest": "false"},
			hostConfig{routePrefix: "api", timeout: 30 * time.Minute}, ""},
		{"bad time", `{"functionTimeout":"0 * * * * *"}`, nil, hostConfig{}, `functionTimeout "0 * * * * *" is not a time span`},
		{"bad file", `{`, nil, hostConfig{}, "host.json: unexpected end"},
		{"bad port", ``, map[string]string{settingHostPort: "99999"}, hostConfig{}, "is not a port number"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if c.hostJSON != "" {
				if err := os.WriteFile(filepath.Join(dir, "host.json"), []byte(c.hostJSON), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			settings := map[string]string{settingHostPort: "7071", settingAppRoot: dir}
			for name, value := range c.settings {
				settings[name] = value
			}
			got, err := newSettings(settings).host()
			if c.problem != "" {
				wantError(t, err, c.problem)
				return
			}
			if c.want.addr = "127.0.0.1:7071"; err != nil || *got != c.want {
				t.Errorf("%+v, %v, want %+v", got, err, c.want)
			}
		})
	}
	if host, err := newSettings(map[string]string{settingHostPort: ""}).host(); host != nil || err != nil {
		t.Errorf("an empty port: %v, %v", host, err)
	}
}

func TestHostDeadline(t *testing.T) {
	for timeout, want := range map[time.Duration]time.Duration{time.Minute: 58 * time.Second, 10 * time.Second: 9500 * time.Millisecond} {
		if got := (&hostConfig{timeout: timeout}).deadline(); got != want {
			t.Errorf("%v: %v, want %v", timeout, got, want)
		}
	}
}

// TestHostDate holds the shape that is looked for against what the host would take for a date.
func TestPackState(t *testing.T) {
	for state, packed := range map[string]string{
		`1`:                             `1`,
		`"2026-08-22"`:                  `"2026-08-22"`,
		`{"2026-08-22T10:00:00":1}`:     `{"2026-08-22T10:00:00":1}`,
		`"2026-08-22T10:00:00Z"`:        `{"wps:json":"\"2026-08-22T10:00:00Z\""}`,
		`{"a":["2026-08-22T10:00:00"]}`: `{"wps:json":"{\"a\":[\"2026-08-22T10:00:00\"]}"}`,
	} {
		got := packState([]byte(state))
		if string(got) != packed {
			t.Errorf("%s: %s, want %s", state, got, packed)
		}
		if back := unpackState(got); string(back) != state {
			t.Errorf("%s came back as %s", state, back)
		}
	}
	for _, own := range []string{`{"wps:json":1}`, `{"wps:json":"{"}`, `{"wps:json":"1","b":2}`} {
		if got := unpackState([]byte(own)); string(got) != own {
			t.Errorf("%s became %s", own, got)
		}
	}
}
