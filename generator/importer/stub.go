package importer

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/wpsgen/wpsgen/generator/directive"
)

// directive returns the directive as it stands in source.
func (u *use) directive() string {
	d := directive.Directive{Verb: u.def.Verb}
	for _, a := range u.args {
		d.Args = append(d.Args, directive.Arg{Key: a.Key, Value: a.Value, Flag: a.Flag, Quoted: a.Quoted && needsQuotes(u, a)})
	}
	return d.String()
}

// plainWord matches text that another extension's property keeps without quotes.
var plainWord = regexp.MustCompile(`^[A-Za-z_%{/$*.][A-Za-z0-9_%{}/.$*:-]*$`)

// needsQuotes reports whether a value that was text would be something else without quotes.
func needsQuotes(u *use, a arg) bool {
	return !u.isForeign() || !plainWord.MatchString(a.Value) || a.Value == "true" || a.Value == "false"
}

// stub is a Go function that stands for one of the original. Types and the returned expression are this
// package's own words, never the original's.
type stub struct {
	GoName, Doc    string
	Directives     []string
	Parameters     []parameter
	Result, Return string
	Page           *pageData
}

type parameter struct{ Name, Type string }

type pageData struct{ File, Variable string }

// stub makes the Go function.
func (fn *function) stub() stub {
	s := stub{GoName: fn.goName, Result: "error", Return: "nil"}
	for _, u := range fn.uses {
		s.Directives = append(s.Directives, u.directive())
	}
	if folderOf(fn.goName) != fn.name {
		name := directive.Directive{Verb: "function", Args: []directive.Arg{{Key: "name", Value: fn.name}}}
		s.Directives = append(s.Directives, name.String())
	}
	does := fn.answer(&s)
	for _, u := range fn.uses {
		if u.isNamed() {
			s.Parameters = append(s.Parameters, parameter{u.name, u.goType()})
		}
	}
	s.Doc = does + "."
	if fn.code != "" {
		s.Doc += " What it did is in " + shown(fn.code) + "."
	}
	return s
}

var plainPath = regexp.MustCompile(`^[A-Za-z0-9_./-]+$`)

// shown is a path as a comment can hold it.
func shown(path string) string {
	if plainPath.MatchString(path) {
		return path
	}
	return strconv.QuoteToASCII(path)
}

// answer gives the function what it takes from its trigger, and an answer that does no harm. It returns what
// the function does, in words.
func (fn *function) answer(s *stub) string {
	switch first := fn.uses[0]; first.def.Verb {
	case "trigger":
		return fn.answerEvent(s, first)
	case "http":
		return fn.answerHTTP(s)
	case "timer":
		s.Parameters = append(s.Parameters, parameter{"timer", "*wps.TimerInfo"})
		return "runs on a schedule"
	default:
		return "is run by " + first.entry.typ
	}
}

func (fn *function) answerEvent(s *stub, u *use) string {
	add := func(name, typ string) { s.Parameters = append(s.Parameters, parameter{name, typ}) }
	switch event := strings.ToLower(u.get("eventType") + " " + u.get("eventName")); event {
	case "system connect":
		add("req", "*wps.ConnectEventRequest")
		s.Result, s.Return = "(*wps.ConnectEventResponse, error)", "&wps.ConnectEventResponse{}, nil"
		return "lets every client in"
	case "system connected":
		add("req", "*wps.ConnectedEventRequest")
		return "is told of each client that has connected"
	case "system disconnected":
		add("req", "*wps.DisconnectedEventRequest")
		return "is told of each client that is gone"
	case "grouppresence joined":
		add("req", "*wps.JoinedGroupEventRequest")
		return "is told of each connection that has joined a group"
	case "grouppresence left":
		add("req", "*wps.LeftGroupEventRequest")
		return "is told of each connection that has left a group"
	}
	data := "string"
	if strings.EqualFold(u.entry.text("dataType"), "binary") {
		data = "[]byte"
	}
	add("data", data)
	add("connectionContext", "*wps.ConnectionContext")
	s.Result, s.Return = "(*wps.UserEventResponse, error)", "nil, nil"
	return "takes what clients send and replies nothing"
}

func (fn *function) answerHTTP(s *stub) string {
	i := slices.IndexFunc(fn.uses, func(u *use) bool { return u.def.Verb == "connection" })
	switch {
	case fn.use("context") != nil:
		s.Parameters = append(s.Parameters, parameter{"event", "*wps.RequestContext"})
		s.Result, s.Return = "(wps.EventResponse, error)", "nil, nil"
		return "takes events as HTTP requests and accepts them all"
	case i >= 0:
		s.Parameters = append(s.Parameters, parameter{"req", "*http.Request"})
		s.Result, s.Return = "(wps.Connection, error)", fn.uses[i].name+", nil"
		return "gives a client the URL and the token to connect with"
	}
	s.Parameters = append(s.Parameters, parameter{"req", "*http.Request"})
	s.Result, s.Return = "(*wps.HTTPResponse, error)", "&wps.HTTPResponse{}, nil"
	if fn.page == "" {
		return "answers HTTP requests, with nothing so far"
	}
	s.Page = &pageData{File: fn.page, Variable: folderOf(fn.goName) + "Page"}
	s.Return = fmt.Sprintf(`&wps.HTTPResponse{Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: %s}, nil`, s.Page.Variable)
	return "answers with the page " + fn.page
}

// goType is the type of the parameter for a binding that is named.
func (u *use) goType() string {
	switch {
	case u.def.Verb == "connection":
		return "wps.Connection"
	case u.def.Verb == "output":
		return "*wps.Actions"
	case u.entry.direction() == "out":
		return "*string"
	}
	many := strings.EqualFold(u.entry.text("cardinality"), "many")
	switch dataType := strings.ToLower(u.get("dataType")); {
	case many && dataType == "string":
		return "[]string"
	case many:
		return "[]json.RawMessage"
	case dataType == "binary":
		return "[]byte"
	}
	return "string"
}
