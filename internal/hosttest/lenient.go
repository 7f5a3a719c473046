package hosttest

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/wpsgen/wpsgen/internal/jsonio"
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
	if err := json.Unmarshal(jsonio.Standardize(src), &doc); err != nil {
		return nil, err
	}
	return parseObject(doc)
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
