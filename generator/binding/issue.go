package binding

// IssueKind says what is wrong with an argument, for whoever maps issues to codes.
type IssueKind int

// Kinds of issues. From Deprecated on they are advice: the directive works all the same.
const (
	UnknownKey   IssueKind = iota // a key the verb lacks
	OldKey                        // a key that has another name now
	MisplacedKey                  // a key people look for here and that belongs elsewhere
	RepeatedKey                   // a property set twice, by its old and its new name
	MissingKey                    // a required property without a value
	NoValue                       // a key alone that is no flag
	BadValue                      // a value that cannot be
	OldValue                      // a value that has another name now
	OwnVerb                       // a type that has a verb of its own
	Secret                        // a connection string where the name of a setting belongs
	Conflict                      // two properties that exclude each other
	WrongShape                    // a list where one value belongs, or the other way round
	Deprecated                    // a property that has a better successor
	TooNew                        // a property the extension in use does not know yet
	Caution                       // a property with consequences
	IgnoredKey                    // a member of a function.json that the host ignores
	Spelling                      // a value in another case than the definition has
	FromFallback                  // a property that an app setting has to give
)

// IsAdvice reports whether the directive works all the same.
func (k IssueKind) IsAdvice() bool { return k >= Deprecated }

// Part is the part of a directive an issue is about.
type Part int

// Parts of a directive.
const (
	PartVerb  Part = iota // the verb; the issue has no argument
	PartKey               // an argument's key
	PartValue             // an argument's value
)

// Issue is one thing wrong with a directive.
type Issue struct {
	// Kind says what it is.
	Kind IssueKind
	// Arg is the index of the argument, -1 when Part is PartVerb.
	Arg int
	// Part is the part it is about.
	Part Part
	// Item is the index of the item it is about, when the value is a list of a function.json.
	Item int
	// Message says what is wrong, in one line without a full stop.
	Message string
	// Hint is the way out, if there is one to name.
	Hint string
	// Fix replaces the part, or the item of it, and mends it without asking; empty when that cannot be done.
	Fix string
	// Other is the index of another argument involved, -1 when there is none.
	Other int
}
