// Package project reads wpsgen.yaml: what an app's people tell wpsgen about the app.
package project

import (
	"gopkg.in/yaml.v3"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/jsonschema"
)

// File is the name of the file. Its folder is an app's.
const File = "wpsgen.yaml"

// Upstream is how the service's events reach the app behind the Functions host.
type Upstream string

// Upstreams there are.
const (
	// Trigger lets the host's extension take the events and hand them over in its envelope.
	Trigger Upstream = "trigger"
	// HTTP lets the host pass requests on as they are, and the app do the rest itself.
	HTTP Upstream = "http"
)

// Settings are what the file says.
type Settings struct {
	// Upstream is Trigger where the file does not say.
	Upstream Upstream
	// UpstreamPlace is where the file says it; without a line where it does not.
	UpstreamPlace diag.Place
	// Rules are the severities the project gives to findings in place of their own.
	Rules Rules
	// Bindings are the files with binding definitions of the app's own.
	Bindings []Pattern
}

// Pattern names files, relative to the folder of the file that has it.
type Pattern struct {
	// Text is the pattern, with * and ? for parts of names and slashes between folders.
	Text string
	// Place is where it stands.
	Place diag.Place
}

// Default returns the settings of an app without the file.
func Default() Settings { return Settings{Upstream: Trigger} }

// key is one of the file's keys.
type key struct {
	name string
	// doc says what it is for, example how it is written, as lines of YAML.
	doc, example string
	// schema describes its values.
	schema *jsonschema.Schema
	// read reads its value.
	read func(*reader, *yaml.Node)
}

// fileKeys returns the file's keys in alphabetical order.
func fileKeys() []key { return []key{bindingsKey(), rulesKey(), upstreamKey()} }

func upstreamKey() key {
	return key{
		name: "upstream",
		doc: "How the service's events reach the app behind the Functions host. With trigger, the default, the host's Web PubSub extension takes them. " +
			"With http, the host passes requests on as they are and the app does the rest itself, on every plan.",
		example: "upstream: http",
		schema:  &jsonschema.Schema{Enum: []any{string(Trigger), string(HTTP)}, Default: string(Trigger)},
		read:    (*reader).upstream,
	}
}

// Read reads the text of a file, whose path findings name. An empty one, or one of comments alone, is as
// good as none. What is wrong with it is found all at once, and the settings are what could be read.
func Read(path string, src []byte) (Settings, []diag.Finding) {
	r := newReader(path, src)
	r.settings.UpstreamPlace = diag.Place{File: path}
	r.read()
	return r.settings, r.findings
}

func keyNames() []string {
	var names []string
	for _, k := range fileKeys() {
		names = append(names, k.name)
	}
	return names
}

func (r *reader) upstream(value *yaml.Node) {
	r.settings.UpstreamPlace = r.place(value)
	r.settings.Upstream = Upstream(r.oneOf(value, "upstream", string(Trigger), string(HTTP)))
}
