// Package gomod lets a module build against wpsgen: its go.mod requires it, has it as a tool and, while wpsgen is
// run from a checkout, finds it there.
package gomod

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"golang.org/x/mod/modfile"
)

// Names of wpsgen's module and its program.
const (
	Module = "github.com/wpsgen/wpsgen"
	Tool   = Module + "/cmd/wpsgen"
)

// GoVersion is the version of Go that wpsgen's module asks for.
const GoVersion = "1.26.0"

// checkoutVersion is the version that a module requires of what it replaces.
const checkoutVersion = "v0.0.0"

// Source is where a module is to get wpsgen from.
type Source struct {
	// Version is what go.mod is to require.
	Version string
	// Dir is the folder of the checkout that go.mod is to put in its place; "" for a published version.
	Dir string
}

// Find returns where the wpsgen that runs comes from: the version that was downloaded, else the checkout it was
// built in. The checkout is where override says, else where the program's sources were, else the module around
// dir. The error says how to name it.
func Find(ctx context.Context, override, dir string) (Source, error) {
	if override != "" {
		return checkout(override)
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		if v := published(info); v != "" {
			return Source{Version: v}, nil
		}
	}
	if _, file, _, ok := runtime.Caller(0); ok {
		if s, err := checkout(filepath.Join(filepath.Dir(file), "..", "..")); err == nil {
			return s, nil
		}
	}
	if root, err := Root(ctx, dir); err == nil && root != "" {
		if s, err := checkout(root); err == nil {
			return s, nil
		}
	}
	return Source{}, errors.New("this wpsgen was built from a checkout that cannot be found any more; name its folder with --replace")
}

// published returns the version of wpsgen in a program if it was downloaded, which its checksum shows.
func published(info *debug.BuildInfo) string {
	for _, m := range append(info.Deps, &info.Main) {
		if m.Path == Module && m.Replace == nil && m.Sum != "" {
			return m.Version
		}
	}
	return ""
}

// checkout returns a folder as a source if it holds wpsgen's module.
func checkout(dir string) (Source, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return Source{}, err
	}
	src, err := os.ReadFile(filepath.Join(dir, modFile))
	if err != nil {
		return Source{}, fmt.Errorf("%s is no checkout of wpsgen: %w", dir, err)
	}
	if modfile.ModulePath(src) != Module {
		return Source{}, fmt.Errorf("%s is no checkout of wpsgen: its go.mod is that of %s", dir, modfile.ModulePath(src))
	}
	return Source{checkoutVersion, dir}, nil
}
