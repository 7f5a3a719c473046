package importer_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/wpsgen/wpsgen/generator/gomod"
	"github.com/wpsgen/wpsgen/generator/importer"
)

const timer = `{"bindings": [{"type": "timerTrigger", "direction": "in", "name": "t", "schedule": "0 */5 * * * *"}]}`

// staged imports an app with two timers.
func staged(t *testing.T, inPlace bool) (dir, target string, s *importer.Stage) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "app")
	write(t, filepath.Join(dir, "a", "function.json"), timer)
	write(t, filepath.Join(dir, "b", "function.json"), timer)
	result, err := importer.Run(importer.Config{Dir: dir, InPlace: inPlace, Runtime: own(t)})
	if err != nil {
		t.Fatal(err)
	}
	target = dir
	if !inPlace {
		target = filepath.Join(t.TempDir(), "new", "app")
	}
	if s, err = result.Stage(target, nil); err != nil {
		t.Fatal(err)
	}
	return dir, target, s
}

// TestCommitInPlaceFails: when a file cannot be written, those written before it are what they were.
func TestCommitInPlaceFails(t *testing.T) {
	dir, _, s := staged(t, true)
	write(t, filepath.Join(dir, "main.go", "in", "the", "way"), "")
	before := tree(t, dir)
	if err := s.Commit(); err == nil {
		t.Fatal("a folder was overwritten")
	}
	if after := tree(t, dir); after != before {
		t.Errorf("there was\n%s, and now is\n%s", before, after)
	}
}

// TestCommitFails: a folder that has been filled meanwhile stays as it is, and nothing lies beside it.
func TestCommitFails(t *testing.T) {
	_, target, s := staged(t, false)
	write(t, filepath.Join(target, "mine"), "")
	before := tree(t, filepath.Dir(target))
	if err := s.Commit(); err == nil {
		t.Fatal("a folder was overwritten")
	}
	if after := tree(t, filepath.Dir(target)); after != before {
		t.Errorf("there was\n%s, and now is\n%s", before, after)
	}
}

// TestCommitModes: settings are for their owner alone, all else is for everybody.
func TestCommitModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such permissions")
	}
	_, target, s := staged(t, false)
	if err := s.Commit(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{"": 0o755, "a": 0o755, "main.go": 0o644, "wps_gen.go": 0o644, "local.settings.json": 0o600} {
		info, err := os.Stat(filepath.Join(target, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got&^0o022 != want&^0o022 {
			t.Errorf("%s has the mode %v, want %v", name, got, want)
		}
	}
}

// tree is what a folder has in it, with the texts of its files.
func tree(t *testing.T, dir string) string {
	t.Helper()
	text := ""
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			text += path + "/\n"
			return err
		}
		src, err := os.ReadFile(path)
		text += path + ": " + string(src) + "\n"
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestStageOffline: an app is generated wherever its runtime comes from, without asking for it.
func TestStageOffline(t *testing.T) {
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOFLAGS", "-mod=vendor")
	for _, from := range []gomod.Source{{}, {Version: "v0.99.0"}, own(t)} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "a", "function.json"), timer)
		result, err := importer.Run(importer.Config{Dir: dir, Runtime: from})
		if err != nil {
			t.Fatal(err)
		}
		stage, err := result.Stage(filepath.Join(dir, "new"), nil)
		if err != nil || len(stage.Findings) > 0 {
			t.Errorf("%+v: %v, %v", from, err, stage)
		}
	}
}
