package gomod

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/internal/dev"
)

// Plan says what a folder's module lacks to build against wpsgen.
type Plan struct {
	// Root is the module's folder.
	Root string
	// ImportPath is that of the package in the folder asked for.
	ImportPath string
	// IsNew tells that there is no module yet.
	IsNew bool
	// Checkout is the folder that go.mod comes to find wpsgen in, "" when it finds a published version or has a
	// replacement already.
	Checkout string
	// Changes are those of go.mod and go.work.
	Changes []generator.Change

	dir string
}

// NewPlan looks for the module of a folder, which need not be there yet: its own, or the one around it. Where there
// is none, or modulePath names one and the folder has none of its own, one is planned, called modulePath or after
// the folder. Wpsgen's own module is nobody else's. Where wpsgen comes from is looked for, see [Find], unless the module
// says so and replace does not. Nothing is written.
func NewPlan(ctx context.Context, dir, modulePath, replace string) (*Plan, error) {
	p := &Plan{Root: dir, dir: dir}
	src, err := p.findModule(ctx, modulePath)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(p.Root, modFile)
	text := src
	if p.IsNew = src == nil; p.IsNew {
		if modulePath == "" {
			modulePath = DefaultPath(dir)
		}
		if text, err = New(modulePath); err != nil {
			return nil, err
		}
	} else if own := Path(src); modulePath != "" && own != modulePath {
		return nil, fmt.Errorf("%s is that of module %s; leave out --module", file, own)
	}
	var s Source
	if replace != "" || !Requires(text) {
		if s, err = Find(ctx, replace, dir); err != nil {
			return nil, err
		}
	}
	before := text
	if text, err = Edit(file, text, s); err != nil {
		return nil, err
	}
	if !bytes.Equal(before, text) && checkoutIn(file, before) == "" {
		p.Checkout = checkoutIn(file, text)
	}
	p.change(file, src, text)
	rel, err := filepath.Rel(p.Root, dir)
	if err != nil {
		return nil, err
	}
	p.ImportPath = path.Join(Path(text), filepath.ToSlash(rel))
	return p, p.planWork(ctx)
}

// findModule finds the module's folder and reads its go.mod, nil when a new one is wanted.
func (p *Plan) findModule(ctx context.Context, modulePath string) ([]byte, error) {
	src, err := readIfThere(filepath.Join(p.dir, modFile))
	if src != nil || err != nil || modulePath != "" {
		return src, err
	}
	root, err := Root(ctx, p.dir)
	if root == "" || err != nil {
		return nil, err
	}
	src, err = readIfThere(filepath.Join(root, modFile))
	if err != nil || Path(src) == Module {
		return nil, err
	}
	p.Root = root
	return src, nil
}

// planWork plans the change of the workspace that the module is in, if it is in one.
func (p *Plan) planWork(ctx context.Context) error {
	file, err := dev.Workspace(ctx, nearestFolder(p.dir))
	if file == "" || err != nil {
		return err
	}
	src, err := readIfThere(file)
	if src == nil || err != nil {
		return err
	}
	text, err := EditWork(file, src, p.Root)
	if err != nil {
		return err
	}
	p.change(file, src, text)
	return nil
}

func (p *Plan) change(file string, src, text []byte) {
	if !bytes.Equal(src, text) {
		p.Changes = append(p.Changes, generator.Change{Path: file, Old: src, New: text})
	}
}

// Write writes the changes.
func (p *Plan) Write() error { return write(p.Changes) }

func write(changes []generator.Change) error { return (&generator.Result{Changes: changes}).Write() }

// DefaultPath is the path that a module gets which nobody has named.
func DefaultPath(dir string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', strings.ContainsRune("-._", r):
			return r
		}
		return '-'
	}, strings.ToLower(filepath.Base(dir)))
	if name = strings.Trim(name, "-._"); name == "" {
		name = "app"
	}
	return "example.com/" + name
}

// readIfThere reads a file, nil for one that is not there.
func readIfThere(path string) ([]byte, error) {
	src, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if src == nil && err == nil {
		src = []byte{}
	}
	return src, err
}
