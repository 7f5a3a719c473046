package route

import "testing"

func TestSharesMethod(t *testing.T) {
	for _, tt := range []struct {
		a, b []string
		want bool
	}{
		{nil, nil, true},
		{nil, []string{"get"}, true},
		{[]string{"get"}, nil, true},
		{[]string{"get"}, []string{"post", "GET"}, true},
		{[]string{"get", "options"}, []string{"post"}, false},
	} {
		if got := SharesMethod(tt.a, tt.b); got != tt.want {
			t.Errorf("%q and %q: %t", tt.a, tt.b, got)
		}
	}
}
