package importer

import (
	"testing"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// TestLooseRoute: constraints and defaults that wpsgen does not know go, all else stays.
func TestLooseRoute(t *testing.T) {
	for route, want := range map[string]string{
		"items/{id:int}":                   "items/{id:int}",
		"days/{day:datetime}":              "days/{day}",
		"days/{day:datetime:length(10)}":   "days/{day:length(10)}",
		"{category}/{page=1}":              "{category}/{page?}",
		"{page:int=1}":                     "{page:int?}",
		`zip/{code:regex(^\d{{3}}(:|$))}`:  "zip/{code}",
		`zip/{code:regex(^a=b$):int}/{b?}`: "zip/{code:int}/{b?}",
		"files/{*path:file}":               "files/{*path}",
		"v{version:double}":                "v{version:double}", // part of a segment
		"open/{x:float":                    "open/{x:float",
	} {
		c := new(importing)
		got := c.looseRoute(&function{name: "f"}, route, diag.Place{})
		if got != want || len(c.findings) > 1 || (got != route) != (len(c.findings) == 1) {
			t.Errorf("%s: got %s with %v, want %s", route, got, c.findings, want)
		}
	}
}

func TestPlainName(t *testing.T) {
	for name, want := range map[string]string{"my-output": "myOutput", "1st": "st", "out_put_2": "outPut2", "a b": "aB", "trailing-": "trailing", "$return": "return", "_": ""} {
		if got := plainName(name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

func TestStandIn(t *testing.T) {
	for _, tt := range []struct{ property, setting, want string }{
		{"hub", "My-Hub", "my_hub"}, {"hub", "1", "hub"}, {"hub", "é", "hub"}, {"eventName", "X", "message"}, {"queueName", "Q", ""},
	} {
		if got := standIn(tt.property, tt.setting); got != tt.want {
			t.Errorf("%s of %s: got %q, want %q", tt.property, tt.setting, got, tt.want)
		}
	}
}
