package entra

import (
	"context"
	"errors"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/wpsgen/wpsgen/runtime"
)

// Credential makes any credential of the Azure SDK one of package wps. Tokens are kept and renewed by the
// credential, as those of azidentity do. A nil credential fails at its first use.
func Credential(credential azcore.TokenCredential) wps.TokenCredential {
	return adapter{credential}
}

type adapter struct{ azure azcore.TokenCredential }

// Token asks the credential for a token.
func (a adapter) Token(ctx context.Context, scope string) (wps.AccessToken, error) {
	if a.azure == nil {
		return wps.AccessToken{}, errors.New("entra.Credential was given no credential; give it one of package azidentity")
	}
	token, err := a.azure.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{scope}})
	if err != nil {
		return wps.AccessToken{}, err
	}
	return wps.AccessToken{Token: token.Token, ExpiresOn: token.ExpiresOn}, nil
}
