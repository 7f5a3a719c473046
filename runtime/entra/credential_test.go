package entra

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

// azureCredential is a credential of the Azure SDK.
type azureCredential func(policy.TokenRequestOptions) (azcore.AccessToken, error)

func (c azureCredential) GetToken(_ context.Context, o policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return c(o)
}

func TestCredential(t *testing.T) {
	expires := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	const scope = "https://webpubsub.azure.com/.default"
	c := Credential(azureCredential(func(o policy.TokenRequestOptions) (azcore.AccessToken, error) {
		if !slices.Equal(o.Scopes, []string{scope}) {
			t.Errorf("scopes %q", o.Scopes)
		}
		return azcore.AccessToken{Token: "secret", ExpiresOn: expires}, nil
	}))
	got, err := c.Token(t.Context(), scope)
	if err != nil || got.Token != "secret" || !got.ExpiresOn.Equal(expires) {
		t.Errorf("%+v, %v", got, err)
	}

	refused := errors.New("no")
	c = Credential(azureCredential(func(policy.TokenRequestOptions) (azcore.AccessToken, error) { return azcore.AccessToken{}, refused }))
	if _, err := c.Token(t.Context(), scope); !errors.Is(err, refused) {
		t.Errorf("error %v", err)
	}
	if _, err := Credential(nil).Token(t.Context(), scope); err == nil || !strings.Contains(err.Error(), "azidentity") {
		t.Errorf("error %v", err)
	}
}
