package suggest

import "testing"

func TestNearest(t *testing.T) {
	events := []string{"connect", "connected", "disconnected"}
	methods := []string{"get", "post", "put", "delete", "head", "patch", "options", "trace"}
	for _, test := range []struct {
		word       string
		candidates []string
		want       string
	}{
		{"conntected", events, "connected"},
		{"disconnect", events, "disconnected"},
		{"Connect", events, "connect"},
		{"conect", events, "connect"},
		{"message", events, ""},
		{"option", methods, "options"},
		{"gte", methods, "get"},
		{"psot", methods, "post"},
		{"poll", methods, ""},
		{"xyz", methods, ""},
		{"", methods, ""},
		{"anon", []string{"anonymous", "function", "admin"}, "anonymous"},
		{"con", events, ""},
		{"di", events, ""},
		{"ub", []string{"hub"}, "hub"},
		{"hub", nil, ""},
		{"naïve", []string{"naive"}, "naive"},
		{"ab", []string{"abc", "abd"}, "abc"},
	} {
		if got := Nearest(test.word, test.candidates); got != test.want {
			t.Errorf("Nearest(%q, %q) = %q, want %q", test.word, test.candidates, got, test.want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"abc", "abc", 0},
		{"abc", "acb", 1}, // a swap is one edit
		{"ca", "abc", 3},  // restricted: no stretch is edited twice
		{"kitten", "sitting", 3},
		{"é", "e", 1},
	} {
		if got := distance(test.a, test.b); got != test.want {
			t.Errorf("distance(%q, %q) = %d, want %d", test.a, test.b, got, test.want)
		}
	}
}
