package pack

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// ignoreFile says what stays out of a package, with the syntax of .gitignore (host-spec 4.4).
const ignoreFile = ".funcignore"

// ignored is what stays out. Of several rules that fit, the last one counts.
type ignored struct{ rules []*rule }

// readIgnored reads .funcignore, if there is one. A pattern that cannot be read is reported, since what it
// was to leave out may be a secret.
func (c *collector) readIgnored() error {
	own, _ := parseRules(unwanted)
	for _, r := range own {
		r.line = 0 // it stands in no file
	}
	c.ignored = &ignored{own}
	src, err := os.ReadFile(filepath.Join(c.cfg.Dir, ignoreFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	rules, broken := parseRules(string(src))
	for _, line := range broken {
		c.report(diag.BadIgnorePath, c.place(ignoreFile, line), "close the bracket, or put a backslash before it", "this pattern cannot be read")
	}
	c.ignored.rules = append(c.ignored.rules, rules...)
	return nil
}

// leavesOut returns the rule that leaves out a file or folder, or a folder it is in, nil when none does. As
// in git, what is in a folder left out cannot be taken in again.
func (i *ignored) leavesOut(name string, isDir bool) *rule {
	parts := strings.Split(name, "/")
	for n := range parts {
		if r := i.last(parts[:n+1], isDir || n+1 < len(parts)); r != nil && !r.takesIn {
			return r
		}
	}
	return nil
}

// last returns the rule that decides about a name, nil when none fits.
func (i *ignored) last(parts []string, isDir bool) *rule {
	for _, r := range slices.Backward(i.rules) {
		if (isDir || !r.foldersOnly) && matches(r.pattern, parts) {
			return r
		}
	}
	return nil
}
