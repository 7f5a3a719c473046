package hosttest

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

type names struct{ Valid, Invalid []string }

func TestFunctionJSONVectors(t *testing.T) {
	for _, v := range vectors.Load[*struct {
		ID        string
		Valid     bool
		Document  json.RawMessage `json:"function.json"`
		Functions []json.RawMessage
	}](t, "host/function-json.json") {
		t.Run(v.ID, func(t *testing.T) {
			files := make(map[string]string)
			if v.Document != nil {
				files["f/function.json"] = string(v.Document)
			}
			settings := testSettings()
			for i, raw := range v.Functions {
				files["f"+strconv.Itoa(i)+"/function.json"] = functionJSON(string(listed(t, raw)))
			}
			for _, file := range files {
				for _, name := range namedConnections(t, file) {
					settings[name] = strings.Replace(testConnection, "://", "://"+lower(name)+".", 1)
				}
			}
			_, err := loadApp(Options{Dir: writeApp(t, files), Settings: settings})
			if (err == nil) != v.Valid {
				t.Errorf("valid %t, got %v", v.Valid, err)
			}
		})
	}
}

// listed is a trigger as a vector lists it, be it without what all triggers have.
func listed(t *testing.T, raw json.RawMessage) json.RawMessage {
	o, err := parseObject(raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []member{{"type", marshal(typeTrigger)}, {"direction", marshal("in")}, {"name", marshal("data")}} {
		if _, ok := o.fold(m.name); !ok {
			o = append(o, m)
		}
	}
	return marshal(o)
}

// namedConnections are those that the bindings of a function.json name.
func namedConnections(t *testing.T, file string) []string {
	o, err := parseObject([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := o.fold("bindings")
	bindings, err := objects(raw)
	if err != nil {
		return nil // the host says so
	}
	var names []string
	for _, properties := range bindings {
		names = append(names, connectionNames(newBinding(properties))...)
	}
	return names
}

func TestNameVectors(t *testing.T) {
	var file struct {
		Functions names `json:"function_names"`
		Bindings  names `json:"binding_names"`
	}
	vectors.Read(t, "host/function-json.json", &file)
	ofFunction := func(name string) error {
		_, err := newFunction(name, object{{"bindings", json.RawMessage("[" + httpTrigger + "]")}})
		return err
	}
	bound := func(name string) error {
		direction := "in"
		if name == returnName {
			direction = "out"
		}
		return new(function).check(newBinding(object{{"name", marshal(name)}, {"direction", marshal(direction)}, {"type", marshal("queue")}}))
	}
	for check, given := range map[string]struct {
		names
		check func(string) error
	}{"function": {file.Functions, ofFunction}, "binding": {file.Bindings, bound}} {
		for _, name := range given.Valid {
			if err := given.check(name); err != nil {
				t.Errorf("%s %q: %v", check, name, err)
			}
		}
		for _, name := range given.Invalid {
			// Hosts since 4.1038 take a single _ (host#10764).
			if given.check(name) == nil && (check == "function" || !strings.Contains(name, "_")) {
				t.Errorf("%s %q is accepted", check, name)
			}
		}
	}
}

// TestAppErrors are the host's refusals at start, by a part of their text.
func TestAppErrors(t *testing.T) {
	const bundle = `"extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle"}`
	connection := `{"type": "webPubSubConnection", "direction": "in", "name": "c", "hub": "chat"}`
	timer := `{"type": "timerTrigger", "direction": "in", "name": "timer", "schedule": "0 0 * * * *"}`
	for want, c := range map[string]struct {
		files    map[string]string
		settings map[string]string
	}{
		"missing the required 'version'":               {map[string]string{"host.json": `{}`}, nil},
		"'3.0' is an invalid value":                    {map[string]string{"host.json": `{"version": "3.0"}`}, nil},
		"At least one binding":                         {map[string]string{"f/function.json": `{"bindings": []}`}, nil},
		"No trigger binding":                           {map[string]string{"f/function.json": functionJSON(httpOut)}, nil},
		"is not a valid function name":                 {map[string]string{"1f/function.json": functionJSON(httpTrigger)}, nil},
		"Multiple bindings with name 'res'":            {map[string]string{"f/function.json": functionJSON(httpTrigger, httpOut, httpOut)}, nil},
		"'novel' were not registered":                  {map[string]string{"host.json": `{"version": "2.0"}`, "f/function.json": functionJSON(httpTrigger, `{"type": "novel", "direction": "out", "name": "x"}`)}, nil},
		"Connection must be specified":                 {map[string]string{"f/function.json": functionJSON(httpTrigger, connection)}, map[string]string{}},
		"WebPubSubTrigger is disabled":                 {map[string]string{"f/function.json": functionJSON(userTrigger)}, map[string]string{settingConnection: testConnection}},
		"needs the setting AzureWebJobsStorage":        {map[string]string{"f/function.json": functionJSON(timer)}, map[string]string{}},
		"Duplicated binding attribute find: chat,User": {map[string]string{"f/function.json": functionJSON(userTrigger), "g/function.json": functionJSON(userTrigger)}, nil},
		"conflicts with the route":                     {map[string]string{"f/function.json": functionJSON(strings.Replace(httpTrigger, "{", `{"route": "g",`, 1)), "g/function.json": functionJSON(httpTrigger)}, nil},
		"built in routes":                              {map[string]string{"f/function.json": functionJSON(strings.Replace(httpTrigger, "{", `{"route": "admin/x",`, 1))}, nil},
		"does not exist":                               {map[string]string{"f/function.json": `{"scriptFile": "x.js", "bindings": [` + httpTrigger + `]}`}, nil},
		"Missing worker Description.":                  {map[string]string{"host.json": `{"version": "2.0", ` + bundle + `}`, "f/function.json": functionJSON(httpTrigger)}, nil},
		"Error converting value \"often\"":             {map[string]string{"f/function.json": functionJSON(strings.Replace(httpTrigger, "anonymous", "often", 1))}, nil},
		"Error converting value \"A\"":                 {map[string]string{"f/function.json": functionJSON(strings.Replace(userTrigger, "{", `{"connections": "A",`, 1))}, nil},
		"The EventName field is required":              {map[string]string{"f/function.json": functionJSON(strings.Replace(userTrigger, "eventName", "event", 1))}, nil},
		"dataType stream":                              {map[string]string{"f/function.json": functionJSON(strings.Replace(httpTrigger, "{", `{"dataType": "stream",`, 1))}, nil},
		"strategy \"often\"":                           {map[string]string{"f/function.json": `{"retry": {"strategy": "often"}, "bindings": [` + httpTrigger + `]}`}, nil},
	} {
		settings := c.settings
		if settings == nil {
			settings = testSettings()
		}
		h, err := Start(t.Context(), Options{Dir: writeApp(t, c.files), Settings: settings})
		if err == nil {
			h.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", want, err)
		}
	}
}

func TestDisabled(t *testing.T) {
	settings := testSettings()
	settings["AzureWebJobs.g.Disabled"] = "true"
	dir := writeApp(t, map[string]string{"f/function.json": functionJSON(httpTrigger), "g/function.json": functionJSON(userTrigger)})
	a, err := loadApp(Options{Dir: dir, Settings: settings})
	if err != nil || len(a.functions) != 1 || a.functions[0].name != "f" {
		t.Errorf("got %+v, %v", a, err)
	}
}
