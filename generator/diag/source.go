package diag

import (
	"bytes"
	"os"
)

// Sources reads lines of files, each file once. The zero value reads from disk.
type Sources struct {
	files map[string][][]byte
}

// Line returns a line of a file, counted from 1, without its end; false when there is no such line or the
// file cannot be read.
func (s *Sources) Line(file string, line int) ([]byte, bool) {
	lines := s.lines(file)
	if line < 1 || line > len(lines) {
		return nil, false
	}
	return bytes.TrimSuffix(lines[line-1], []byte("\r")), true
}

func (s *Sources) lines(file string) [][]byte {
	if lines, ok := s.files[file]; ok {
		return lines
	}
	var lines [][]byte
	if info, err := os.Stat(file); !holdsSecrets(file) && err == nil && info.Mode().IsRegular() {
		// Columns in a file of UTF-16 are not those of its bytes, and secrets are not found among them.
		if src, err := os.ReadFile(file); err == nil && !bytes.HasPrefix(src, []byte("\xff\xfe")) && !bytes.HasPrefix(src, []byte("\xfe\xff")) {
			lines = bytes.Split(src, []byte("\n"))
		}
	}
	if s.files == nil {
		s.files = make(map[string][][]byte)
	}
	s.files[file] = lines
	return lines
}
