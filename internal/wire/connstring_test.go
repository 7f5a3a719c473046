package wire_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
	"github.com/wpsgen/wpsgen/internal/wire"
)

type connectionStringCase struct {
	ID               string  `json:"id"`
	ConnectionString *string `json:"connectionString"`
	Parser           string
	Expected         struct {
		Error     string
		Endpoint  string
		AccessKey *string
		Host      string
	}
}

func TestConnectionStringVectors(t *testing.T) {
	for _, c := range vectors.Load[connectionStringCase](t, "extension/connection_strings.json") {
		t.Run(c.ID, func(t *testing.T) {
			in := ""
			if c.ConnectionString != nil {
				in = *c.ConnectionString
			}
			got, err := wire.ParseConnectionString(in)
			if c.Parser == "service-client" && strings.HasSuffix(c.Expected.Error, "AccessKey.") {
				return // the client wants a key, and not this reader
			}
			if c.Expected.Error != "" {
				// The two argument-null cases have texts of .NET's own.
				if err == nil || !strings.HasSuffix(c.Expected.Error, "Exception") && err.Error() != c.Expected.Error {
					t.Fatalf("error %v, want %s", err, c.Expected.Error)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if want := strings.TrimSuffix(c.Expected.Endpoint, "/"); got.Endpoint != want {
				t.Errorf("endpoint %s, want %s", got.Endpoint, want)
			}
			if got.HasKey != (c.Expected.AccessKey != nil) || got.HasKey && got.AccessKey != *c.Expected.AccessKey {
				t.Errorf("key %q %v, want %v", got.AccessKey, got.HasKey, c.Expected.AccessKey)
			}
			if c.Expected.Host != "" && got.Host != c.Expected.Host {
				t.Errorf("host %s, want %s", got.Host, c.Expected.Host)
			}
		})
	}
}

func TestConnectionStringForms(t *testing.T) {
	for _, c := range []struct{ in, endpoint, key, err string }{
		{"Endpoint=https://Svc.Example;AccessKey=k", "https://svc.example", "k", ""},
		{"Endpoint=HTTPS://svc.example:443/;AccessKey=k", "https://svc.example", "k", ""},
		{"Endpoint=http://svc.example:80;AccessKey=k", "http://svc.example", "k", ""},
		{"Endpoint=https://svc.example:80;AccessKey=k", "https://svc.example:80", "k", ""},
		{"Endpoint=https://svc.example;AccessKey=k;Port=443", "https://svc.example", "k", ""},
		{"Endpoint=http://svc.example;AccessKey=k;Port=80", "http://svc.example", "k", ""},
		{"Endpoint=https://svc.example:8443;AccessKey=k;Port=443", "https://svc.example", "k", ""},
		{"Endpoint=https://svc.example;AccessKey=k;Port=+8080", "https://svc.example:8080", "k", ""},
		{"Endpoint=https://svc.example;AccessKey=k;Port=0443", "https://svc.example", "k", ""},
		{"Endpoint=http://[::1]:8080;AccessKey=k;Port=81", "http://[::1]:81", "k", ""},
		{"AccessKey=a=b==;Endpoint=https://svc.example", "https://svc.example", "a=b==", ""},
		{";;Endpoint=https://svc.example;;AccessKey=\tk k\t;", "https://svc.example", "k k", ""},
		{"Endpoint=https://svc.example;AccessKey=k;port=", "", "", "Invalid Port value: "},
		{"Endpoint=https://svc.example;AccessKey=k;Port=-1", "", "", "Invalid Port value: -1"},
		{"Endpoint=https://svc.example;AccessKey=k;Port=0", "", "", "Invalid Port value: 0"},
		{"Endpoint=https://svc.example;AccessKey=k;Port=80.0", "", "", "Invalid Port value: 80.0"},
		{"Endpoint=https://svc.example;Foo=1;foo=2", "", "", "Duplicate properties found in connection string: foo."},
		{" ", "", "", "Required property not found in connection string: Endpoint."},
		{"Endpoint;AccessKey=k", "", "", "Required property not found in connection string: Endpoint."},
	} {
		got, err := wire.ParseConnectionString(c.in)
		if c.err != "" {
			if err == nil || err.Error() != c.err {
				t.Errorf("%q: error %v, want %s", c.in, err, c.err)
			}
			continue
		}
		if err != nil || got.Endpoint != c.endpoint || got.AccessKey != c.key {
			t.Errorf("%q: %+v, %v, want %s and key %q", c.in, got, err, c.endpoint, c.key)
		}
	}
}

func TestConnectionStringErrorsKeepSecrets(t *testing.T) {
	for _, in := range []string{
		"AccessKey=topsecret",
		"Endpoint=nonsense;AccessKey=topsecret",
		"Endpoint=https://a;AccessKey=topsecret;accesskey=topsecret",
		"Endpoint=https://a;AccessKey=topsecret;Port=x",
		"Endpoint=https://a AccessKey=topsecret",
		"Endpoint=https://aAccessKey=topsecret",
		"Endpoint=Endpoint=https://a,AccessKey=topsecret",
	} {
		_, err := wire.ParseConnectionString(in)
		if err == nil {
			t.Errorf("%s: no error", in)
		} else if strings.Contains(err.Error(), "topsecret") {
			t.Errorf("the error shows the key: %v", err)
		}
	}
}

func FuzzParseConnectionString(f *testing.F) {
	f.Add("Endpoint=https://abc;AccessKey=k;Port=8080;Version=1.0;")
	f.Add("Endpoint=http://[::1]:80;Port=1")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := wire.ParseConnectionString(s)
		if err != nil {
			return
		}
		u, err := url.Parse(c.Endpoint)
		if err != nil || u.Hostname() == "" || strings.ToLower(u.Hostname()) != c.Host {
			t.Fatalf("endpoint %q, host %q of %q: %v", c.Endpoint, c.Host, s, err)
		}
	})
}
