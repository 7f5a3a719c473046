package entra

import (
	"sync"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"

	"github.com/wpsgen/wpsgen/runtime"
)

// IdentityOption changes how WithIdentity gets its tokens.
type IdentityOption func(*identities)

// WithClientOptions sets how requests to Microsoft Entra ID are sent: Cloud chooses another cloud than the
// public one, such as cloud.AzureChina, Transport another HTTP client. Managed identities ignore Cloud.
func WithClientOptions(o azcore.ClientOptions) IdentityOption {
	return func(i *identities) { i.client = o }
}

// WithIdentity makes the credentials of connections by identity, those with the setting NAME__serviceUri,
// from the settings beside it (extension-spec 9.1):
//
//   - NAME__credential=managedidentity: the managed identity of the host, the one that NAME__clientId or
//     NAME__managedIdentityResourceId names or else the system-assigned one;
//   - NAME__credential=workloadidentity: that of a Kubernetes pod, with NAME__tenantId, NAME__clientId and
//     NAME__tokenFilePath in place of the environment's AZURE_TENANT_ID, AZURE_CLIENT_ID and
//     AZURE_FEDERATED_TOKEN_FILE;
//   - NAME__tenantId, NAME__clientId and NAME__clientSecret: an application;
//   - none of them: azidentity.DefaultAzureCredential, in NAME__tenantId where that is set. It finds what a
//     host provides, or who has signed in on a developer's machine.
//
// Settings that do not fit together keep the app from starting; the error names the setting and never its
// value where that may be a secret. Bindings with the same settings share one credential and its tokens.
func WithIdentity(options ...IdentityOption) wps.Option {
	i := &identities{made: make(map[identity]wps.TokenCredential)}
	for _, o := range options {
		o(i)
	}
	return wps.WithCredentials(i.credential)
}

// identities makes credentials, one for each identity.
type identities struct {
	client azcore.ClientOptions

	mu   sync.Mutex
	made map[identity]wps.TokenCredential
}

func (i *identities) credential(of wps.Identity) (wps.TokenCredential, error) {
	settings := readIdentity(of)
	i.mu.Lock()
	defer i.mu.Unlock()
	if c, ok := i.made[settings]; ok {
		return c, nil
	}
	azure, err := settings.credential(i.client)
	if err != nil {
		return nil, err
	}
	c := Credential(azure)
	i.made[settings] = c
	return c, nil
}
