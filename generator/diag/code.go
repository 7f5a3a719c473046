package diag

//go:generate go run generate.go

// Severity says what a finding does to the exit status.
type Severity string

// Severities. Errors make a run fail; warnings do so only on demand.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Code names a kind of finding for good: it is never given to another kind.
type Code string

// Declaration is everything there is to say of a code but its examples, which are in examples/CODE.txtar;
// help, docs and reports are made from it.
type Declaration struct {
	Code     Code
	Severity Severity
	// Title names the kind of mistake in a few words.
	Title string
	// Text explains it: what goes wrong when it is left, and what to do.
	Text string
}
