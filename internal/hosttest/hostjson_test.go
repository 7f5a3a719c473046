package hosttest

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

type hostJSONVector struct {
	ID, Note, Error           string
	Valid                     bool
	HostJSON                  json.RawMessage `json:"host.json"`
	CustomHandler, HTTPWorker json.RawMessage
	Env                       map[string]string
	Expect                    json.RawMessage
}

// documents are the host.json files that a vector stands for, by what it gives of them or says of them.
func (v *hostJSONVector) document(t *testing.T) object {
	if v.HostJSON != nil {
		o, err := parseObject(v.HostJSON)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	o := object{{"version", marshal("2.0")}}
	switch {
	case v.CustomHandler != nil:
		o = append(o, member{"customHandler", v.CustomHandler})
	case v.HTTPWorker != nil:
	case strings.Contains(v.Note, "wins over"):
		v.Expect = json.RawMessage(`{"defaultExecutablePath": "customHandler"}`)
		o = append(o, member{"customHandler", describe("customHandler")}, member{"httpWorker", describe("httpWorker")})
	case v.Env == nil:
		t.Fatal("the vector is not understood")
	}
	if v.HTTPWorker != nil {
		o = append(o, member{"httpWorker", v.HTTPWorker})
	}
	return o
}

func describe(executable string) json.RawMessage {
	return marshal(object{{"description", marshal(object{{"defaultExecutablePath", marshal(executable)}})}})
}

func TestHostJSONVectors(t *testing.T) {
	for _, v := range vectors.Load[*hostJSONVector](t, "host/host-json.json") {
		t.Run(v.ID, func(t *testing.T) {
			s := newSettings(v.Env)
			doc := v.document(t)
			h, err := readHostConfig(doc, s)
			w := new(worker)
			_, custom := doc.fold("customHandler")
			_, old := doc.fold("httpWorker")
			if handled := custom || old || v.Env != nil; err == nil && (handled || v.Error != "") {
				w, err = h.worker(s) // a host.json without either is a worker's of another language
			}
			if w == nil {
				w = new(worker)
			}
			// A vector that shows a part expects it, whatever the whole lacks.
			if v.Expect == nil && (err == nil) != v.Valid {
				t.Errorf("valid %t, got %v", v.Valid, err)
			}
			if v.Error != "" && (err == nil || !strings.Contains(err.Error(), v.Error)) {
				t.Errorf("error %v, want %q", err, v.Error)
			}
			if v.Expect != nil {
				vectors.Check(t, v.Expect, w.checks())
			}
		})
	}
}

func (w *worker) checks() checks {
	text := func(got string) func(testing.TB, json.RawMessage) {
		return func(t testing.TB, want json.RawMessage) {
			if got != vectors.Text(t, want) {
				t.Errorf("got %q, want %s", got, want)
			}
		}
	}
	list := func(got []string) func(testing.TB, json.RawMessage) {
		return func(t testing.TB, want json.RawMessage) {
			if err := vectors.Same(want, marshal(got)); err != nil {
				t.Error(err)
			}
		}
	}
	return checks{
		"arguments": list(w.arguments), "workerArguments": list(w.workerArguments),
		"defaultExecutablePath": text(w.executable), "defaultWorkerPath": text(w.workerPath),
		"workingDirectory": text(w.workingDirectory), "workerDirectory": text(w.workerDirectory),
	}
}

// TestBundleVectors loads an app with each bundle: some have no Web PubSub extension.
func TestBundleVectors(t *testing.T) {
	var file struct {
		Bundles []struct{ Bundle, Extension string }
	}
	vectors.Read(t, "host/host-json.json", &file)
	for _, v := range file.Bundles {
		id := bundleID
		if name, _, ok := strings.Cut(v.Bundle, " "); ok && strings.HasPrefix(name, bundleID) {
			id = name
		}
		doc := object{{"version", marshal("2.0")}, {"extensionBundle", marshal(object{{"id", marshal(id)}})}}
		dir := writeApp(t, map[string]string{"host.json": string(marshal(doc)), "f/function.json": functionJSON(userTrigger)})
		_, err := loadApp(Options{Dir: dir, Settings: testSettings()})
		if missing := strings.HasPrefix(v.Extension, "none"); (err != nil) != missing {
			t.Errorf("%s: extension %s, got %v", v.Bundle, v.Extension, err)
		}
	}
}

func TestCommand(t *testing.T) {
	dir := writeApp(t, map[string]string{"bin/handler": "", "sub/x": ""})
	for _, c := range []struct {
		worker worker
		args   []string
		dir    string
	}{
		{worker{executable: "bin/handler"}, []string{filepath.Join(dir, "bin/handler")}, dir},
		{worker{executable: "handler", workerDirectory: "bin", workingDirectory: "sub"}, []string{filepath.Join(dir, "bin/handler")}, filepath.Join(dir, "sub")},
		{worker{executable: "no-such-handler"}, []string{"no-such-handler"}, dir},
		{
			worker{executable: "/bin/x", arguments: []string{"--a b", "c"}, workerPath: "w", workerArguments: []string{"d"}},
			[]string{"/bin/x", "--a", "b", "c", "w", "d"}, dir,
		},
	} {
		args, wd := c.worker.command(dir)
		if strings.Join(args, "|") != strings.Join(c.args, "|") || wd != c.dir {
			t.Errorf("%+v: %q in %s", c.worker, args, wd)
		}
	}
}

func TestExpand(t *testing.T) {
	s := newSettings(map[string]string{"NAME": "x"})
	if got := expand("a%name%b%no-such%", s); got != "axb%no-such%" {
		t.Errorf("got %q", got)
	}
	if got := expandAll([]string{"%NAME%", "--y=%no-such%", "z"}, s); strings.Join(got, "|") != "x|z" {
		t.Errorf("got %q", got)
	}
}

func TestLenientJSON(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"\ufeff{\"a\": 1}", `{"a":1}`},
		{"{\"a\": [1, 2, ], // end\n}", `{"a":[1,2]}`},
		{`{"a": "// no /* comment */", /* one */ "b": "\",}"}`, `{"a":"// no /* comment */","b":"\",}"}`},
		{`{"a": 1,}`, `{"a":1}`},
		{`{"a": 1,, }`, ""},
		{`{"a": 1 /* open`, ""},
		{`[]`, ""},
	} {
		o, err := parseLenient([]byte(c.src))
		if (err == nil) != (c.want != "") || err == nil && string(compact(marshal(o))) != c.want {
			t.Errorf("%s: got %s, %v", c.src, marshal(o), err)
		}
	}
}

func TestTimeSpan(t *testing.T) {
	for text, want := range map[string]string{"00:05:00": "5m0s", "1.02:00:00": "26h0m0s", "00:00:00.2": "200ms", "5": "", "a:b:c": ""} {
		d, err := parseTimeSpan(text)
		if (err == nil) != (want != "") || err == nil && d.String() != want {
			t.Errorf("%q: got %s, %v", text, d, err)
		}
	}
}
