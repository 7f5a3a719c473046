package entra

import (
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/runtime"
)

// TestEventTokens: an app with a check that would let in too much does not start.
func TestEventTokens(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*EventTokens)
		want   []string // none accepts
	}{
		{"tenant and audience", func(*EventTokens) {}, nil},
		{"nothing", func(e *EventTokens) { *e = EventTokens{} }, []string{"field Tenant", "field Audiences"}},
		{"a domain", func(e *EventTokens) { e.Tenant = "contoso.onmicrosoft.com" }, []string{`"contoso.onmicrosoft.com"`, "GUID"}},
		{"any tenant", func(e *EventTokens) { e.Tenant = "common" }, []string{"field Tenant"}},
		{"an empty audience", func(e *EventTokens) { e.Audiences = append(e.Audiences, "") }, []string{"empty"}},
		{"an empty issuer", func(e *EventTokens) { e.Issuers = []string{""} }, []string{"empty"}},
		{"an empty object id", func(e *EventTokens) { e.ObjectIDs = []string{""} }, []string{"ObjectIDs", "GUID"}},
		{"an app's name", func(e *EventTokens) { e.AppIDs = []string{"chat"} }, []string{`"chat"`, "GUID"}},
		{"keys by http", func(e *EventTokens) { e.KeysURL = "http://keys.example/" }, []string{"KeysURL", "https"}},
		{"keys by http on loopback", func(e *EventTokens) { e.KeysURL = "http://127.0.0.1:1/" }, nil},
		{"keys by http on a name like loopback", func(e *EventTokens) { e.KeysURL = "http://127.0.0.1.example/" }, []string{"https"}},
		{"keys in a file", func(e *EventTokens) { e.KeysURL = "file:///keys" }, []string{"https"}},
		{"no URL", func(e *EventTokens) { e.KeysURL = "https://" }, []string{"https"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tokens := EventTokens{Tenant: testTenant, Audiences: []string{testAudience}}
			tt.change(&tokens)
			_, err := wps.New(nil, WithEventTokens(tokens))
			if (err == nil) != (len(tt.want) == 0) {
				t.Fatalf("error %v", err)
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q does not say %q", err, want)
				}
			}
		})
	}
}

// TestOtherClouds: issuers and keys of another cloud take the place of the public one's.
func TestOtherClouds(t *testing.T) {
	i := newIssuer()
	tokens := wanted(i)
	tokens.KeysURL = "https://login.partner.example/keys"
	tokens.Issuers = []string{"https://sts.partner.example/" + testTenant + "/", "https://login.microsoftonline.com/" + testTenant + "/v2.0"}
	c := mustChecker(t, tokens)
	expect(t, c, sign(t, with(version1(), "iss", tokens.Issuers[0])), "")
	expect(t, c, sign(t, version1()), "issuer")
	if c.keys.source.url != tokens.KeysURL {
		t.Errorf("keys come from %s", c.keys.source.url)
	}
}

func TestGUID(t *testing.T) {
	for text, want := range map[string]bool{
		testTenant: true, strings.ToUpper(testTenant): true, "": false, testTenant + "0": false,
		"1111111122222-3333-4444-55555555aaaa": false, "g1111111-2222-3333-4444-55555555aaaa": false,
		"--------------------------------------": false, "11111111-2222-3333-4444-55555555aa\xc3\xa4": false,
	} {
		if isGUID(text) != want {
			t.Errorf("isGUID(%q) is %v", text, !want)
		}
	}
}
