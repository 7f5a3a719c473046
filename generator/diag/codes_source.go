package diag

// Codes of findings about Go source: directives, and the functions they are for.
const (
	SyntaxError        Code = "WPS101"
	NearMiss           Code = "WPS102"
	MalformedDirective Code = "WPS103"
	RepeatedKey        Code = "WPS104"
	UnknownVerb        Code = "WPS105"
	UnknownKey         Code = "WPS106"
	MisplacedDirective Code = "WPS107"

	MissingKey        Code = "WPS201"
	BadValue          Code = "WPS202"
	WrongSystemEvent  Code = "WPS203"
	BadName           Code = "WPS204"
	RepeatedDirective Code = "WPS205"
	DuplicateEvent    Code = "WPS206"
	DuplicateFunction Code = "WPS207"
	DuplicateRoute    Code = "WPS208"
	DuplicateBinding  Code = "WPS209"
	ReplyKeyClash     Code = "WPS210"
	NoTrigger         Code = "WPS211"
	ConflictingKeys   Code = "WPS212"
	Deprecated        Code = "WPS213"
	UnsignedEvents    Code = "WPS214"
	BadFunctionName   Code = "WPS215"
	UnknownExpression Code = "WPS216"
	BadRoute          Code = "WPS217"
	SeveralReceivers  Code = "WPS218"
	BadBindingName    Code = "WPS219"
	MissingDirective  Code = "WPS220"
	SecretInSource    Code = "WPS221"
	ContextMethods    Code = "WPS222"
	ContextOnly       Code = "WPS223"
	Consequences      Code = "WPS224"
	BadSchedule       Code = "WPS225"
	OwnVerb           Code = "WPS226"
	EnvelopeRoute     Code = "WPS227"
	GroupPresence     Code = "WPS228"
	ShadowedIdentity  Code = "WPS229"
	WebhookName       Code = "WPS230"

	BadSignature Code = "WPS301"
	BadParameter Code = "WPS302"
	BadResult    Code = "WPS303"
)

