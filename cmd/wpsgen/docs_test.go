package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// markdownFile is a page for people.
type markdownFile struct {
	path  string // from the root of the repository
	lines []string
}

// markdownFiles are all pages of the repository.
func markdownFiles(t *testing.T) []markdownFile {
	t.Helper()
	root := filepath.Dir(docs)
	var files []markdownFile
	add := func(path string) {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, markdownFile{filepath.ToSlash(rel), strings.Split(string(src), "\n")})
	}
	top, err := filepath.Glob(filepath.Join(root, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range top {
		add(path)
	}
	err = filepath.WalkDir(docs, func(path string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".md" {
			add(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// block is a fenced block of a page.
type block struct {
	language string
	before   string // the last line of prose before it
	line     int    // of its first line of text
	lines    []string
}

func (b block) text() string { return strings.Join(b.lines, "\n") + "\n" }

// split parts a page into its blocks and its prose, in which lines of blocks are empty.
func (f markdownFile) split() (blocks []block, prose []string) {
	prose = make([]string, len(f.lines))
	var open *block
	before := ""
	for i, line := range f.lines {
		language, fence := strings.CutPrefix(line, "```")
		switch {
		case fence && open == nil:
			open = &block{language: language, before: before, line: i + 2}
		case fence:
			blocks, open = append(blocks, *open), nil
		case open != nil:
			open.lines = append(open.lines, line)
		default:
			prose[i] = line
			if strings.TrimSpace(line) != "" {
				before = line
			}
		}
	}
	return blocks, prose
}

// anchors are the places of a page that links can lead to.
func (f markdownFile) anchors() map[string]bool {
	found := make(map[string]bool)
	_, prose := f.split()
	for _, line := range prose {
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			found[slug(title)] = true
		}
	}
	return found
}

// slug is the anchor that GitHub gives a heading.
func slug(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

var (
	link     = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	codeSpan = regexp.MustCompile("`[^`]*`")
)

// TestDocLinks follows every link within the repository.
func TestDocLinks(t *testing.T) {
	anchors := make(map[string]map[string]bool)
	files := markdownFiles(t)
	for _, f := range files {
		anchors[f.path] = f.anchors()
	}
	followed := 0
	for _, f := range files {
		_, prose := f.split()
		for i, line := range prose {
			for _, m := range link.FindAllStringSubmatch(codeSpan.ReplaceAllStringFunc(line, hideLinks), -1) {
				if strings.Contains(m[1], "://") {
					continue
				}
				followed++
				target, anchor, _ := strings.Cut(m[1], "#")
				to := f.path
				if target != "" {
					to = filepath.ToSlash(filepath.Join(filepath.Dir(f.path), target))
				}
				if _, err := os.Stat(filepath.Join(filepath.Dir(docs), to)); err != nil {
					t.Errorf("%s:%d: %s leads nowhere", f.path, i+1, m[1])
				} else if anchor != "" && !anchors[to][anchor] {
					t.Errorf("%s:%d: %s has no heading for #%s", f.path, i+1, to, anchor)
				}
			}
		}
	}
	if followed < 50 {
		t.Errorf("only %d links were found", followed)
	}
}

// hideLinks keeps code from being read as a link, but not as the text of one.
func hideLinks(code string) string { return strings.ReplaceAll(code, "](", "") }

// TestDocIndex makes sure that every page of docs can be found from its index.
func TestDocIndex(t *testing.T) {
	index, err := os.ReadFile(filepath.Join(docs, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range markdownFiles(t) {
		name, ok := strings.CutPrefix(f.path, "docs/")
		if ok && name != "README.md" && !strings.Contains(string(index), "]("+name+")") {
			t.Errorf("docs/README.md does not name %s", name)
		}
	}
}
