package emulator

import "testing"

func TestPattern(t *testing.T) {
	tests := []struct {
		pattern string
		match   []string
		differ  []string
	}{
		{"a", []string{"a"}, []string{"", "A", "aa"}},
		{"a?c", []string{"abc", "aéc"}, []string{"ac", "a.c", "abbc"}},
		{"a*", []string{"a", "ab", "abc"}, []string{"a.b", "ba"}},
		{"a.**", []string{"a.", "a.b", "a.b.c"}, []string{"a", "ab"}},
		{"**", []string{"", "a.b"}, nil},
		{"*.*", []string{"a.b", "."}, []string{"ab", "a.b.c"}},
		{"***", []string{"a.b", ""}, nil},
		{`a\*`, []string{"a*"}, []string{"ab", "a"}},
		{`\\\?`, []string{`\?`}, []string{`\a`}},
		{`a\b`, []string{`a\b`}, []string{"ab"}},
		{"*a*b*", []string{"ab", "xaybz"}, []string{"ba"}},
	}
	for _, tt := range tests {
		p, err := compilePattern(tt.pattern)
		if err != nil {
			t.Errorf("%s: %v", tt.pattern, err)
		}
		for _, name := range tt.match {
			if !p.match(name) {
				t.Errorf("%s does not match %q", tt.pattern, name)
			}
		}
		for _, name := range tt.differ {
			if p.match(name) {
				t.Errorf("%s matches %q", tt.pattern, name)
			}
		}
	}
	if _, err := compilePattern("*a*b*c*d*"); err != nil {
		t.Errorf("five stars: %v", err)
	}
	if _, err := compilePattern("*a*b*c*d**"); err == nil {
		t.Error("six stars are accepted")
	}
}

func TestEventPattern(t *testing.T) {
	tests := []struct {
		pattern string
		match   string
		differ  string
	}{
		{"*", "any.thing", ""},
		{"", "", "a"},
		{" a , B", "b", "c"},
		{"room.*", "Room.x", "room.x.y"},
		{"x, *", "a.b", ""},
	}
	for _, tt := range tests {
		p, err := compileEventPattern(tt.pattern)
		if err != nil {
			t.Errorf("%q: %v", tt.pattern, err)
		}
		if tt.match != "" && !p.match(tt.match) {
			t.Errorf("%q does not match %q", tt.pattern, tt.match)
		}
		if tt.differ != "" && p.match(tt.differ) {
			t.Errorf("%q matches %q", tt.pattern, tt.differ)
		}
	}
	for _, bad := range []string{"a,,b", "a b", "1a", "a;b"} {
		if _, err := compileEventPattern(bad); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
}
