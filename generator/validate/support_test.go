package validate_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/wpsgen/wpsgen/generator/diag"
)

func write(t testing.TB, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// folder writes the files of a txtar archive into a new folder, and returns it by the name findings have.
func folder(t testing.TB, archive string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		write(t, dir, f.Name, string(f.Data))
	}
	return dir
}

// spell writes findings one a line, with files named relative to a folder.
func spell(dir string, findings []diag.Finding) []string {
	var lines []string
	for _, f := range findings {
		f.Place.File = diag.Relative(dir, f.Place.File)
		lines = append(lines, f.String())
	}
	return lines
}
