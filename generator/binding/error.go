package binding

import "github.com/wpsgen/wpsgen/generator/diag"

// Error is one fault of a definition.
type Error struct {
	// Place is where it stands.
	Place diag.Place
	// Message says what is wrong, in one line without a full stop.
	Message string
	// Hint is the way out, if there is one to name.
	Hint string
	// Other is another place involved, without a file when there is none; it is where OtherIs says.
	Other   diag.Place
	OtherIs string
}

// Error returns the place, the message and the hint.
func (e *Error) Error() string {
	text := e.Place.String() + ": " + e.Message
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}
