package entra

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"

	"github.com/wpsgen/wpsgen/runtime"
)

const testSecret = "do-not-tell-anybody"

// plainEnvironment keeps the machine's own identities out of a test.
func plainEnvironment(t *testing.T) {
	for _, name := range []string{"AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE",
		"AZURE_TOKEN_CREDENTIALS", "AZURE_AUTHORITY_HOST", "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT",
		"IMDS_ENDPOINT", "MSI_ENDPOINT", "MSI_SECRET"} {
		t.Setenv(name, "") // puts back what there was
		os.Unsetenv(name)
	}
}

// TestIdentitySettings: which credential the settings of a connection make, seen through wps.New.
func TestIdentitySettings(t *testing.T) {
	plainEnvironment(t)
	for _, tt := range []struct {
		name     string
		settings map[string]string
		want     string // the credential's type
		err      string
	}{
		{"nothing", nil, "*azidentity.DefaultAzureCredential", ""},
		{"a tenant", map[string]string{"tenantId": testTenant}, "*azidentity.DefaultAzureCredential", ""},
		{"managed", map[string]string{"credential": "managedidentity"}, "*azidentity.ManagedIdentityCredential", ""},
		{"managed in another case", map[string]string{"credential": "ManagedIdentity", "clientId": testApp}, "*azidentity.ManagedIdentityCredential", ""},
		{"managed by resource", map[string]string{"credential": "managedidentity", "managedIdentityResourceId": "/subscriptions/x"}, "*azidentity.ManagedIdentityCredential", ""},
		{"managed twice", map[string]string{"credential": "managedidentity", "clientId": testApp, "managedIdentityResourceId": "/x"}, "", "settings Svc__clientId and Svc__managedIdentityResourceId"},
		{"managed beside a secret", map[string]string{"credential": "managedidentity", "clientSecret": testSecret}, "*azidentity.ManagedIdentityCredential", ""},
		{"workload", map[string]string{"credential": "workloadidentity", "tenantId": testTenant, "clientId": testApp, "tokenFilePath": "/token"}, "*azidentity.WorkloadIdentityCredential", ""},
		{"workload elsewhere", map[string]string{"credential": "workloadidentity"}, "", "setting Svc__credential=workloadidentity"},
		{"application", map[string]string{"tenantId": testTenant, "clientId": testApp, "clientSecret": testSecret}, "*azidentity.ClientSecretCredential", ""},
		{"a bad tenant", map[string]string{"tenantId": "a/b", "clientId": testApp, "clientSecret": testSecret}, "", "settings Svc__tenantId, Svc__clientId and Svc__clientSecret"},
		{"no tenant", map[string]string{"clientId": testApp, "clientSecret": testSecret}, "", "setting Svc__clientSecret is of no use alone; set Svc__tenantId"},
		{"no client", map[string]string{"tenantId": testTenant, "clientSecret": testSecret}, "", "set Svc__clientId"},
		{"a client alone", map[string]string{"clientId": testApp}, "", "setting Svc__clientId is of no use alone; set Svc__clientSecret, or Svc__credential=managedidentity"},
		{"a resource alone", map[string]string{"managedIdentityResourceId": "/x"}, "", "set Svc__credential=managedidentity"},
		{"another credential", map[string]string{"credential": "secret"}, "", `setting Svc__credential: "secret" is not known`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var made string
			err := start(tt.settings, func(of wps.Identity) (wps.TokenCredential, error) {
				c, err := readIdentity(of).credential(azcore.ClientOptions{})
				made = fmt.Sprintf("%T", c)
				return Credential(c), err
			})
			if tt.err == "" && (err != nil || made != tt.want) {
				t.Errorf("%s, %v; want %s", made, err, tt.want)
			}
			if tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err) || made != "<nil>") {
				t.Errorf("%s with error %v, want one that says %q", made, err, tt.err)
			}
			if err != nil && strings.Contains(err.Error(), testSecret) {
				t.Errorf("the error tells the secret: %v", err)
			}
		})
	}
}

