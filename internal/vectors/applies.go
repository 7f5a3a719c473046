package vectors

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// followed is the version of the extension that the runtime and the stand-in follow (extension-spec, versions).
var followed = []int{1, 11, 0}

// applies reports whether a vector is about the version that is followed: what it expects may say with
// appliesTo that it holds for others alone, as in ">=1.10.2" or "<1.10.2". What is not of that form holds for all.
func applies(vector json.RawMessage) bool {
	var v struct {
		Expected json.RawMessage
	}
	var e struct{ AppliesTo string }
	if json.Unmarshal(vector, &v) != nil || json.Unmarshal(v.Expected, &e) != nil {
		return true
	}
	text := strings.TrimSpace(e.AppliesTo)
	version := strings.TrimLeft(text, "<>= ")
	bound, ok := versionOf(version)
	if !ok {
		return true
	}
	order := slices.Compare(followed, bound)
	switch strings.TrimSpace(strings.TrimSuffix(text, version)) {
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	case ">=":
		return order >= 0
	}
	return order == 0
}

// versionOf reads numbers with points between them.
func versionOf(text string) ([]int, bool) {
	var version []int
	for part := range strings.SplitSeq(text, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil, false
		}
		version = append(version, n)
	}
	return version, true
}
