package vectors

// Difference is something that package runtime does otherwise than the extension, on purpose. All three
// texts stand in docs/differences.md.
type Difference struct {
	// Extension is what the extension does.
	Extension string
	// Runtime is what package runtime does.
	Runtime string
	// Why is the reason.
	Why string

	apply func(c *Case) // changes what a case expects, where it does; nil where no vector can show it
}

// Files of vectors that differences are about.
const (
	FileRequests   = "extension/requests.json"
	FileReturns    = "extension/returns.json"
	FilePreflight  = "extension/preflight.json"
	FileContext    = "extension/context.json"
	FileSignatures = "extension/signatures.json"
	FileSettings   = "extension/settings.json"
)

// Differences are all there are. The first that applies comes first: later ones see what it has made of
// the case.
var Differences = []Difference{
	{
		"No connection is configured: every event is accepted, with one warning in the log.",
		"The app does not start. The flag `unsigned` of a trigger accepts every event, by name, and warns at every start.",
		"A setting that is missing by mistake must not open the door. It did from 2022 to 2026.",
		(*Case).withoutConnection,
	},
	{
		"A connection by identity, or one without `AccessKey`: events from its host are accepted whatever their signature.",
		"The app does not start unless a check of the service's Entra tokens, the webhook's own key or `unsigned` is given.",
		"Anybody can name a host.",
		(*Case).withoutKey,
	},
	{
		"`AccessKey=` with nothing behind it counts as a key.",
		"The app does not start.",
		"Anybody can sign with an empty key.",
		(*Case).withEmptyKey,
	},
	{
		"Options in code (`ConnectionString`, `Hub`) come before the settings.",
		"There are settings only; code gives them with `wps.WithSettings`.",
		"One place to look.",
		(*Case).withCodeOptions,
	},
	{
		"An empty `hub` or `connection` of an input or an output is a value, and no good one.",
		"It is as one that is not given.",
		"A Go string has no third state.",
		(*Case).emptyIsAbsent,
	},
	{
		"Any number of signatures in `ce-signature` is looked at.",
		"More than eight are answered with 401.",
		"The service sends two; checking costs time before anybody is known to be who they say.",
		(*Case).withManySignatures,
	},
	{
		"A preflight without an origin, a body that is no JSON or lacks a member, a user event without `Content-Type`: 500.",
		"400, and the reason in the log. No function runs.",
		"It is the sender's mistake, and a clear one.",
		(*Case).badInput,
	},
	{
		"A `code` without `errorMessage`: 500.",
		"The code's own status with an empty body.",
		"Whoever refuses without a word still refuses.",
		(*Case).codeWithoutMessage,
	},
	{
		"An MQTT client's connect is refused with a `code` alone: 500.",
		"The CONNACK code that says the same in the client's version: 5 or 135 for unauthorized, 4 or 134 for userError, 3 or 136 for serverError.",
		"One function serves both kinds of clients.",
		(*Case).codeForMQTT,
	},
	{
		"A CONNACK code for a client that does not speak MQTT: 500.",
		"The status that belongs to the CONNACK code.",
		"The refusal stays what it was meant to be.",
		(*Case).mqttCodeForOthers,
	},
	{
		"The text of an exception is the answer's body, or the context's `errorMessage`.",
		"A text that tells nothing; the details are in the log. An MQTT client gets it as a CONNACK reason.",
		"Clients see these texts, and exceptions tell of what is inside.",
		(*Case).exceptionText,
	},
	{
		"`webPubSubContext` in a function without an HTTP trigger: `hasError` at every call.",
		"The app does not start.",
		"It can never work.",
		(*Case).contextWithoutHTTP,
	},
	{
		"Mistakes in bindings and settings are found when a function is indexed or its listener starts, one at a time.",
		"They are found at the start, all at once, with the function's place and what to do.",
		"A start that fails is seen; a function that is missing may not be.",
		(*Case).errorAtStart,
	},
	{
		"A function that fails leaves the service's request without an answer until the service gives up.",
		"It is answered at once: `serverError`.",
		"The client waits for it.",
		nil,
	},
	{
		"A user reply without `dataType` is binary.",
		"The type of what the function returns says it: a string is text, `[]byte` is binary, anything else is JSON.",
		"Types say it.",
		nil,
	},
	{
		"A `dataType` that there is none of, `data` that is an object, a reply that is no object: found when the reply is read, 500.",
		"Go's types cannot say it. A value that cannot be encoded is a `serverError`.",
		"Types say it.",
		nil,
	},
	{
		"`null` and an empty text are two values.",
		"Both are the empty string, or the nil slice or map.",
		"Go's strings have no null, and pointers to them cost every reader a check.",
		nil,
	},
	{
		"Code without types cannot clear connection states, and clearing sends no header, which keeps them.",
		"`ClearStates` sends an empty set. Behind the Functions host each known key becomes null, which reads as absent everywhere.",
		"What was cleared must be gone.",
		nil,
	},
	{
		"A body of any size is read.",
		"More than `wps.WithMaxBody` (1 MiB) is answered with 413 and not read.",
		"One sender must not fill the memory.",
		nil,
	},
	{
		"Group presence events are user events to the trigger.",
		"They have an event type of their own, `groupPresence`, with the events joined and left.",
		"A client's message must not pass for them.",
		nil,
	},
}