// start makes an app with an output to the connection Svc, whose settings are given.
func start(settings map[string]string, credential func(wps.Identity) (wps.TokenCredential, error)) error {
	all := map[string]string{"Svc__serviceUri": "https://svc.example"}
	for key, value := range settings {
		all["Svc__"+key] = value
	}
	_, err := wps.New(outputs(1), wps.WithSettings(all), wps.WithCredentials(credential), wps.WithLogger(slog.New(slog.DiscardHandler)))
	return err
}

// outputs is an http function with outputs to the connection Svc.
func outputs(n int) []wps.Function {
	f := wps.Function{Name: "send", Bindings: []wps.Binding{wps.HTTPTrigger{Name: "req", AuthLevel: "anonymous"}, wps.HTTPOutput{Name: "res"}},
		Handler: wps.Handler{Call: func(*wps.Invocation) error { return nil }}}
	for i := range n {
		f.Bindings = append(f.Bindings, wps.WebPubSub{Name: fmt.Sprint("actions", i), Hub: fmt.Sprint("hub", i), Connection: "Svc"})
	}
	return []wps.Function{f}
}

// TestManagedIdentity gets a token as an app on App Service does, once for all bindings.
func TestManagedIdentity(t *testing.T) {
	plainEnvironment(t)
	// Managed identities share their tokens in all of the process, so that each run needs one of its own.
	client, requests := fmt.Sprintf("bbbbbbbb-0000-0000-0000-%012x", time.Now().UnixNano()&0xffffffffffff), 0
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests++
		if q := r.URL.Query(); q.Get("client_id") != client || q.Get("resource") != "https://webpubsub.azure.com" || r.Header.Get("X-IDENTITY-HEADER") != "h" {
			t.Errorf("asked for %s", r.URL)
		}
		json.NewEncoder(w).Encode(map[string]string{
			"access_token": "t", "token_type": "Bearer", "resource": "https://webpubsub.azure.com",
			"expires_on": fmt.Sprint(time.Now().Add(time.Hour).Unix()), "client_id": client,
		})
	}))
	defer host.Close()
	t.Setenv("IDENTITY_ENDPOINT", host.URL)
	t.Setenv("IDENTITY_HEADER", "h")

	shared := &identities{made: make(map[identity]wps.TokenCredential)}
	var all []wps.TokenCredential
	keep := func(of wps.Identity) (wps.TokenCredential, error) {
		c, err := shared.credential(of)
		all = append(all, c)
		return c, err
	}
	settings := map[string]string{"Svc__serviceUri": "https://svc.example", "Svc__credential": "managedidentity", "Svc__clientId": client}
	if _, err := wps.New(outputs(2), wps.WithSettings(settings), wps.WithCredentials(keep)); err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 || all[0] != all[1] {
		t.Fatalf("two bindings have the credentials %v", all)
	}
	for range 2 {
		token, err := all[0].Token(t.Context(), "https://webpubsub.azure.com/.default")
		if err != nil || token.Token != "t" || time.Until(token.ExpiresOn) < 50*time.Minute {
			t.Fatalf("%v, %v", token, err)
		}
	}
	if requests != 1 {
		t.Errorf("the host was asked %d times", requests)
	}
}

// TestClientOptions: an application's tokens are asked for as told, and a failure does not tell the secret.
func TestClientOptions(t *testing.T) {
	plainEnvironment(t)
	refuse := azcore.ClientOptions{Transport: transport(func(r *http.Request) (*http.Response, error) {
		return nil, fmt.Errorf("no way to %s", r.URL.Host)
	})}
	refuse.Retry.MaxRetries = -1
	shared := &identities{made: make(map[identity]wps.TokenCredential)}
	WithClientOptions(refuse)(shared)
	var c wps.TokenCredential
	err := start(map[string]string{"tenantId": testTenant, "clientId": testApp, "clientSecret": testSecret}, func(of wps.Identity) (_ wps.TokenCredential, err error) {
		c, err = shared.credential(of)
		return c, err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Token(t.Context(), "https://webpubsub.azure.com/.default")
	if err == nil || !strings.Contains(err.Error(), "no way to login.microsoft") || strings.Contains(err.Error(), testSecret) {
		t.Errorf("error %v", err)
	}
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) Do(r *http.Request) (*http.Response, error) { return f(r) }
