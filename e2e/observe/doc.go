// Package observe shows what a function of package runtime was called with, as the extension writes it
// for workers, and makes what a Go function returns of what vectors say a function returned. Tests hold the
// fronts of the runtime with it against the vectors and against each other.
package observe
