package diag

import "unicode/utf8"

// ByteColumn turns a column counted in characters, as YAML's parser does, into one counted in bytes.
// Both count from 1; a column behind the line's end stands at the end.
func ByteColumn(line []byte, column int) int {
	bytes := 1
	for range column - 1 {
		_, size := utf8.DecodeRune(line)
		line = line[size:]
		bytes += size
	}
	return bytes
}
