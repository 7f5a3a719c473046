package gomod

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/wpsgen/wpsgen/generator"
)

// Root returns the folder of the module around a folder, "" when there is none. The folder itself need not be
// there.
func Root(ctx context.Context, dir string) (string, error) {
	out, err := run(ctx, nearestFolder(dir), nil, "env", "GOMOD")
	if err != nil || out == "" || out == os.DevNull {
		return "", err
	}
	return filepath.Dir(out), nil
}

// nearestFolder returns the folder itself if it is there, else the nearest one upwards that is.
func nearestFolder(dir string) string {
	for dir != filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			break
		}
		dir = filepath.Dir(dir)
	}
	return dir
}

// Complete makes the go.mod and go.sum of the module around a package's folder name all modules that the package,
// its tests and, if the module has it, the tool need, and leaves what is there. While wpsgen is replaced by a
// checkout, the checksums of that are taken over, so that with the modules downloaded no network is needed. The error
// is what the go command says.
func Complete(ctx context.Context, dir string) error {
	root, err := Root(ctx, dir)
	if err != nil {
		return err
	}
	file := filepath.Join(root, modFile)
	src, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	f, err := modfile.Parse(file, src, nil)
	if err != nil || f.Module.Mod.Path == Module {
		return err
	}
	packages := []string{"."}
	if hasTool(f) {
		packages = append(packages, Tool)
	}
	sums, err := readIfThere(filepath.Join(root, sumFile))
	if err != nil {
		return err
	}
	if sums == nil || list(ctx, dir, packages...) != nil {
		if err := takeSums(root, checkoutOf(file, f)); err != nil {
			return err
		}
		if err := list(ctx, dir, packages...); err != nil {
			return err
		}
	}
	if now, err := os.ReadFile(file); err != nil || bytes.Equal(now, src) {
		return err
	}
	listElsewhere(ctx, dir, packages[1:])
	return nil
}

// list lets the go command add what packages and their tests lack. In a workspace it would add nothing.
func list(ctx context.Context, dir string, packages ...string) error {
	_, err := run(ctx, dir, nil, append([]string{"list", "-mod=mod", "-deps", "-test"}, packages...)...)
	return err
}

// listElsewhere adds what the tool needs on other systems, for colleagues who have them. Where that has not been
// downloaded and cannot be, it is not needed here, either.
func listElsewhere(ctx context.Context, dir string, tools []string) {
	for _, system := range []string{"linux", "windows", "darwin"} {
		if system != runtime.GOOS && len(tools) > 0 {
			_, _ = run(ctx, dir, []string{"GOOS=" + system}, append([]string{"list", "-mod=mod", "-deps"}, tools...)...)
		}
	}
}

// IsVendored reports whether the module around a folder keeps its dependencies in vendor, where the go command
// wants them as go.mod has them.
func IsVendored(ctx context.Context, dir string) bool {
	root, err := Root(ctx, dir)
	if err != nil || root == "" {
		return false
	}
	_, err = os.Stat(filepath.Join(root, "vendor", "modules.txt"))
	return err == nil
}

// run runs the go command and makes its error of what it printed.
func run(ctx context.Context, dir string, env []string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), "GOWORK=off"), env...)
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err := cmd.Run()
	if said := strings.TrimSpace(errOut.String()); err != nil && said != "" {
		err = errors.New(said)
	}
	if err != nil {
		return "", fmt.Errorf("go %s: %w", args[0], err)
	}
	return strings.TrimSpace(out.String()), nil
}

// takeSums adds the checksums of a checkout to those of a module.
func takeSums(root, checkout string) error {
	if checkout == "" {
		return nil
	}
	sums, err := os.ReadFile(filepath.Join(checkout, sumFile))
	if err != nil {
		return err
	}
	path := filepath.Join(root, sumFile)
	old, err := readIfThere(path)
	if err != nil {
		return err
	}
	return write([]generator.Change{{Path: path, Old: old, New: append(old[:len(old):len(old)], lacking(old, sums)...)}})
}

// lacking returns the lines of a go.sum that another one has and it lacks, ready to stand behind its own.
func lacking(old, other []byte) []byte {
	has := make(map[string]bool)
	for line := range bytes.Lines(old) {
		has[strings.TrimSpace(string(line))] = true
	}
	var lines []byte
	if len(old) > 0 && !bytes.HasSuffix(old, []byte("\n")) {
		lines = append(lines, '\n')
	}
	for line := range bytes.Lines(other) {
		if text := strings.TrimSpace(string(line)); text != "" && !has[text] {
			lines = append(append(lines, text...), '\n')
		}
	}
	return lines
}
