package binding

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/wpsgen/wpsgen/internal/jsonschema"
	"github.com/wpsgen/wpsgen/internal/jsonschema/schematest"
)

func schemaOf(t *testing.T, s *jsonschema.Schema) any {
	t.Helper()
	src, err := s.Text()
	if err != nil {
		t.Fatal(err)
	}
	return schematest.Schema(t, src)
}

// yamlDocuments decodes YAML as the JSON it stands for.
func yamlDocuments(t *testing.T, src []byte) (docs []any) {
	t.Helper()
	for dec := yaml.NewDecoder(bytes.NewReader(src)); ; {
		var doc any
		if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
			return docs
		} else if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, schematest.Decode(t, text))
	}
}

func TestFunctionSchema(t *testing.T) {
	schema := schemaOf(t, FunctionSchema(project(t)))
	for _, tt := range []struct {
		bindings string
		valid    bool
	}{
		{`{"type": "webPubSubTrigger", "direction": "in", "name": "data", "hub": "chat", "eventType": "user", "eventName": "message"}`, true},
		{`{"type": "WEBPUBSUBTRIGGER", "direction": "IN", "name": "data", "eventType": "User", "eventName": "%Event%", "hub": "%Hub%"}`, true},
		{`{"type": "webPubSubTrigger", "direction": "in", "name": "request", "hub": "chat", "eventType": "system", "eventName": "Connect"}`, true},
		{`{"type": "httpTrigger", "direction": "in", "name": "req", "methods": ["GET"], "authLevel": "user"}, {"type": "http", "direction": "out", "name": "$return"}`, true},
		{`{"type": "timerTrigger", "direction": "in", "name": "t", "schedule": "%When%", "useMonitor": "False"}`, true},
		{`{"type": "serviceBusTrigger", "name": "m", "anything": {}}`, true},
		{`{"type": "queueTrigger", "direction": "in", "name": "m", "queueName": "jobs", "batchSize": 16}`, true},
		{`{"type": "httpTrigger", "name": "req"}, {"type": "webPubSubConnection", "direction": "in", "name": "c", "hub": "{query.hub}"}`, true},

		{``, false},
		{`{"type": "http", "direction": "out", "name": "res"}`, false},
		{`{"direction": "in", "name": "data"}`, false},
		{`{"type": "webPubSubTrigger", "direction": "in", "name": "data", "hub": "chat", "eventType": "user"}`, false},
		{`{"type": "webPubSubTrigger", "direction": "in", "name": "data", "hub": "chat", "eventType": "sytem", "eventName": "connect"}`, false},
		{`{"type": "webPubSubTrigger", "direction": "in", "name": "data", "hub": "chat", "eventType": "system", "eventName": "disconnect"}`, false},
		{`{"type": "webPubSubTrigger", "direction": "in", "name": "data", "hub": "1 chat", "eventType": "user", "eventName": "message"}`, false},
		{`{"type": "webPubSubTrigger", "direction": "out", "name": "data", "hub": "chat", "eventType": "user", "eventName": "message"}`, false},
		{`{"type": "webPubSubTrigger", "direction": "in", "name": "data", "hub": "chat", "eventType": "user", "eventName": "m", "connections": "A"}`, false},
		{`{"type": "webPubSubTrigger", "direction": "in", "name": "data", "hub": "chat", "eventType": "user", "eventName": "m", "connections": ["Endpoint=x;"]}`, false},
		{`{"type": "httpTrigger", "direction": "in", "name": "req", "methods": ["fetch"]}`, false},
		{`{"type": "queueTrigger", "direction": "in", "name": "m", "queueName": "J"}`, false},
		{`{"type": "queueTrigger", "direction": "in", "name": "m", "queueName": "jobs", "batchSize": "many"}`, false},
		{`{"type": "httpTrigger", "direction": "sideways", "name": "req"}`, false},
	} {
		wrong := schematest.Validate(schema, schematest.Decode(t, []byte(`{"bindings": [`+tt.bindings+`]}`)))
		if (len(wrong) == 0) != tt.valid {
			t.Errorf("%s: %q", tt.bindings, wrong)
		}
	}
}

// TestFunctionSchemaTakesExamples holds what the definitions' examples become against the schema.
func TestFunctionSchemaTakesExamples(t *testing.T) {
	schema := schemaOf(t, FunctionSchema(builtin(t)))
	for _, d := range builtin(t).Definitions() {
		for _, args := range d.Examples {
			entries := Resolve(d, args, Env{}).Entries()
			if !d.IsTrigger() && len(entries) > 0 {
				entries = append(entries, Entry{Type: "httpTrigger", Members: []Member{{"type", "httpTrigger"}, {"name", "req"}}})
			}
			src, err := json.Marshal(map[string]any{"bindings": entries})
			if err != nil {
				t.Fatal(err)
			}
			if wrong := schematest.Validate(schema, schematest.Decode(t, src)); len(entries) > 0 && len(wrong) > 0 {
				t.Errorf("//wps:%s%s: %q", d.Verb, spellArgs(args), wrong)
			}
		}
	}
}

// TestFunctionSchemaByDirection tells definitions apart that share a type.
func TestFunctionSchemaByDirection(t *testing.T) {
	own, err := ReadOwn("own.yaml", []byte(documents))
	if err != nil {
		t.Fatal(err)
	}
	set, err := NewSet(append(builtin(t).Definitions(), own...)...)
	if err != nil {
		t.Fatal(err)
	}
	schema := schemaOf(t, FunctionSchema(set))
	for entry, valid := range map[string]bool{
		`{"type": "cosmosDB", "direction": "in", "name": "d", "id": "1"}`: true,
		`{"type": "cosmosDB", "direction": "in", "name": "d"}`:            false,
		`{"type": "cosmosDB", "direction": "out", "name": "d"}`:           true,
	} {
		wrong := schematest.Validate(schema, schematest.Decode(t, []byte(`{"bindings": [{"type": "httpTrigger", "name": "req"}, `+entry+`]}`)))
		if (len(wrong) == 0) != valid {
			t.Errorf("%s: %q", entry, wrong)
		}
	}
}

// documents are two definitions of one type.
const documents = `
verb: document
doc: Reads a document.
bindings: [{type: cosmosDB, direction: in, name: {required: true}}]
properties:
  id: {doc: The document., kind: string, required: true}
---
verb: store
doc: Writes documents.
bindings: [{type: cosmosDB, direction: out, name: {default: stored}}]
`
