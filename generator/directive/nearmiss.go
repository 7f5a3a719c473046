package directive

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/wpsgen/wpsgen/internal/suggest"
)

// miss is a comment that was meant as a directive.
type miss struct {
	reason string
	fix    string // the comment put right
	alone  bool   // it counts only where it is a paragraph of its own
	bare   bool   // it counts only where no prose is near

	verbless bool // what stands for the verb would be none in lower case either
}

// shape takes a comment's first line apart the way a directive is built: blanks, a mark, tool, separator,
// verb, the rest. Marks are those of other tools, and of doc comments in other languages; the colon that
// keyboards for Chinese type is one, too.
var shape = regexp.MustCompile(`^([ \t\x{A0}]*)([+@*]? ?|[#!/]+ ?)([A-Za-z]{2,4})([ \t]*)(::|[:：;._/=-]?)([ \t]*)([A-Za-z][A-Za-z0-9]*)((?:[ \t].*)?)$`)

// nearMiss tells whether a comment begins like a directive and is none. Prose that mentions one is
// left alone: what follows the verb must look like arguments, and the further the beginning is from a
// directive's, the more there must be of them.
func nearMiss(text string, verbs []string) (miss, bool) {
	block := strings.HasPrefix(text, "/*")
	body, more := body(text, block)
	if !mayMeanTool(body) {
		return miss{}, false
	}
	m := shape.FindStringSubmatch(body)
	if m == nil {
		return miss{}, false
	}
	p := parts{blank: m[1], mark: m[2], tool: m[3], before: m[4], separator: m[5], after: m[6], verb: m[7], rest: m[8]}
	if !block && p.isDirective() {
		return miss{}, false
	}
	p.known = slices.Contains(verbs, strings.ToLower(p.verb))
	p.near = suggest.Nearest(p.verb, verbs) != ""
	if more && p.args() == none || p.isMarkup(block) || !p.looksMeant() {
		return miss{}, false
	}
	out := miss{reason: p.reason(block), alone: p.alone(), bare: !block && p.indented()}
	out.verbless = p.verb != strings.ToLower(p.verb) && !p.known && !p.near
	if !more && !out.verbless {
		out.fix = Prefix + strings.ToLower(p.verb) + strings.TrimRight(p.rest, " \t")
	}
	return out, true
}

// mayMeanTool reports whether a comment's first word begins with two letters of wps, as each way to write it
// does. It is what nearly all comments are done with, and far cheaper than taking them apart.
func mayMeanTool(body string) bool {
	word := strings.TrimLeft(body, " \t\u00A0+@*#!/")
	return len(word) > 1 && strings.IndexByte("wpsWPS", word[0]) >= 0 && strings.IndexByte("wpsWPS", word[1]) >= 0
}

// body returns the first line of a comment without its marks, and whether a block comment has more.
func body(text string, block bool) (first string, more bool) {
	if !block {
		return strings.TrimRight(strings.TrimPrefix(text, "//"), " \t\r"), false
	}
	inner := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(text, "/*"), "*/"))
	first, _, more = strings.Cut(inner, "\n")
	return strings.TrimRight(first, " \t\r"), more
}

// parts are the parts of a comment that may have been meant as a directive.
type parts struct {
	blank, mark, tool, before, separator, after, verb, rest string

	known bool // verb is one, case aside
	near  bool // verb is close to one
}

// isDirective reports whether the parts are put together as in a directive, so that Parse can read it.
func (p *parts) isDirective() bool {
	return p.blank+p.mark+p.before+p.after == "" && p.tool == "wps" && p.separator == ":" && p.verb == strings.ToLower(p.verb)
}

// looksMeant decides between a directive gone wrong and prose.
func (p *parts) looksMeant() bool {
	args := p.args()
	if args == prose {
		return false
	}
	switch {
	case !strings.EqualFold(p.tool, "wps"):
		return swapped(p.tool) && p.separator == ":" && p.before == "" && p.known && args == keyed
	case p.separator == ":", p.separator == "::", p.separator == "：":
		return p.near || args == keyed
	case p.verb != strings.ToLower(p.verb): // wps.Connection is Go
		return p.known && args == keyed
	case p.separator == "":
		return p.before != "" && p.known && args == keyed
	}
	return p.known && p.before+p.after == "" // else it is a dash
}

// isMarkup reports whether the mark is one of a list or a heading in a doc comment.
func (p *parts) isMarkup(block bool) bool {
	return !block && strings.HasPrefix(p.mark, "*") || p.blank != "" && strings.ContainsAny(p.mark, "#!/")
}

// indented reports whether more than a blank comes first, which makes it an example in a doc comment.
func (p *parts) indented() bool {
	return strings.ContainsRune(p.blank, '\t') || utf8.RuneCountInString(p.blank) > 1
}

// alone reports whether it might as well be the end of a sentence that a line break has cut.
func (p *parts) alone() bool {
	return p.blank != "" && strings.TrimSpace(p.mark) == "" && p.args() == none
}

// shapes of what follows the verb.
type argShape int

const (
	prose argShape = iota
	none
	keyed // key=value among it
)

var (
	keyedWord = regexp.MustCompile(`^"?[A-Za-z][A-Za-z0-9]*[ \t]*=`)
	flagWord  = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)
)

// args tells what follows the verb. Words that are neither key=value nor could be a flag among them
// make it prose.
func (p *parts) args() argShape {
	rest := strings.TrimSpace(p.rest)
	if rest == "" {
		return none
	}
	d, _ := Parse(1, Prefix+"x "+rest)
	if !keyedWord.MatchString(rest) && !flagWord.MatchString(strings.Fields(rest)[0]) || d == nil {
		return prose
	}
	keyedArgs, flags := 0, 0
	for _, a := range d.Args {
		if a.Flag {
			flags++
		} else {
			keyedArgs++
		}
	}
	if keyedArgs == 0 || flags > keyedArgs || strings.HasSuffix(rest, ".") {
		return prose
	}
	return keyed
}

// swapped reports whether tool is wps with one slip: letters swapped, left out or doubled.
func swapped(tool string) bool {
	return slices.Contains([]string{"wsp", "pws", "spw", "swp", "wp", "ws", "ps", "wpss", "wwps", "wpps"}, strings.ToLower(tool))
}

// reason says what keeps it from being a directive.
func (p *parts) reason(block bool) string {
	switch {
	case block:
		return "a directive is a line comment"
	case p.mark != "":
		return "nothing stands between // and wps"
	case p.blank != "":
		return "a blank follows the slashes"
	case !strings.EqualFold(p.tool, "wps"):
		return "it is wps, not " + p.tool
	case p.separator != ":":
		return "a colon stands between wps and the verb"
	case p.before+p.after != "":
		return "a blank stands beside the colon"
	}
	return "it is written in lower case"
}
