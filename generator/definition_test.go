package generator

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// foreign reads definitions that the generator has never seen.
func foreign(t *testing.T) []*binding.Definition {
	t.Helper()
	path := filepath.Join("testdata", "queue.yaml")
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defs, err := binding.Read(path, src)
	if err != nil {
		t.Fatal(err)
	}
	return defs
}

const queueApp = `
-- app.go --
package app

// Job is what waits in the queue.
type Job struct{ Name string }

// Work works.
//
//wps:queue queueName=work batchSize=16 name=job
//wps:poison queueName=poison-{queueTrigger}
//wps:output hub=chat
func Work(job Job) error { return nil }
`

// TestForeignDefinition uses definitions given in YAML alone, all the way to the files.
func TestForeignDefinition(t *testing.T) {
	dir := newModule(t, queueApp)
	r := mustRun(t, dir, foreign(t)...)
	if len(r.Findings) > 0 {
		t.Fatalf("findings:\n%s", text(t, r, dir))
	}
	const wantJSON = `{
  "generatedBy": "wpsgen",
  "bindings": [
    {
      "type": "queueTrigger",
      "direction": "in",
      "name": "job",
      "dataType": "binary",
      "queueName": "work",
      "batchSize": 16
    },
    {
      "type": "queue",
      "direction": "out",
      "name": "poison",
      "queueName": "poison-{queueTrigger}"
    },
    {
      "type": "webPubSub",
      "direction": "out",
      "name": "actions",
      "hub": "chat"
    }
  ]
}
`
	if got := planned(t, r, dir, "work/function.json"); got != wantJSON {
		t.Errorf("function.json is\n%s\nwant\n%s", got, wantJSON)
	}
	glue := planned(t, r, dir, glueFile)
	for _, want := range []string{
		`wps.OtherBinding{Name: "job", Type: "queueTrigger", Direction: "in", DataType: "binary"},`,
		`wps.OtherBinding{Name: "poison", Type: "queue", Direction: "out"},`,
		`wps.WebPubSub{Name: "actions", Hub: "chat"},`,
		`glue.Call1E(glue.Data `,
	} {
		if !strings.Contains(glue, want) {
			t.Errorf("the glue lacks %s:\n%s", want, glue)
		}
	}
	if err := r.Write(); err != nil {
		t.Fatal(err)
	}
	compile(t, dir)
	fn := r.Apps[0].Functions()[0]
	if trigger := fn.Trigger(); trigger == nil || trigger.Type != "queueTrigger" || trigger.Value("queueName") != "work" {
		t.Errorf("the model's trigger is %+v", trigger)
	}
}

// TestForeignDefinitionChecked makes every kind of mistake such a definition can know of.
func TestForeignDefinitionChecked(t *testing.T) {
	tests := []struct {
		name, directives, signature string
		code                        diag.Code
		message                     string
	}{
		{"missing key", "//wps:queue", "()", diag.MissingKey, "//wps:queue needs queueName"},
		{"pattern", "//wps:queue queueName=Work", "()", diag.BadName, "3 to 63 lower-case letters"},
		{"integer", "//wps:queue queueName=work batchSize=many", "()", diag.BadValue, "batchSize is a whole number"},
		{"key", "//wps:queue queuename=work", "()", diag.UnknownKey, "did you mean \"queueName\"?"},
		{"old key", "//wps:queue queue=work", "()", diag.UnknownKey, "queue is called queueName"},
		{"setting", "//wps:queue queueName=work connection=AccountKey=x;", "()", diag.SecretInSource, "app setting"},
		{"verb", "//wps:queu queueName=work", "()", diag.UnknownVerb, `did you mean "queue"?`},
		{"near-miss", "// wps:queue queueName=work", "()", diag.NearMiss, "write //wps:queue queueName=work"},
		{"two triggers", "//wps:queue queueName=work\n//wps:http", "()", diag.RepeatedDirective, "has two triggers, //wps:queue and //wps:http"},
		{"no trigger", "//wps:output hub=chat", "()", diag.NoTrigger, "//wps:trigger, //wps:http, //wps:timer or //wps:queue"},
		{"needs", "//wps:http\n//wps:poison queueName=p", "()", diag.MissingDirective, "//wps:poison needs //wps:queue beside it; add it to Work"},
		{"expression", "//wps:queue queueName=work\n//wps:poison queueName={query.x}", "()", diag.UnknownExpression, "//wps:queue provides queueTrigger, id, dequeueCount or sys"},
		{"binding name", "//wps:queue queueName=work name=actions\n//wps:output hub=chat", "()", diag.DuplicateBinding, "two bindings called actions"},
		{"parameter", "//wps:queue queueName=work", "(data string)", diag.BadParameter, "this function can have context.Context or item"},
		{"result", "//wps:queue queueName=work", "() string", diag.BadResult, "this function can return error"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := "{}"
			if strings.HasSuffix(tt.signature, "string") {
				body = `{ return "" }`
			}
			dir := newModule(t, "-- app.go --\npackage app\n\n"+tt.directives+"\nfunc Work"+tt.signature+" "+body+"\n")
			r := mustRun(t, dir, foreign(t)...)
			if len(r.Findings) != 1 || r.Findings[0].Code != tt.code || !strings.Contains(r.Findings[0].String(), tt.message) {
				t.Errorf("got\n%swant one %s with %q", text(t, r, dir), tt.code, tt.message)
			}
			if len(r.Changes) > 0 {
				t.Errorf("%d files are planned all the same", len(r.Changes))
			}
		})
	}
}

func TestForeignDefinitionExplained(t *testing.T) {
	var b strings.Builder
	if err := binding.Explain(&b, foreign(t)[0], "text"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"//wps:queue queueName=… [batchSize=…]", "Runs the function for a message of a storage queue.",
		"3 to 63 lower-case letters, digits or dashes", `"type": "queueTrigger"`, "{queueTrigger}",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the explanation lacks %q:\n%s", want, b.String())
		}
	}
}
