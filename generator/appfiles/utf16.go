package appfiles

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// Byte order marks of UTF-16, which some shells write and the host reads by its mark alone.
var (
	littleEndianMark = []byte("\xff\xfe")
	bigEndianMark    = []byte("\xfe\xff")
)

// IsUTF16 reports whether a file is UTF-16, so that offsets in its text are none in the file.
func IsUTF16(src []byte) bool {
	return bytes.HasPrefix(src, littleEndianMark) || bytes.HasPrefix(src, bigEndianMark)
}

// fromUTF16 returns the text of such a file, without its mark. Half a character at its end is left out.
func fromUTF16(src []byte) []byte {
	var order binary.ByteOrder = binary.LittleEndian
	if bytes.HasPrefix(src, bigEndianMark) {
		order = binary.BigEndian
	}
	units := make([]uint16, 0, len(src)/2)
	for src = src[2:]; len(src) >= 2; src = src[2:] {
		units = append(units, order.Uint16(src))
	}
	return []byte(string(utf16.Decode(units)))
}
