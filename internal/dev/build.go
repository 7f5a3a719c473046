// Package dev builds, starts, awaits and stops the program that wpsgen dev runs, and watches sources.
package dev

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// MainPackage returns the import path of the one main package in dir or below it. A main package in
// dir itself is taken whatever else there is; otherwise several, or none, are an error that names them.
func MainPackage(ctx context.Context, dir string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-find", "-f", "{{.Name}}\t{{.ImportPath}}\t{{.Dir}}", "./...")
	cmd.Dir = dir
	out, err := output(cmd)
	if err != nil {
		return "", err
	}
	var mains []string
	for line := range strings.Lines(string(out)) {
		name, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		path, folder, _ := strings.Cut(rest, "\t")
		if name != "main" {
			continue
		}
		if folder == dir {
			return path, nil
		}
		mains = append(mains, path)
	}
	switch len(mains) {
	case 0:
		return "", fmt.Errorf("%s has no main package; write one that calls wps.Main(Functions())", dir)
	case 1:
		return mains[0], nil
	}
	return "", fmt.Errorf("%s has several main packages: %s; name the folder of one", dir, strings.Join(mains, ", "))
}

// Build compiles a main package into the file program. The error carries what the compiler said.
func Build(ctx context.Context, dir, pkg, program string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-o", program, pkg)
	cmd.Dir = dir
	_, err := output(cmd)
	return err
}

// output runs a command and makes its error of what it printed.
func output(cmd *exec.Cmd) ([]byte, error) {
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err := cmd.Run()
	if err == nil {
		return out.Bytes(), nil
	}
	var exit *exec.ExitError
	if said := strings.TrimSpace(errOut.String()); errors.As(err, &exit) && said != "" {
		return nil, errors.New(said)
	}
	return nil, fmt.Errorf("%s: %w", strings.Join(cmd.Args[:2], " "), err)
}

// Workspace returns the go.work file that a folder's module is in, "" when there is none.
func Workspace(ctx context.Context, dir string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", "env", "GOWORK")
	cmd.Dir = dir
	out, err := output(cmd)
	file := strings.TrimSpace(string(out))
	if file == "off" {
		file = ""
	}
	return file, err
}

// SourceFolders returns the folders of the packages a main package is built from, save those of the
// standard library and of the module cache, which nobody edits.
func SourceFolders(ctx context.Context, dir, pkg string) ([]string, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-deps", "-f", "{{if not .Standard}}{{.Dir}}{{end}}", pkg)
	cmd.Dir = dir
	out, err := output(cmd)
	if err != nil {
		return nil, err
	}
	env := exec.CommandContext(ctx, "go", "env", "GOMODCACHE")
	env.Dir = dir
	cache, err := output(env)
	if err != nil {
		return nil, err
	}
	prefix := strings.TrimSpace(string(cache)) + string(filepath.Separator)
	var folders []string
	for line := range strings.Lines(string(out)) {
		if folder := strings.TrimSpace(line); folder != "" && !strings.HasPrefix(folder, prefix) {
			folders = append(folders, folder)
		}
	}
	return folders, nil
}
