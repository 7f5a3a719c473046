package validate

import "testing"

func TestBundle(t *testing.T) {
	const id = "Microsoft.Azure.Functions.ExtensionBundle"
	for _, tt := range []struct {
		id, text  string
		readable  bool
		lacks     bool
		extension string // of the newest, when it is known
	}{
		{id, "[4.*, 5.0.0)", true, false, ""}, // 4.38.0 or a newer one
		{id, "[3.*, 4.0.0)", true, false, "1.8.0"},
		{id, "[3.3.*, 4.0.0)", true, false, "1.8.0"},
		{id, "[2.*, 3.0.0)", true, true, "none"},
		{id, "[1.*, 2.0.0)", true, true, "none"},
		{id, "[3.3.0, 3.5.0)", true, true, "none"},
		{id, "[3.3.0, 3.5.0]", true, false, "?"},
		{id, "(3.3.0, 3.5.0)", true, false, ""}, // nothing published
		{id, "[4.0.2]", true, true, "none"},
		{id, "[4.33.1]", true, false, "1.10.0"},
		{id, "[4.0.0, 4.1.0)", true, true, "none"},
		{id, "[5.*, 6.0.0)", true, false, ""},
		{id, "[3.0.0, )", true, false, ""},
		{id, "4.*", true, false, ""},
		{id, "*", true, false, ""},
		{id, "[4.0.0-beta.1, 5.0.0)", true, false, ""},
		{id, "[4.*, 5.0.0", false, true, ""},
		{id, "latest", false, true, ""},
		{id, "", false, true, ""},
		{id + ".Preview", "[4.*, 5.0.0)", true, true, ""},
		{id + ".preview", "[3.*, 4.0.0)", true, false, "?"},
		{id + ".Experimental", "[4.*, 5.0.0)", true, true, ""},
		{"Contoso.Bundle", "[1.0.0, 2.0.0)", true, false, ""},
	} {
		b := newBundle(tt.id, tt.text)
		best, known := b.best()
		extension := best.extension
		if !known {
			extension = ""
		}
		if b.readable != tt.readable || b.lacksExtension() != tt.lacks || extension != tt.extension {
			t.Errorf("%s %s: readable %t, lacks %t, newest %q", tt.id, tt.text, b.readable, b.lacksExtension(), extension)
		}
	}
	if n := len(allPublished()); n < 150 {
		t.Errorf("%d bundles are known", n)
	}
}
