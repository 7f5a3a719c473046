package vectors

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Absent stands for a member that must not be there.
const Absent = "<absent>"

// Same compares two JSON values, whatever their layout and order of members.
func Same(want, got json.RawMessage) error {
	w, g, err := decodeBoth(want, got)
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(w, g) {
		return fmt.Errorf("got %s, want %s", got, want)
	}
	return nil
}

// Subset checks that all that want has is in got, too. Lists must be equal but for their objects' members.
func Subset(want, got json.RawMessage) error {
	w, g, err := decodeBoth(want, got)
	if err != nil {
		return err
	}
	return subset("", w, g, exact)
}

// FoldSubset is Subset where the names of members ignore case.
func FoldSubset(want, got json.RawMessage) error {
	w, g, err := decodeBoth(want, got)
	if err != nil {
		return err
	}
	return subset("", w, g, fold)
}

func decodeBoth(want, got json.RawMessage) (w, g any, err error) {
	if err := json.Unmarshal(want, &w); err != nil {
		return nil, nil, fmt.Errorf("want %s: %w", want, err)
	}
	if err := json.Unmarshal(got, &g); err != nil {
		return nil, nil, fmt.Errorf("got %s: %w", got, err)
	}
	return w, g, nil
}

type lookup func(m map[string]any, key string) (any, bool)

func exact(m map[string]any, key string) (any, bool) {
	v, ok := m[key]
	return v, ok
}

func fold(m map[string]any, key string) (any, bool) {
	for k, v := range m {
		if strings.EqualFold(k, key) {
			return v, true
		}
	}
	return nil, false
}

func subset(path string, want, got any, find lookup) error {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return fmt.Errorf("%s: got %v, want an object", path, got)
		}
		for _, key := range slices.Sorted(maps.Keys(w)) {
			value, ok := find(g, key)
			switch {
			case w[key] == Absent && ok:
				return fmt.Errorf("%s.%s is there: %v", path, key, value)
			case w[key] == Absent:
			case !ok:
				return fmt.Errorf("%s.%s is missing", path, key)
			default:
				if err := subset(path+"."+key, w[key], value, find); err != nil {
					return err
				}
			}
		}
		return nil
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return fmt.Errorf("%s: got %v, want %v", path, got, want)
		}
		for i := range w {
			if err := subset(fmt.Sprintf("%s[%d]", path, i), w[i], g[i], find); err != nil {
				return err
			}
		}
		return nil
	}
	if !reflect.DeepEqual(want, got) {
		return fmt.Errorf("%s: got %v, want %v", path, got, want)
	}
	return nil
}
