package house

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
)

// public are the packages that users' code imports, with the file that records what they offer.
var public = []struct{ path, file string }{
	{"./runtime", "runtime.txt"},
	{"./runtime/glue", "glue.txt"},
	{"./runtime/entra", "entra.txt"},
	{"./runtime/otel", "otel.txt"},
	{"./emulator", "emulator.txt"},
}

// TestAPI compares what the public packages offer with docs/api. A change there is one to users, and is
// to be seen in review; UPDATE_API=1 records it.
func TestAPI(t *testing.T) {
	for _, p := range public {
		t.Run(p.file, func(t *testing.T) {
			cmd := exec.Command("go", "doc", "-all", p.path)
			cmd.Dir = root(t)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			got, err := cmd.Output()
			if err != nil {
				t.Fatalf("%v\n%s", err, stderr.String())
			}
			golden := filepath.Join(root(t), "docs", "api", p.file)
			if os.Getenv("UPDATE_API") != "" {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if d := diff.Diff("docs/api/"+p.file, want, "go doc -all "+p.path, got); d != nil {
				t.Errorf("the API is another; UPDATE_API=1 go test ./internal/house records it:\n%s", d)
			}
		})
	}
}
