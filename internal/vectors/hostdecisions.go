package vectors

// HostDecisions are what package runtime does otherwise, or cannot do, where the Functions host calls it
// with its envelope (upstream: trigger).
var HostDecisions = []Difference{
	{"Replies and HTTP bodies are text that is kept until it is whole.", "Octets in an HTTP answer are refused with 500, and nothing is streamed. Events' data are not concerned.", "The envelope is JSON.", nil},
	{"An event that comes to a `webPubSubContext` is an HTTP function's.", "A payload of octets is exact, any other is text. A reply that is no text is refused with 500, one that looks like a date gets a line's end, and an answer without a body gets the host's content type.", "The host hands both over as JSON text.", nil},
	{"An HTTP answer has one value for each header.", "Values are joined with a comma; of several cookies the first is set, with a warning.", "The envelope has one string for each name.", nil},
	{"The body of a chunked HTTP request is lost.", "The function sees an empty body.", "The host reads it by its length.", nil},
	{"Nothing tells that a caller has gone, and a call that takes too long costs the process its life.", "The context ends a little before the host's time limit, and not with the caller.", "The host tells neither.", nil},
	{"Actions are carried out after the function, by the host.", "What can be wrong with an action is looked for before; one that the service refuses leaves the client without an answer.", "The reply has gone out before.", nil},
	{"The output binding knows 14 actions.", "The other ones, `Filter` and `TTL` are refused with `serverError`; a `*wps.ServiceClient` sends them.", "The host's extension does not know them.", nil},
	{"Text that looks like a date is written anew.", "Data and states are packed so that they stay as they are. A user id, group, role, reason or MQTT user property of that look is refused with `serverError`, an error's message and user properties get a blank behind them.", "The host's JSON reader makes dates of them.", nil},
	{"A payload without `dataType=binary` can replace what the host says of an event.", "An event is refused with `serverError` when its payload has a member `request` and function.json lacks `dataType=binary`, which wpsgen generate writes.", "The host copies members of the payload over its own.", nil},
	{"An answer to an event has one of the statuses 200, 400, 401 and 500.", "A body over the limit is answered with 400 in place of 413.", "The reply has an error code and no status.", nil},
	{"The host checks signatures, keys and preflights, and makes the connections.", "Its rules are the extension's, its log has what it refuses, and the differences above about them do not hold.", "The events have passed it before they come here.", nil},
}
