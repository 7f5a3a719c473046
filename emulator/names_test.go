package emulator

import (
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	long := strings.Repeat("a", 128)
	tests := []struct {
		name              string
		hub, event, group bool
	}{
		{"chat", true, true, true},
		{"C1_`,.[]", true, false, true},
		{"a.b-c_d", false, true, true},
		{"1a", false, false, true},
		{"_a", false, false, true},
		{"", false, false, false},
		{" ", false, false, false},
		{"é", false, false, true},
		{"a b", false, false, true},
		{long, true, true, true},
		{long + "a", false, false, true},
		{strings.Repeat("é", 1024), false, false, true},
		{strings.Repeat("é", 1025), false, false, false},
	}
	for _, tt := range tests {
		if got := checkHubName(tt.name) == nil; got != tt.hub {
			t.Errorf("hub %.10q (%d): %v", tt.name, len(tt.name), got)
		}
		if got := isEventName(tt.name); got != tt.event {
			t.Errorf("event %.10q (%d): %v", tt.name, len(tt.name), got)
		}
		if got := isGroupName(tt.name); got != tt.group {
			t.Errorf("group %.10q (%d): %v", tt.name, len(tt.name), got)
		}
	}
}

func TestFillTemplate(t *testing.T) {
	tests := []struct{ template, want string }{
		{"http://h/{hub}/{event}?c={Event}", "http://h/ch%5B%5D/a%2Fb?c=a%2Fb"},
		{"http://h/plain", "http://h/plain"},
		{"http://h/{other}/{hub", "http://h/{other}/{hub"},
	}
	for _, tt := range tests {
		if got := fillTemplate(tt.template, "ch[]", "a/b"); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.template, got, tt.want)
		}
	}
}

func TestClipCloseText(t *testing.T) {
	tests := []struct{ text, want string }{
		{"short", "short"},
		{strings.Repeat("a", 124), strings.Repeat("a", 123)},
		{strings.Repeat("é", 62), strings.Repeat("é", 61)},
		{"a\xff", "a\uFFFD"},
	}
	for _, tt := range tests {
		if got := clipCloseText(tt.text); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}
