package house

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Levels at which vectors are run.
const (
	front    = "front"         // an app is asked as its host asks it
	unit     = "unit"          // the part that the vectors are about
	standIn  = "host stand-in" // the Functions host and its extension as tests have them
	validate = "validate"      // what is written into function.json, host.json and settings
)

// run is a test that runs the vectors of a file.
type run struct{ level, pkg, test string }

// vectorFiles binds every file of test vectors to the tests that run it.
var vectorFiles = []struct {
	file string
	runs []run
}{
	{"extension/actions.json", []run{{unit, "runtime", "TestActionVectors"}, {standIn, "internal/hosttest", "TestActionVectors"}}},
	{"extension/bodies.json", []run{{front, "runtime", "TestBodyVectors"}, {standIn, "internal/hosttest", "TestBodyVectors"}}},
	{"extension/connection_strings.json", []run{{unit, "runtime", "TestConnectionStringVectors"}, {unit, "internal/wire", "TestConnectionStringVectors"}}},
	{"extension/context.json", []run{{front, "runtime", "TestContextVectors"}, {standIn, "internal/hosttest", "TestContextVectors"}}},
	{"extension/preflight.json", []run{{front, "runtime", "TestPreflightVectors"}, {standIn, "internal/hosttest", "TestPreflightVectors"}}},
	{"extension/requests.json", []run{{front, "e2e/fronts", "TestRequests"}, {front, "runtime", "TestRequestVectors"}, {standIn, "internal/hosttest", "TestRequestVectors"}}},
	{"extension/returns.json", []run{{front, "runtime", "TestReturnVectors"}, {standIn, "internal/hosttest", "TestReturnVectors"}}},
	{"extension/settings.json", []run{{unit, "runtime", "TestSettingsVectors"}, {standIn, "internal/hosttest", "TestSettingsVectors"}}},
	{"extension/signatures.json", []run{{unit, "runtime", "TestSignatureVectors"}, {standIn, "internal/hosttest", "TestSignatureVectors"}}},
	{"extension/states.json", []run{{unit, "runtime", "TestStateVectors"}, {standIn, "internal/hosttest", "TestStateVectors"}}},
	{"extension/tokens.json", []run{{unit, "runtime", "TestTokenVectors"}, {standIn, "internal/hosttest", "TestTokenVectors"}}},
	{"extension/trigger_json.json", []run{{front, "runtime", "TestTriggerJSONVectors"}, {standIn, "internal/hosttest", "TestTriggerJSONVectors"}}},

	{"host/binding-expressions.json", []run{{unit, "internal/expr", "TestHostVectors"}, {unit, "runtime", "TestTriggerExpressionVectors"},
		{validate, "generator/binding", "TestResolvedProperties"}, {standIn, "internal/hosttest", "TestExpressionVectors"}}},
	{"host/forwarding.json", []run{{unit, "runtime", "TestForwardingVectors"}, {standIn, "internal/hosttest", "TestForwardingVectors"}}},
	{"host/function-json.json", []run{{validate, "generator/binding", "TestFunctionJSONVectors"}, {validate, "generator/binding", "TestNameVectors"},
		{validate, "generator/validate", "TestFunctionVectors"}, {validate, "generator/validate", "TestNameVectors"}, {standIn, "internal/hosttest", "TestFunctionJSONVectors"}}},
	{"host/host-json.json", []run{{validate, "generator/validate", "TestHostVectors"}, {standIn, "internal/hosttest", "TestHostJSONVectors"}}},
	{"host/host-tests.json", []run{{standIn, "internal/hosttest", "TestHostTests"}}},
	{"host/invoke-http.json", []run{{front, "runtime", "TestInvokeHTTPVectors"}, {standIn, "internal/hosttest", "TestInvokeHTTPVectors"}}},
	{"host/invoke-timer.json", []run{{front, "runtime", "TestInvokeTimerVectors"}, {unit, "runtime", "TestScheduleVectors"},
		{unit, "internal/schedule", "TestHostSchedules"}, {standIn, "internal/hosttest", "TestInvokeTimerVectors"}}},
	{"host/invoke-webpubsub-inputs.json", []run{{front, "runtime", "TestInvokeInputVectors"}, {standIn, "internal/hosttest", "TestInvokeInputVectors"}}},
	{"host/invoke-webpubsub-trigger.json", []run{{front, "runtime", "TestInvokeTriggerVectors"}, {standIn, "internal/hosttest", "TestInvokeTriggerVectors"}}},
	{"host/lifecycle.json", []run{{front, "runtime", "TestReadinessVectors"}, {standIn, "internal/hosttest", "TestEnvironmentVectors"},
		{standIn, "internal/hosttest", "TestExitVectors"}, {standIn, "internal/hosttest", "TestLogVectors"}}},
	{"host/outputs-webpubsub.json", []run{{unit, "runtime", "TestOutputVectors"}, {standIn, "internal/hosttest", "TestOutputVectors"}}},
	{"host/replies-webpubsub-trigger.json", []run{{front, "runtime", "TestHostReplyVectors"}, {front, "runtime", "TestHostFailureVectors"},
		{standIn, "internal/hosttest", "TestReplyVectors"}, {standIn, "internal/hosttest", "TestReplyFailureVectors"}}},
	{"host/responses.json", []run{{unit, "runtime", "TestLooksLikeDate"}, {unit, "runtime", "TestBase64Samples"},
		{standIn, "internal/hosttest", "TestResponseVectors"}, {standIn, "internal/hosttest", "TestStringRules"}}},
}

// TestVectorsAreRun: every file of vectors is bound to tests that are there and read it.
func TestVectorsAreRun(t *testing.T) {
	files := filesOfVectors(t)
	bound := make(map[string]bool)
	source := newSources(root(t))
	for _, v := range vectorFiles {
		if bound[v.file] {
			t.Errorf("%s stands in the table twice", v.file)
		}
		bound[v.file] = true
		if !slices.Contains(files, v.file) {
			t.Errorf("%s is not there", v.file)
		}
		if len(v.runs) == 0 {
			t.Errorf("nothing runs %s", v.file)
		}
		for _, r := range v.runs {
			if err := source.reads(r.pkg, r.test, v.file); err != nil {
				t.Errorf("%s, %s: %v", v.file, r.level, err)
			}
		}
	}
	for _, file := range files {
		if !bound[file] {
			t.Errorf("%s is bound to no test: say in vectorFiles which ones run it", file)
		}
	}
}

// filesOfVectors are the files as the table names them.
func filesOfVectors(t *testing.T) []string {
	t.Helper()
	dir := filepath.Join(root(t), "testdata", "vectors")
	var list []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".json" {
			return err
		}
		name, err := filepath.Rel(dir, path)
		list = append(list, filepath.ToSlash(name))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestReads keeps the reader of sources from finding what is not there.
func TestReads(t *testing.T) {
	source := newSources(root(t))
	for _, c := range []struct{ pkg, test, file, want string }{
		{"runtime", "TestRequestVectors", "extension/requests.json", ""},
		{"internal/expr", "TestHostVectors", "host/binding-expressions.json", ""},
		{"runtime", "TestRequestVectors", "extension/returns.json", "does not read"},
		{"runtime", "TestNothing", "extension/returns.json", "no test TestNothing"},
		{"nowhere", "TestNothing", "extension/returns.json", "no such file"},
	} {
		got := ""
		if err := source.reads(c.pkg, c.test, c.file); err != nil {
			got = err.Error()
		}
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s %s: %q, want %q", c.pkg, c.test, got, c.want)
		}
	}
}
