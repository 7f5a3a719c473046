package validate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/validate"
)

// Parts of the archives below.
const (
	hostFile = "-- host.json --\n" + bundle + "\n"
	request  = `{"type": "httpTrigger", "direction": "in", "name": "req", "authLevel": "function", "methods": ["get"]}, {"type": "http", "direction": "out", "name": "res"}`
	output   = `{"type": "webPubSub", "direction": "out", "name": "actions", "hub": "chat"}`
)

// file is a function.json of a function, with bindings.
func file(name string, bindings ...string) string {
	return "-- " + name + "/function.json --\n{\"bindings\": [" + strings.Join(bindings, ",\n") + "]}\n"
}

// settings is a local.settings.json with Values.
func settings(values string) string {
	return "-- local.settings.json --\n{\"Values\": {" + values + "}}\n"
}

// TestVerdicts holds what is found in apps, and in files alone, against what the host does with them. What
// is wanted are the codes found; a warning has a w before its code.
func TestVerdicts(t *testing.T) {
	for _, tt := range slices.Concat(functionVerdicts, appVerdicts) {
		dir := folder(t, tt.archive)
		var got []string
		result, err := validate.Run(validate.Config{Path: dir + "/" + tt.path})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		for _, f := range result.Findings {
			code := strings.TrimPrefix(string(f.Code), "WPS")
			if f.Severity() == "warning" {
				code = "w" + code
			}
			got = append(got, code)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: found %q, want %q", tt.name, spell(dir, result.Findings), tt.want)
		}
	}
}

type verdictCase struct{ name, path, archive, want string }

// functionVerdicts are about function.json alone.
var functionVerdicts = []verdictCase{
	{"enumerations by number, any names, from code", "", `-- a/function.json --
{"configurationSource": "attributes", "scriptFile": "../bin/App.dll", "bindings": [
  {"type": "webPubSubTrigger", "hub": "chat", "eventType": 1, "eventName": "message", "clientProtocols": 0, "name": "event"}]}
`, ""},
	{"placeholders of documentation", "", file("a", request, `{"type": "webPubSubConnection", "direction": "in", "name": "connection", "hub": "<hub>", "connection": "<name of the setting>"}`), "w426"},
	{"a setting that is not closed", "", file("a", request, strings.Replace(output, "chat", "%Hub", 1)), "424"},
	{"an expression that is not closed", "", file("a", request, strings.Replace(output, "chat", "{query.hub", 1)), "424"},
}

// appVerdicts are about several files.
var appVerdicts = []verdictCase{}
