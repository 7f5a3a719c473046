package entra_test

import (
	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"

	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/entra"
)

// functions stands for what wpsgen generates: chat.Functions(&chat.Server{}).
var functions []wps.Function

// An app without any key: it sends with the host's managed identity, as the settings say, and takes events
// only of the service's.
//
//	WebPubSubConnectionString__serviceUri=https://<name>.webpubsub.azure.com
//	WebPubSubConnectionString__credential=managedidentity
func ExampleWithEventTokens() {
	tokens := entra.WithEventTokens(entra.EventTokens{
		Tenant:    "11111111-2222-3333-4444-555555555555",
		Audiences: []string{"api://chat"},                           // auth.managedIdentity.resource of the event handler
		ObjectIDs: []string{"aaaaaaaa-0000-0000-0000-000000000001"}, // of the service's managed identity
	})
	wps.Main(functions, entra.WithIdentity(), tokens)
}

// In Azure operated by 21Vianet, applications get their tokens, and events have theirs, from elsewhere.
func ExampleEventTokens_otherCloud() {
	const tenant = "11111111-2222-3333-4444-555555555555"
	tokens := entra.WithEventTokens(entra.EventTokens{
		Tenant:    tenant,
		Audiences: []string{"api://chat"},
		Issuers:   []string{"https://sts.chinacloudapi.cn/" + tenant + "/", "https://login.partner.microsoftonline.cn/" + tenant + "/v2.0"},
		KeysURL:   "https://login.partner.microsoftonline.cn/" + tenant + "/discovery/v2.0/keys",
	})
	identity := entra.WithIdentity(entra.WithClientOptions(azcore.ClientOptions{Cloud: cloud.AzureChina}))
	wps.Main(functions, identity, tokens)
}

// Functions send with the host's managed identity, or as a developer who has signed in with az login. Events
// need a proof of their own: WithEventTokens, or the setting WPS_WEBHOOK_KEY.
func ExampleWithIdentity() {
	wps.Main(functions, entra.WithIdentity())
}
