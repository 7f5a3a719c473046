package directive

import (
	"go/token"
	"regexp"
)

// Kind says what is wrong with a comment.
type Kind int

// Kinds of problems.
const (
	NearMiss        Kind = iota // a comment that was meant as a directive and is none
	Syntax                      // what the grammar does not allow
	Quoting                     // quotation marks that do not fit
	TrailingComment             // a comment after the arguments
	DuplicateKey                // one key twice
)

// String names the kind.
func (k Kind) String() string {
	return [...]string{"near-miss", "syntax", "quoting", "trailing comment", "duplicate key"}[k]
}

// Problem is one thing wrong with a comment.
type Problem struct {
	Kind Kind
	// Pos and End enclose what is wrong.
	Pos, End token.Pos
	// Message says what is wrong, in one line without a full stop.
	Message string
	// Hint is the way out, if there is one to name.
	Hint string
	// Fix replaces what is wrong and mends it without asking; empty when that cannot be done.
	Fix string
	// Other and OtherEnd enclose another part of the comment that is involved; no position if there is none.
	Other, OtherEnd token.Pos
}

var accessKey = regexp.MustCompile(`(?i)(accesskey=)[^;\s"]+`)

// redact takes access keys out of a text, since messages go into logs. A Fix keeps what it replaces.
func redact(text string) string { return accessKey.ReplaceAllString(text, "$1…") }
