package hosttest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// readLenient reads a JSON object from a file as Newtonsoft does: with comments, trailing commas and a
// byte order mark.
func readLenient(file string) (object, error) {
	src, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	o, err := parseLenient(src)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return o, nil
}

func parseLenient(src []byte) (object, error) {
	var doc json.RawMessage
	if err := json.Unmarshal(strict(bytes.TrimPrefix(src, []byte("\ufeff"))), &doc); err != nil {
		return nil, err
	}
	return parseObject(doc)
}

// strict blanks out what JSON does not allow.
func strict(src []byte) []byte {
	out := bytes.Clone(src)
	comma := -1 // a comma after which nothing but blanks came
	for i := 0; i < len(out); i++ {
		switch c := out[i]; {
		case c == '"':
			i, comma = endOfString(out, i), -1
		case c == '/' && i+1 < len(out) && (out[i+1] == '/' || out[i+1] == '*'):
			i = blankComment(out, i)
		case c == ',':
			comma = i
		case c == '}' || c == ']':
			if comma >= 0 {
				out[comma] = ' '
			}
			comma = -1
		case !strings.ContainsRune(" \t\r\n", rune(c)):
			comma = -1
		}
	}
	return out
}

func endOfString(src []byte, i int) int {
	for i++; i < len(src) && src[i] != '"'; i++ {
		if src[i] == '\\' {
			i++
		}
	}
	return i
}

// blankComment overwrites the comment at i and returns its last byte.
func blankComment(src []byte, i int) int {
	end := bytes.IndexByte(src[i:], '\n')
	if src[i+1] == '*' {
		if end = bytes.Index(src[i+2:], []byte("*/")); end >= 0 {
			end += 4
		}
	}
	if end < 0 {
		end = len(src) - i
	}
	for j := i; j < i+end; j++ {
		if src[j] != '\n' {
			src[j] = ' '
		}
	}
	return i + end - 1
}

var timeSpan = regexp.MustCompile(`^(?:(\d+)\.)?(\d+):(\d+):(\d+(?:\.\d+)?)$`)

// parseTimeSpan reads [d.]hh:mm:ss[.fraction].
func parseTimeSpan(s string) (time.Duration, error) {
	m := timeSpan.FindStringSubmatch(s)
	if m == nil {
		return 0, fmt.Errorf("%q is not a TimeSpan such as 00:05:00", s)
	}
	var seconds float64
	for i, unit := range []float64{86400, 3600, 60, 1} {
		if m[i+1] == "" {
			continue
		}
		n, err := strconv.ParseFloat(m[i+1], 64)
		if err != nil {
			return 0, err
		}
		seconds += n * unit
	}
	return time.Duration(seconds * float64(time.Second)), nil
}

func lower(s string) string { return strings.ToLower(s) }
