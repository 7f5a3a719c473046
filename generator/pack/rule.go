package pack

import (
	"path"
	"regexp"
	"strings"
)

// rule is one line of an ignore file (https://git-scm.com/docs/gitignore#_pattern_format).
type rule struct {
	line        int // 0 for a rule that stands in no file
	pattern     []string
	takesIn     bool
	foldersOnly bool
}

// negated finds the start of a class of characters that do not fit, unless a backslash makes it plain text.
var negated = regexp.MustCompile(`((?:^|[^\\])(?:\\\\)*)\[!`)

// anyFolders is the part of a pattern that any number of folders fits.
const anyFolders = "**"

// parseRules reads an ignore file. It also returns the lines whose pattern cannot be read.
func parseRules(src string) (rules []*rule, broken []int) {
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(src, "\ufeff")) {
		n++
		switch r, ok := parseRule(strings.TrimRight(line, "\r\n")); {
		case !ok:
			broken = append(broken, n)
		case r != nil:
			r.line = n
			rules = append(rules, r)
		}
	}
	return rules, broken
}

// parseRule reads a line, nil when it says nothing.
func parseRule(line string) (r *rule, ok bool) {
	line = trimBlanks(line)
	if line == "" || line[0] == '#' {
		return nil, true
	}
	r = &rule{}
	line, r.takesIn = strings.CutPrefix(line, "!")
	line, r.foldersOnly = strings.CutSuffix(line, "/")
	isRooted := strings.Contains(line, "/")
	if line = strings.TrimPrefix(line, "/"); line == "" {
		return nil, true
	}
	if !isRooted {
		r.pattern = []string{anyFolders}
	}
	for part := range strings.SplitSeq(line, "/") {
		part = negated.ReplaceAllString(part, "$1[^") // as package path spells it
		if _, err := path.Match(part, ""); err != nil {
			return nil, false
		}
		r.pattern = append(r.pattern, part)
	}
	return r, true
}

// trimBlanks removes blanks at the end of a line, but for one behind a backslash.
func trimBlanks(line string) string {
	trimmed := strings.TrimRight(line, " \t")
	slashes := len(trimmed) - len(strings.TrimRight(trimmed, `\`))
	if slashes%2 == 1 && len(trimmed) < len(line) {
		return line[:len(trimmed)+1]
	}
	return trimmed
}

// matches reports whether a pattern fits the parts of a name. Where it does not fit, the last ** before
// takes one part more, which finds a fit if there is one.
func matches(pattern, name []string) bool {
	p, n, star, taken := 0, 0, -1, 0
	for n < len(name) {
		switch {
		case p < len(pattern) && pattern[p] == anyFolders:
			star, taken = p, n
			p++
		case p < len(pattern) && fits(pattern[p], name[n]):
			p++
			n++
		case star >= 0:
			taken++
			p, n = star+1, taken
		default:
			return false
		}
	}
	return p == len(pattern)
}

func fits(pattern, part string) bool {
	ok, err := path.Match(pattern, part)
	return ok && err == nil
}
