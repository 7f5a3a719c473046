package hosted

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/project"
)

// App is an app as it is deployed: its folder with function.json files, host.json and the program.
type App struct {
	// Dir is the folder.
	Dir   string
	model *generator.App
}

// Build makes an app of this module ready for a form, in an empty folder of its own that is given. For
// Trigger it is the app as it stands, which must be up to date; for the others wpsgen generates it anew,
// host.json included. The program is where host.json says.
func Build(ctx context.Context, source, dir string, form Form) (*App, error) {
	if err := copyApp(source, dir); err != nil {
		return nil, err
	}
	if form != Trigger {
		if err := errors.Join(
			os.WriteFile(filepath.Join(dir, project.File), []byte("upstream: http\n"), 0o600),
			os.Remove(filepath.Join(dir, appfiles.HostFile)),
		); err != nil {
			return nil, err
		}
	}
	model, err := generate(dir, form)
	if err != nil {
		return nil, err
	}
	if form == Forwarding {
		if err := forwardInstead(filepath.Join(dir, appfiles.HostFile)); err != nil {
			return nil, err
		}
	}
	return &App{Dir: dir, model: model}, buildProgram(ctx, dir, filepath.Base(source))
}

// Open builds the program of an app that is a module of its own and up to date, where its host.json says.
func Open(ctx context.Context, dir string) (*App, error) {
	model, err := generate(dir, Trigger)
	if err != nil {
		return nil, err
	}
	src, err := os.ReadFile(filepath.Join(dir, appfiles.HostFile))
	if err != nil {
		return nil, err
	}
	host, err := appfiles.Read(appfiles.HostFile, src)
	if err != nil {
		return nil, err
	}
	program := host.Root.Find("customHandler", "description", "defaultExecutablePath").String()
	return &App{Dir: dir, model: model}, buildProgram(ctx, dir, program)
}

// buildProgram builds the program of the app in a folder.
func buildProgram(ctx context.Context, dir, program string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-o", program)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}

// generate brings the files of the app in a folder up to date. Those of an app that is to run as it
// stands must be.
func generate(dir string, form Form) (*generator.App, error) {
	result, err := generator.Run(generator.Config{Dir: dir, Env: append(os.Environ(), "GOWORK=off")})
	if err != nil {
		return nil, err
	}
	mistakes := slices.DeleteFunc(result.Findings, func(f diag.Finding) bool { return f.Severity() != diag.Error })
	var findings strings.Builder
	if err := diag.WriteText(&findings, mistakes, dir); err != nil {
		return nil, err
	}
	switch {
	case findings.Len() > 0:
		return nil, errors.New(findings.String())
	case len(result.Apps) != 1:
		return nil, fmt.Errorf("%s holds %d apps, want one", dir, len(result.Apps))
	case form == Trigger && len(result.Changes) > 0:
		return nil, fmt.Errorf("%s is not up to date; run wpsgen generate", result.Changes[0].Path)
	}
	return result.Apps[0], result.Write()
}

// forwardInstead has the host send requests on whole in place of streaming them.
func forwardInstead(hostFile string) error {
	src, err := os.ReadFile(hostFile)
	if err != nil {
		return err
	}
	changed := bytes.Replace(src, []byte("enableProxyingHttpRequest"), []byte("enableForwardingHttpRequest"), 1)
	if bytes.Equal(src, changed) {
		return fmt.Errorf("%s does not enable proxying", hostFile)
	}
	return os.WriteFile(hostFile, changed, 0o600)
}
