package route

import "testing"

func TestMisleading(t *testing.T) {
	for _, tt := range []struct{ text, prefix, message, hint string }{
		{"rooms/{room}", "api", "", ""},
		{"rooms/:room", "api", "the segment :room is no parameter: requests would have to spell it so", "write {room}"},
		{"at/12:30", "api", "", ""},
		{"POST /rooms", "api", "a route has no method: requests would have to spell it in their path", "write methods=post route=rooms"},
		{"get well", "api", "a route has no method: requests would have to spell it in their path", "write methods=get route=well"},
		{"a b", "api", "", ""},
		{"/API/rooms", "api", "routes are below the prefix api already: this answers /api/API/rooms", "write rooms"},
		{"api/rooms", "", "", ""},
		{"api/rooms", "v1", "", ""},
		{"api", "api", "", ""},
		{"", "api", "", ""},
	} {
		if message, hint := Misleading(tt.text, tt.prefix); message != tt.message || hint != tt.hint {
			t.Errorf("%q: %q, %q", tt.text, message, hint)
		}
	}
}