// sourceDeclarations say what there is to say of each.
var sourceDeclarations = []Declaration{
	{SyntaxError, Error, "Go source does not parse",
		"A file of an annotated package has a syntax error, so that its directives cannot be trusted. What the package generated before stays as it is; other packages are generated."},
	{NearMiss, Error, "comment that only looks like a directive",
		"A directive begins with //wps: and a lower-case verb, without blanks. Go's tools take anything else for prose, and the function would silently not exist."},
	{MalformedDirective, Error, "directive that cannot be read",
		"After the verb come flags and key=value pairs, parted by blanks. A value with blanks in it is quoted like a Go string."},
	{RepeatedKey, Error, "key given twice",
		"Each key may stand once in a directive. Values of a list are parted by commas."},
	{UnknownVerb, Error, "unknown verb",
		"No binding definition has this verb."},
	{UnknownKey, Error, "unknown key",
		"The binding does not have this property. Hosts ignore such properties without a word, so wpsgen does not."},
	{MisplacedDirective, Error, "directive where nothing reads it",
		"Directives stand at the end of the doc comment of a function or, for a whole package, of the package clause."},
	{MissingKey, Error, "key missing",
		"The binding cannot do without this property, and nothing gives it a value."},
	{BadValue, Error, "value not allowed",
		"The property takes other values than this."},
	{WrongSystemEvent, Error, "not a system event",
		"The service sends the system events connect, connected and disconnected. A trigger for any other name starts without an error and never fires, and the service's event gets a 404."},
	{BadName, Error, "name the service does not accept",
		"Hub and event names have to match the pattern of the service; with another name nothing ever arrives."},
	{RepeatedDirective, Error, "directive repeated",
		"A function has one trigger, of any kind, and one directive of each verb that does not repeat."},
	{DuplicateEvent, Error, "two functions for one event",
		"An event of a hub runs one function. With two, the host refuses to start. Hub, type and name are compared without case."},
	{DuplicateFunction, Error, "two functions of one name",
		"A function's name is its folder's, so that it is unique in the app, without regard to case. //wps:function name= gives one of them another."},
	{DuplicateRoute, Error, "two functions for one route",
		"Two http functions match the same path with the same method, so that chance would choose between them."},
	{DuplicateBinding, Error, "two bindings of one name",
		"Names of bindings are unique in a function, without regard to case. name= gives one of them another."},
	{ReplyKeyClash, Error, "output named like a part of the reply",
		"The Functions host copies every member of a trigger's return value into the outputs of that name, so that a reply would overwrite this output."},
	{NoTrigger, Error, "function without a trigger",
		"A function needs one directive that says when it runs: //wps:trigger, //wps:http or //wps:timer."},
	{ConflictingKeys, Error, "keys that exclude each other",
		"Only one of these keys may be set."},
	{Deprecated, Warning, "old spelling",
		"It still works, but not on every version of the extension or not for ever."},
	{UnsignedEvents, Warning, "events accepted without a signature",
		"With unsigned anybody who reaches the endpoint can send this event in any user's name. The runtime warns of it at every start."},
	{BadFunctionName, Error, "name the host does not accept for a function",
		"A function's name is a letter and then up to 127 letters, digits, underscores or dashes; host is taken."},
	{UnknownExpression, Error, "binding expression without a source",
		"What stands in braces is looked up in what the trigger provides. A name it does not provide fails each call before the function runs."},
	{BadRoute, Error, "route that cannot be read",
		"A route is literal segments and parameters in braces, parted by slashes, without the prefix api. One that can be read and is meant otherwise, such as rooms/:id, is a warning."},
	{SeveralReceivers, Error, "methods of several types",
		"The annotated methods of a package have one exported receiver type, since the generated Functions takes one value."},
	{BadBindingName, Error, "name the host does not accept for a binding",
		"A binding's name is a letter and then up to 127 letters or digits."},
	{MissingDirective, Error, "directive that needs another beside it",
		"This directive means something only on a function that has the other one too."},
	{SecretInSource, Error, "secret in the source",
		"Connections are named by app settings. A connection string in a directive would end up in function.json and in version control."},
	{ContextMethods, Error, "event handler without POST or OPTIONS",
		"The service asks with OPTIONS whether it may send events, and sends them with POST. A //wps:context function whose //wps:http lists methods without these two never gets an event."},
	{ContextOnly, Warning, "webPubSubContext alone in the app",
		"The extension bundle's list of binding types lacks webPubSubContext. Behind the Functions host, an app without any other Web PubSub binding does not load the extension and does not start. Stand-alone it makes no difference."},
	{Consequences, Warning, "key with consequences",
		"The key does what it says, and something that is easily overlooked as well."},
	{BadSchedule, Error, "schedule that cannot be read",
		"A schedule is NCRONTAB, six fields for second, minute, hour, day, month and weekday, or a time span hh:mm:ss. Day and weekday must both match, a weekday 7 and ? do not exist, and a range never runs backwards."},
	{OwnVerb, Error, "binding that has a directive of its own",
		"//wps:binding passes on what wpsgen does not know. This binding it knows: the directive named checks its properties and gives the function typed parameters."},
	{EnvelopeRoute, Error, "route through which an outside caller passes for the host",
		"The Functions host calls functions with a POST to /NAME, which carries no signature. Where it passes requests on with their own paths, a route without a prefix that fits such a path lets anybody make that call, with any event in any user's name."},
	{GroupPresence, Warning, "group presence behind the trigger",
		"The Web PubSub extension of the Functions host does not know group presence events: it answers them without running the function. They arrive stand-alone, and behind the host with upstream: http in wpsgen.yaml."},
	{ShadowedIdentity, Warning, "identity that a request's body can stand in for",
		"The Functions host looks {headers.NAME} up among the members of a JSON body first. A client that sends a member headers chooses the value, so that the user named is whoever it likes. Take the methods with a body away, or make the connection in the function with wps.ServiceClient from the request's own headers."},
	{WebhookName, Error, "name or route of the webhook",
		"With upstream: http in wpsgen.yaml, the function webpubsub at the route webpubsub takes the service's events. wpsgen writes it, and no other function can have its name or its route."},
	{BadSignature, Error, "function that nothing can call",
		"An annotated function has a name that can be called, no type parameters, no variadic parameter and at most eight parameters."},
	{BadParameter, Error, "parameter that nothing provides",
		"Parameters are bound by type where the type is one of package wps or net/http, else by name."},
	{BadResult, Error, "result that nothing takes",
		"What a function may return depends on its trigger; an error comes last."},
}
