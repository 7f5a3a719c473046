package wire

// Header names of the upstream (CloudEvents) protocol in canonical form, so that they can index an
// http.Header directly. On the wire they are spelled ce-connectionId and the like; case is free.
const (
	HeaderAllowedOrigin        = "Webhook-Allowed-Origin"
	HeaderRequestOrigin        = "Webhook-Request-Origin"
	HeaderConnectionID         = "Ce-Connectionid"
	HeaderConnectionState      = "Ce-Connectionstate"
	HeaderEventName            = "Ce-Eventname"
	HeaderHub                  = "Ce-Hub"
	HeaderID                   = "Ce-Id"
	HeaderPhysicalConnectionID = "Ce-Physicalconnectionid"
	HeaderProtocolVersion      = "Ce-Awpsversion"
	HeaderSessionID            = "Ce-Sessionid"
	HeaderSignature            = "Ce-Signature"
	HeaderSource               = "Ce-Source"
	HeaderSpecVersion          = "Ce-Specversion"
	HeaderSubprotocol          = "Ce-Subprotocol"
	HeaderTime                 = "Ce-Time"
	HeaderType                 = "Ce-Type"
	HeaderUserID               = "Ce-Userid"
)

// Prefixes of ce-type. To the extension, everything that is not a system event is a user event.
const (
	SystemTypePrefix        = "azure.webpubsub.sys."
	UserTypePrefix          = "azure.webpubsub.user."
	GroupPresenceTypePrefix = "azure.webpubsub.gp."
)

// Media types a user event or a reply may have.
const (
	MediaTypeText   = "text/plain"
	MediaTypeJSON   = "application/json"
	MediaTypeBinary = "application/octet-stream"
)

// WebSocket subprotocols the service speaks.
const (
	SubprotocolJSON         = "json.webpubsub.azure.v1"
	SubprotocolReliableJSON = "json.reliable.webpubsub.azure.v1"
	SubprotocolMQTT         = "mqtt"
)

// WebhookPath is where the Functions host listens for Web PubSub events; the stand-alone runtime
// listens there too, so that one event handler URL fits both.
const WebhookPath = "/runtime/webhooks/webpubsub"

// WebhookFunction is the name of the function that takes the events where the Functions host passes
// requests through in place of its extension (upstream: http).
const WebhookFunction = "webpubsub"
