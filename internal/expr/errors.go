package expr

import "fmt"

// SyntaxError tells what is wrong with the braces of a text. Its text is the Functions host's own,
// so that searching for it finds help.
type SyntaxError struct {
	// Text is the whole text.
	Text string
	// Position is where, in bytes from 1.
	Position int
	// Reason is what.
	Reason string
}

// Error names the text, the reason and the position.
func (e *SyntaxError) Error() string {
	if e.Reason == emptyName {
		return fmt.Sprintf("Invalid template '%s'. The parameter name at position %d is empty.", e.Text, e.Position)
	}
	return fmt.Sprintf("Invalid template '%s'. %s at position %d.", e.Text, e.Reason, e.Position)
}

// NameError tells that an expression's name cannot be one: names are letters, digits and _, members
// may also hold -.
type NameError struct {
	// Name is the name as written.
	Name string
}

// Error names the name.
func (e *NameError) Error() string {
	return fmt.Sprintf("The parameter name '%s' is invalid.", e.Name)
}

// MissingError tells that a call lacks what an expression asks for.
type MissingError struct {
	// Expression is the expression as written, with its braces.
	Expression string
	// Name is the name or member there is no value for.
	Name string
	// Member tells that the value was there and the member Name was not.
	Member bool
}

// Error names the expression and what is missing.
func (e *MissingError) Error() string {
	if e.Member {
		return fmt.Sprintf("%s: Error while accessing '%s': property doesn't exist.", e.Expression, e.Name)
	}
	return fmt.Sprintf("%s: No value for named parameter '%s'.", e.Expression, e.Name)
}

const emptyName = "The parameter name is empty"
