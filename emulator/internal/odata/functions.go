package odata

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// function is one of the functions a filter may call. A null argument makes it come to onNull
// without a call.
type function struct {
	parameters []kind
	optional   int // how many of the last parameters may be left out
	result     kind
	onNull     any
	call       func(args []any) any
}

var functions = map[string]function{
	"tolower":    {parameters: []kind{text}, result: text, call: onText(strings.ToLower)},
	"toupper":    {parameters: []kind{text}, result: text, call: onText(strings.ToUpper)},
	"trim":       {parameters: []kind{text}, result: text, call: onText(strings.TrimSpace)},
	"substring":  {parameters: []kind{text, integer, integer}, optional: 1, result: text, call: substring},
	"concat":     {parameters: []kind{text, text}, result: text, call: concat},
	"indexof":    {parameters: []kind{text, text}, result: integer, onNull: int64(-1), call: indexOf},
	"length":     {parameters: []kind{text | collection}, result: integer, call: length},
	"startswith": {parameters: []kind{text, text}, result: boolean, onNull: false, call: onTexts(strings.HasPrefix)},
	"endswith":   {parameters: []kind{text, text}, result: boolean, onNull: false, call: onTexts(strings.HasSuffix)},
	"contains":   {parameters: []kind{text, text}, result: boolean, onNull: false, call: onTexts(strings.Contains)},
}

// call reads the arguments of a function.
func (p *parser) call(name token) (node, error) {
	f, ok := functions[name.text]
	if !ok {
		return node{}, name.unexpected("one of the functions tolower, toupper, trim, substring, concat, indexof, length, startswith, endswith, contains")
	}
	args, err := p.list()
	if err != nil {
		return node{}, err
	}
	if len(args) > len(f.parameters) || len(args) < len(f.parameters)-f.optional {
		return node{}, fmt.Errorf("character %d: %s does not take %d arguments", name.at, name.text, len(args))
	}
	for i, arg := range args {
		if err := arg.must(f.parameters[i]|null, name.text); err != nil {
			return node{}, err
		}
	}
	return node{f.result, name.at, func(s *Subject) any { return f.apply(s, args) }}, nil
}

func (f function) apply(s *Subject, args []node) any {
	values := make([]any, len(args))
	for i, arg := range args {
		if values[i] = arg.eval(s); values[i] == nil {
			return f.onNull
		}
	}
	return f.call(values)
}

func onText(f func(string) string) func([]any) any {
	return func(args []any) any { return f(args[0].(string)) }
}

func onTexts(f func(a, b string) bool) func([]any) any {
	return func(args []any) any { return f(args[0].(string), args[1].(string)) }
}

func concat(args []any) any { return args[0].(string) + args[1].(string) }

func length(args []any) any {
	if set, ok := args[0].(map[string]struct{}); ok {
		return int64(len(set))
	}
	return units(args[0].(string))
}

func indexOf(args []any) any {
	s := args[0].(string)
	i := strings.Index(s, args[1].(string))
	if i < 0 {
		return int64(-1)
	}
	return units(s[:i])
}

// substring cuts from a position on, and after so many units. What lies outside the string is empty.
func substring(args []any) any {
	all := utf16.Encode([]rune(args[0].(string)))
	most := int64(len(all))
	from := min(max(args[1].(int64), 0), most)
	to := most
	if len(args) == 3 {
		to = from + min(max(args[2].(int64), 0), most-from)
	}
	return string(utf16.Decode(all[from:to]))
}

// units is the length of a string in UTF-16 units.
func units(s string) int64 {
	n := int64(0)
	for _, r := range s {
		n += int64(max(utf16.RuneLen(r), 1))
	}
	return n
}
