package vectors

import (
	"os"
	"testing"
)

// Some fails a test of the module's own vectors when there is nothing of a kind for it to run: something was lost.
// Another set of vectors, which Variable names, need not have some of everything.
func Some(t testing.TB, n int, what string) {
	t.Helper()
	if n == 0 && os.Getenv(Variable) == "" {
		t.Fatalf("there are no %s", what)
	}
}
