package markdown

import "testing"

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"*T":           `\*T`,
		"a <b> `c`":    "a &lt;b> \\`c\\`",
		"one\n# two":   "one\n\\# two",
		"under_scored": "under_scored",
	} {
		if got := Escape(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	if got := Cell(" a|b "); got != `a\|b` {
		t.Errorf("a cell is %q", got)
	}
}
