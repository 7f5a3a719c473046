package entra

import (
	"fmt"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/wpsgen/wpsgen/runtime"
)

// Values of NAME__credential, in any case.
const (
	managedIdentity  = "managedidentity"
	workloadIdentity = "workloadidentity"
)

// identity is what the settings beside NAME__serviceUri say.
type identity struct {
	name          string // of the connection, for messages
	kind          string
	tenantID      string
	clientID      string
	clientSecret  string
	resourceID    string
	tokenFilePath string
}

func readIdentity(of wps.Identity) identity {
	return identity{
		name:          of.Connection,
		kind:          strings.ToLower(of.Setting("credential")),
		tenantID:      of.Setting("tenantId"),
		clientID:      of.Setting("clientId"),
		clientSecret:  of.Setting("clientSecret"),
		resourceID:    of.Setting("managedIdentityResourceId"),
		tokenFilePath: of.Setting("tokenFilePath"),
	}
}

// credential makes the credential that the settings ask for.
func (i identity) credential(o azcore.ClientOptions) (azcore.TokenCredential, error) {
	switch {
	case i.kind == managedIdentity:
		return i.managed(o)
	case i.kind == workloadIdentity:
		return i.workload(o)
	case i.kind != "":
		return nil, fmt.Errorf("setting %s: %q is not known; it is %s, %s, or not set", i.setting("credential"), i.kind, managedIdentity, workloadIdentity)
	case i.clientSecret != "":
		return i.application(o)
	case i.clientID != "":
		return nil, i.unused("clientId", i.setting("clientSecret")+", or "+i.setting("credential")+"="+managedIdentity)
	case i.resourceID != "":
		return nil, i.unused("managedIdentityResourceId", i.setting("credential")+"="+managedIdentity)
	}
	c, err := azidentity.NewDefaultAzureCredential(&azidentity.DefaultAzureCredentialOptions{ClientOptions: o, TenantID: i.tenantID})
	return checked(c, err, "azidentity.DefaultAzureCredential")
}

func (i identity) managed(o azcore.ClientOptions) (azcore.TokenCredential, error) {
	options := &azidentity.ManagedIdentityCredentialOptions{ClientOptions: o}
	switch {
	case i.clientID != "" && i.resourceID != "":
		return nil, fmt.Errorf("settings %s and %s name an identity each; keep one", i.setting("clientId"), i.setting("managedIdentityResourceId"))
	case i.clientID != "":
		options.ID = azidentity.ClientID(i.clientID)
	case i.resourceID != "":
		options.ID = azidentity.ResourceID(i.resourceID)
	}
	c, err := azidentity.NewManagedIdentityCredential(options)
	return checked(c, err, "setting %s=%s", i.setting("credential"), managedIdentity)
}

func (i identity) workload(o azcore.ClientOptions) (azcore.TokenCredential, error) {
	c, err := azidentity.NewWorkloadIdentityCredential(&azidentity.WorkloadIdentityCredentialOptions{
		ClientOptions: o, TenantID: i.tenantID, ClientID: i.clientID, TokenFilePath: i.tokenFilePath,
	})
	return checked(c, err, "setting %s=%s", i.setting("credential"), workloadIdentity)
}

func (i identity) application(o azcore.ClientOptions) (azcore.TokenCredential, error) {
	switch {
	case i.tenantID == "":
		return nil, i.unused("clientSecret", i.setting("tenantId"))
	case i.clientID == "":
		return nil, i.unused("clientSecret", i.setting("clientId"))
	}
	c, err := azidentity.NewClientSecretCredential(i.tenantID, i.clientID, i.clientSecret, &azidentity.ClientSecretCredentialOptions{ClientOptions: o})
	return checked(c, err, "settings %s, %s and %s", i.setting("tenantId"), i.setting("clientId"), i.setting("clientSecret"))
}

// setting is the full name of a setting of the connection.
func (i identity) setting(key string) string { return i.name + "__" + key }

// unused is why a setting without another one would have no effect.
func (i identity) unused(key, needs string) error {
	return fmt.Errorf("setting %s is of no use alone; set %s, too, or remove it", i.setting(key), needs)
}

// checked keeps a nil pointer from becoming a credential, and says what an error is about.
func checked[C azcore.TokenCredential](c C, err error, format string, settings ...any) (azcore.TokenCredential, error) {
	if err != nil {
		return nil, fmt.Errorf(format+": %w", append(settings, err)...)
	}
	return c, nil
}
