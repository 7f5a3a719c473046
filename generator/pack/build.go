package pack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// Target is a system that programs are built for, in the words of the go command.
type Target struct{ OS, Arch string }

// Systems that the Functions host runs on.
const (
	linux   = "linux"
	windows = "windows"
)

// DefaultTarget is what Azure runs unless it is told otherwise.
func DefaultTarget() Target { return Target{linux, "amd64"} }

// ParseTarget reads a target written as os/arch. The error names what is wrong with it.
func ParseTarget(text string) (Target, error) {
	system, arch, ok := strings.Cut(text, "/")
	if !ok || arch == "" {
		return Target{}, fmt.Errorf("a target is written like %s, not %q", DefaultTarget(), text)
	}
	t := Target{system, arch}
	return t, t.Check()
}

// Check returns an error when the Functions host does not run on the target's system. Whether there is such
// a processor is for the go command to say.
func (t Target) Check() error {
	if t.OS != linux && t.OS != windows {
		return fmt.Errorf("the Functions host runs apps on %s and %s, not on %q", linux, windows, t.OS)
	}
	return nil
}

// String returns os/arch.
func (t Target) String() string { return t.OS + "/" + t.Arch }

// Build compiles a main package, named by its import path, from an app's folder into the file program. The
// same sources give the same bytes wherever they lie, and nothing of the machine is in them (host-spec 4.4).
// Flags of the environment's GOFLAGS count. The error carries what the compiler said.
func Build(ctx context.Context, t Target, dir, pkg, program string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", program, pkg)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+t.OS, "GOARCH="+t.Arch)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	if said := strings.TrimSpace(out.String()); errors.As(err, &exit) && said != "" {
		return errors.New(said)
	}
	return err
}
