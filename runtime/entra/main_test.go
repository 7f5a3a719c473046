package entra

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"
)

// TestMain fails the run when a goroutine of the package outlives its tests.
func TestMain(m *testing.M) {
	code := m.Run()
	if left := leaked(); code == 0 && left != "" {
		fmt.Fprintf(os.Stderr, "goroutines of the package are left:\n%s\n", left)
		code = 1
	}
	os.Exit(code)
}

// leaked returns the stacks that stay in the package, with some patience for those about to end.
func leaked() string {
	var out []byte
	for range 40 {
		out = out[:0]
		buf := make([]byte, 1<<20)
		for stack := range bytes.SplitSeq(buf[:runtime.Stack(buf, true)], []byte("\n\n")) {
			if bytes.Contains(stack, []byte("runtime/entra.(")) {
				out = append(append(out, stack...), "\n\n"...)
			}
		}
		if len(out) == 0 {
			return ""
		}
		time.Sleep(50 * time.Millisecond)
	}
	return string(out)
}
