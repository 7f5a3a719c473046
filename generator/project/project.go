// Package project reads wpsgen.yaml: what an app's people tell wpsgen about the app.
package project

import (
	"maps"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/wpsgen/wpsgen/generator/diag"
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
}

// Default returns the settings of an app without the file.
func Default() Settings { return Settings{Upstream: Trigger} }

// keys are the file's keys with what reads their values.
var keys = map[string]func(*reader, *yaml.Node){
	"rules":    (*reader).rules,
	"upstream": (*reader).upstream,
}

// Read reads the text of a file, whose path findings name. An empty one, or one of comments alone, is as
// good as none. What is wrong with it is found all at once, and the settings are what could be read.
func Read(path string, src []byte) (Settings, []diag.Finding) {
	r := newReader(path, src)
	r.settings.UpstreamPlace = diag.Place{File: path}
	r.read()
	return r.settings, r.findings
}

func keyNames() []string { return slices.Sorted(maps.Keys(keys)) }

func (r *reader) upstream(value *yaml.Node) {
	r.settings.UpstreamPlace = r.place(value)
	r.settings.Upstream = Upstream(r.oneOf(value, "upstream", string(Trigger), string(HTTP)))
}
