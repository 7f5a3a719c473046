package hosted

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// module is wpsgen's own.
const module = "github.com/wpsgen/wpsgen"

// copyApp makes a folder a module of its own that holds a copy of an app of this one, with the same
// versions of everything.
func copyApp(source, dir string) error {
	root, err := moduleRoot(source)
	if err != nil {
		return err
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return err
	}
	_, requirements, ok := bytes.Cut(mod, []byte("module "+module+"\n"))
	if !ok {
		return fmt.Errorf("%s is not the module %s", root, module)
	}
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		return err
	}
	head := fmt.Sprintf("module example.com/%s\n\nrequire %s v0.0.0\n\nreplace %s => %s\n", filepath.Base(source), module, module, root)
	return errors.Join(
		os.CopyFS(dir, os.DirFS(source)),
		os.WriteFile(filepath.Join(dir, "go.mod"), append([]byte(head), requirements...), 0o600),
		os.WriteFile(filepath.Join(dir, "go.sum"), sum, 0o600),
	)
}

// moduleRoot returns the folder of the module that a folder lies in.
func moduleRoot(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("there is no go.mod here or above")
		}
		dir = parent
	}
}
