package diag

// Codes of findings. They are permanent.
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

	BadSettings   Code = "WPS401"
	BadHostFile   Code = "WPS402"
	ProxyingIsOff Code = "WPS403"

	BadFunctionFile     Code = "WPS404"
	LenientFile         Code = "WPS405"
	BadLocalSettings    Code = "WPS406"
	SettingNotText      Code = "WPS407"
	SettingIsNull       Code = "WPS408"
	RepeatedMember      Code = "WPS409"
	HostVersion         Code = "WPS410"
	NoExecutable        Code = "WPS411"
	OldCustomHandler    Code = "WPS412"
	FileTriggers        Code = "WPS413"
	FileBindingTwice    Code = "WPS414"
	FileBindingName     Code = "WPS415"
	UnderscoreName      Code = "WPS416"
	FolderName          Code = "WPS417"
	WrongDirection      Code = "WPS418"
	NoDirection         Code = "WPS419"
	UnknownType         Code = "WPS420"
	OtherSpelling       Code = "WPS421"
	MissingProperty     Code = "WPS422"
	OldProperty         Code = "WPS423"
	PropertyValue       Code = "WPS424"
	SystemEventName     Code = "WPS425"
	ServiceName         Code = "WPS426"
	IgnoredProperty     Code = "WPS427"
	SecretInFile        Code = "WPS428"
	DeprecatedProperty  Code = "WPS429"
	TooNewProperty      Code = "WPS430"
	HubFromSetting      Code = "WPS431"
	NoHub               Code = "WPS432"
	TriggerName         Code = "WPS433"
	HTTPOutput          Code = "WPS434"
	ReplyOutput         Code = "WPS435"
	DisabledInFile      Code = "WPS436"
	BadRetry            Code = "WPS437"
	UnknownRoot         Code = "WPS438"
	SpoofableUser       Code = "WPS439"
	IdentityHeader      Code = "WPS440"
	EventTwice          Code = "WPS441"
	RouteTwice          Code = "WPS442"
	LonelyHub           Code = "WPS443"
	MisleadingFolder    Code = "WPS444"
	StrayFile           Code = "WPS445"
	StrayProject        Code = "WPS446"
	BundleWithout       Code = "WPS447"
	OldBundle           Code = "WPS448"
	NoExtension         Code = "WPS449"
	LonelyContext       Code = "WPS450"
	FaultyExtension     Code = "WPS451"
	ContextPath         Code = "WPS452"
	ContextPreflight    Code = "WPS453"
	NoConnectionSetting Code = "WPS454"
	UndefinedSetting    Code = "WPS455"
	NoStorage           Code = "WPS456"
	IdentitySetting     Code = "WPS457"
	TwoConnections      Code = "WPS458"
	UnsignedTrigger     Code = "WPS459"
	OtherRuntime        Code = "WPS460"
	StaticWebApp        Code = "WPS461"
	FlexConsumption     Code = "WPS462"
	HandlerKey          Code = "WPS463"
	SettingNeverSet     Code = "WPS464"
	DirectiveDisagrees  Code = "WPS465"
	BadScheduleInFile   Code = "WPS466"
	BadDefinition       Code = "WPS470"

	ImportChanged  Code = "WPS480"
	ImportDropped  Code = "WPS481"
	ImportLeftOut  Code = "WPS482"
	ImportCode     Code = "WPS483"
	BindingsInCode Code = "WPS484"
	ImportSetting  Code = "WPS485"
	HostOnly       Code = "WPS486"
	NotInWebApp    Code = "WPS487"

	ForeignFile Code = "WPS501"
	TakenName   Code = "WPS502"

	NoProgramName  Code = "WPS510"
	BadProgramName Code = "WPS511"
	NeededLeftOut  Code = "WPS512"
	BadIgnorePath  Code = "WPS513"
	UnportableName Code = "WPS514"
	LinkLeftOut    Code = "WPS515"
)

// declarations says everything there is to say of each code, in the order of the codes.
var declarations = []Declaration{
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
		"A route is literal segments and parameters in braces, parted by slashes, without the prefix api."},
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
	{BadSettings, Error, "project setting that cannot be read",
		"wpsgen.yaml is a YAML mapping with the keys wpsgen knows. While it cannot be read, what the app has generated so far stays as it is."},
	{BadHostFile, Error, "host.json that cannot be read",
		"The Functions host does not start with a host.json that is no JSON, comments and trailing commas aside. wpsgen takes the route prefix from it, and whether requests are passed on."},
	{ProxyingIsOff, Error, "host.json that keeps requests from the app",
		"With upstream: http in wpsgen.yaml, the app itself checks the service's events and answers them, which takes requests as they were sent. The Functions host passes them on only where customHandler.enableProxyingHttpRequest is true in host.json."},
	{BadFunctionFile, Error, "function.json that cannot be read",
		"The file is no JSON, comments and trailing commas aside, or its bindings are not a list of objects. The host leaves the function out, and says so in its log alone."},
	{LenientFile, Warning, "JSON that strict parsers refuse",
		"The Functions host reads comments, trailing commas, single quotes and a byte order mark; editors, linters and scripts need not. Nothing breaks on the host."},
	{BadLocalSettings, Error, "local.settings.json that cannot be read",
		"The tools say nothing when this file cannot be read: every setting in it is just missing."},
	{SettingNotText, Error, "app setting that is not text",
		"Values holds texts. A number, a list or an object there is not seen, and neither are the settings after it. Nested names are written with two underscores, as in A__B."},
	{SettingIsNull, Warning, "app setting that is null",
		"A setting without a value is as good as none."},
	{RepeatedMember, Warning, "member given twice",
		"Of members whose names differ in case at most, the host reads the last."},
	{HostVersion, Error, "host.json of another version",
		"The host starts with \"version\": \"2.0\" alone, whatever the version of the host itself, and the name is spelled so."},
	{NoExecutable, Error, "custom handler without a program",
		"customHandler.description.defaultExecutablePath names the program that the host starts. Without it the host does not start."},
	{OldCustomHandler, Warning, "custom handler under its old name",
		"httpWorker is what customHandler was called before its release. It passes requests on in another way."},
	{FileTriggers, Error, "function.json without exactly one trigger",
		"A function has at least one binding, and exactly one of them is its trigger: the one whose type ends in Trigger. The host leaves any other function out."},
	{FileBindingTwice, Error, "two bindings of one name in function.json",
		"Names of bindings are unique in a function, without regard to case. The host leaves the function out."},
	{FileBindingName, Error, "binding name the host refuses",
		"A binding's name is a letter and then up to 127 letters, digits or single underscores; $return is the name of an output alone."},
	{UnderscoreName, Warning, "binding name that older hosts refuse",
		"Hosts before 4.1038 take no underscore in a binding's name."},
	{FolderName, Error, "folder that cannot be a function",
		"A function has its folder's name: a letter and then up to 127 letters, digits, underscores or dashes; host is taken. Names are unique without regard to case."},
	{WrongDirection, Error, "binding in the wrong direction",
		"direction is in, out or inout, and each type has its own: triggers and inputs in, outputs out."},
	{NoDirection, Warning, "binding without a direction",
		"The host takes it for an input. Editors and the published schema ask for it."},
	{UnknownType, Error, "binding type that does not exist",
		"The extension registers no binding of this type, so that the host does not load the function. Where the app's project pins a beta that has it, this is a warning."},
	{OtherSpelling, Warning, "type or value in another spelling",
		"The host does not mind the case. People and tools that search do."},
	{MissingProperty, Error, "property missing",
		"The binding cannot do without this property, and nothing else gives it a value."},
	{OldProperty, Error, "property by an old name",
		"The property has another name since the extension's first release. The host ignores the old one, and what it set is missing."},
	{PropertyValue, Error, "value the binding does not take",
		"The property takes other values than this, and the host does not load the function, or the value never matches."},
	{SystemEventName, Error, "system event that does not exist",
		"The service sends the system events connect, connected and disconnected. A trigger for any other name starts without an error and never fires, and the service's event gets a 404."},
	{ServiceName, Warning, "name the service does not accept",
		"Hub and event names have to match the pattern of the service; with another name nothing ever arrives."},
	{IgnoredProperty, Warning, "property the host ignores",
		"The binding does not have this property, and the host says nothing about it."},
	{SecretInFile, Error, "secret in function.json",
		"Connections are named by app settings. function.json is in version control, and whoever reads it has the key. Renew the key."},
	{DeprecatedProperty, Warning, "property with a successor",
		"It still works, but not on every version of the extension or not for ever."},
	{TooNewProperty, Warning, "property the extension does not know yet",
		"The extension that host.json or extensions.csproj asks for is older than this property and ignores it."},
	{HubFromSetting, Warning, "hub that an app setting has to give",
		"Without a hub of its own, the binding uses that of the app setting WebPubSubHub. Where that is not set, the function does not start."},
	{NoHub, Error, "hub that nothing gives",
		"Neither the binding nor the app setting WebPubSubHub names a hub, and the function does not start."},
	{TriggerName, Warning, "trigger name under which nothing arrives",
		"The host hands over the part of the event that has the binding's name. Under a name that no part has, functions in script languages and custom handlers get null."},
	{HTTPOutput, Error, "http binding without an http trigger",
		"An http output answers an HTTP trigger's request, and webPubSubContext reads one. The reply to an event is what the function returns."},
	{ReplyOutput, Warning, "output that the reply overwrites",
		"The host copies every member of a trigger's return value into the outputs of that name, and takes what goes to $return for the reply."},
	{DisabledInFile, Warning, "disabled in function.json",
		"Hosts from version 2 on do not read it: the function runs. The app setting AzureWebJobs.NAME.Disabled stops it."},
	{BadRetry, Error, "retry policy that is wrong or without effect",
		"A policy has maxRetryCount, and delayInterval with the strategy fixedDelay, or minimumInterval and maximumInterval with exponentialBackoff; the host leaves a function out that lacks one of them. Only timers, Event Hubs, Cosmos DB and Kafka triggers are documented to follow a policy, so that one on another trigger is a warning."},
	{UnknownRoot, Error, "binding expression without a source",
		"What stands in braces is looked up in what the trigger provides, not in the binding's name. What is not there fails each call before the function runs."},
	{SpoofableUser, Warning, "user whom the caller chooses",
		"The token is for the user whom an anonymous caller names. Anybody can be anybody, which does for a demo."},
	{IdentityHeader, Warning, "sign-in header that is not there",
		"App Service sets x-ms-client-principal-name; a local run does not, and Static Web Apps do not send it either. Without the header, each call fails before the function runs."},
	{EventTwice, Error, "two functions for one event in function.json",
		"An event of a hub runs one function. With two, the host refuses to start: \"Duplicated binding attribute find\". Hub, type, name and client protocol are compared without case."},
	{RouteTwice, Error, "two functions for one route in function.json",
		"Two http functions have the same route and share a method, so that the host refuses one of them."},
	{LonelyHub, Warning, "hub that hardly anything uses",
		"A hub that only one binding uses, or one function that gives no client a connection to it, or that differs from another in case alone, is mostly a slip: what is sent to it arrives nowhere."},
	{MisleadingFolder, Warning, "function named after another event",
		"The function's name is that of a system event, and it runs on another one."},
	{StrayFile, Warning, "function.json that no host reads",
		"The host looks for function.json in the folders right below host.json and nowhere else."},
	{StrayProject, Warning, "extensions.csproj by another name",
		"Explicit installation of extensions reads extensions.csproj. A project by another name brings no extension."},
	{BundleWithout, Error, "extension bundle without Web PubSub",
		"The range of extensionBundle lets in no bundle that has the Web PubSub extension, which are 3.5.0, 4.1.0 and those after them, and not the Preview bundles of version 4. The host does not find the binding types. Of a host.json alone nobody knows whether it needs them, so that this is a warning then. Without an id, or with a range it cannot read, no host starts."},
	{OldBundle, Warning, "extension bundle the host has given up",
		"Hosts ask for bundle 2.6.1 at least, and support ends with version 3. Newer functions need [4.*, 5.0.0)."},
	{NoExtension, Error, "no extension for the bindings",
		"host.json has no extensionBundle and no project file names the Web PubSub extension, so that the host does not find the binding types."},
	{LonelyContext, Error, "webPubSubContext alone behind a bundle",
		"The bundle's list of binding types lacks webPubSubContext. An app without any other Web PubSub binding does not load the extension and does not start."},
	{FaultyExtension, Warning, "extension version with a known fault",
		"This version of the extension has a fault that this app runs into."},
	{ContextPath, Warning, "event handler path that differs from the usual",
		"Functions with webPubSubContext are reached below the route prefix. The service's event handler URL has to name the same path."},
	{ContextPreflight, Warning, "no function that answers OPTIONS",
		"The service asks with OPTIONS before it sends events. Where every webPubSubContext function lists methods without it, the service never sends any."},
	{NoConnectionSetting, Error, "connection setting that is not there",
		"The binding names an app setting, or takes the default one, which local.settings.json does not have, neither itself nor as NAME__serviceUri. The host refuses to index the function."},
	{UndefinedSetting, Error, "%setting% that is not there",
		"What stands between percent signs is an app setting. local.settings.json does not have it, and the function does not start."},
	{NoStorage, Error, "trigger without AzureWebJobsStorage",
		"This trigger needs storage: the extension keeps its webhook's keys there, timers their locks. AzureWebJobsStorage, or AzureWebJobsStorage__… for an identity, is not set."},
	{IdentitySetting, Warning, "identity setting by another service's name",
		"A Web PubSub connection by identity is NAME__serviceUri; NAME__endpoint belongs to Socket.IO."},
	{TwoConnections, Error, "two connections under one name",
		"A setting has a connection string and a __serviceUri of different hosts. The connection string counts, and the other is never used."},
	{UnsignedTrigger, Warning, "trigger that takes events from anybody",
		"Without a connection the extension accepts every event unchecked."},
	{OtherRuntime, Warning, "FUNCTIONS_WORKER_RUNTIME that does not fit",
		"A custom handler runs where FUNCTIONS_WORKER_RUNTIME is custom."},
	{StaticWebApp, Error, "trigger that a Static Web App does not have",
		"The functions of a Static Web App have HTTP triggers only. Take events with webPubSubContext, or bring a Functions app of your own. An app is the API where api_location in a workflow names it or, when nothing deploys it by itself, it lies in a folder api beside staticwebapp.config.json; under another name this is a warning."},
	{FlexConsumption, Error, "webPubSubTrigger on Flex Consumption",
		"The trigger's webhook answers 404 on this plan. Take the events over HTTP: with upstream: http in wpsgen.yaml, or with webPubSubContext."},
	{HandlerKey, Warning, "event handler URL without its key",
		"The trigger's webhook asks for the system key webpubsub_extension. Without code= in the URL every event gets a 401."},
	{SettingNeverSet, Warning, "setting that is read by another name",
		"The program reads an app setting that local.settings.json does not have, while it has one of a similar name."},
	{DirectiveDisagrees, Error, "function.json that disagrees with its directive",
		"wpsgen wrote the file, and the directive says something else now, or the file was changed by hand. wpsgen generate writes it anew."},
	{BadScheduleInFile, Warning, "schedule that is not what it looks like",
		"The host refuses the schedule, or reads it in another sense than people do."},
	{BadDefinition, Error, "binding definition that cannot be used",
		"wpsgen.yaml names files with binding definitions of the app's own. While one has a fault, what the app has generated stays as it is, and functions with directives that nobody knows are not looked at."},
	{ImportChanged, Warning, "changed by the import",
		"wpsgen import wrote something else than the file says: a name or a value of before the extension's first release, one that the host does not take, or one that a Go function cannot have. What callers see stays as it was, or as it was meant; read it once all the same."},
	{ImportDropped, Warning, "not carried over by the import",
		"The imported app does not have this: the host or the extension ignores it, a custom handler has no use for it, or a directive cannot say it. Decide whether it is missed, and how to have it otherwise."},
	{ImportLeftOut, Error, "function that cannot be imported",
		"The host would not run the function as its function.json is, or no directive can say what it does. The other functions are imported without it. Mend the file and import again into a new folder, or write the function anew."},
	{ImportCode, Warning, "code to carry over by hand",
		"wpsgen import takes over bindings. The function's own code is in another language: carry it over to the Go function, which does nothing so far but answer without harm."},
	{BindingsInCode, Error, "app whose bindings are in code",
		"In the programming models v4 of Node.js and v2 of Python, in .NET and in Java, bindings are calls, decorators or attributes in code, and wpsgen import reads none of these. Write a Go function for each and annotate it; wpsgen explain shows how for each verb."},
	{ImportSetting, Warning, "app setting that the imported app needs",
		"A binding takes a value from an app setting, and local.settings.json does not have it or has it from wpsgen import. Give it the value that the deployed app has."},
	{HostOnly, Warning, "binding that the Functions host alone serves",
		"The binding is another extension's. Behind the Functions host it works as before. In wpsgen dev, and elsewhere where WPS_OTHER_BINDINGS is absent, a function with such a trigger does not run, an input is null and an output goes nowhere; an app without that setting does not start."},
	{NotInWebApp, Warning, "app that a Static Web App does not run",
		"The functions that a Static Web App manages itself are in Node.js, Python or .NET, and never in Go. Link a Functions app of your own to it, which the imported app can be."},
	{ForeignFile, Error, "file in the way",
		"A file that wpsgen did not write has the name of one it has to write. It is never overwritten."},
	{TakenName, Error, "name taken",
		"The package declares a name that the generated file has to declare."},
	{NoProgramName, Error, "package without a program",
		"A package needs a host.json that names the program in customHandler.description.defaultExecutablePath, or the host starts nothing."},
	{BadProgramName, Error, "program that the host would not find or run",
		"The program lies beside host.json in the package, under exactly the name of defaultExecutablePath: that entry alone gets the right to run. A program for Windows ends in .exe."},
	{NeededLeftOut, Error, "file left out that the host needs",
		"host.json and each function.json have to be in the package. A line of .funcignore, the name of a folder or a link keeps one out."},
	{BadIgnorePath, Error, "line of .funcignore that cannot be read",
		"The line was to leave something out, maybe a secret, so nothing is packed while nobody knows what."},
	{UnportableName, Error, "file name that not every system takes",
		"Some systems unpack a name with a backslash, a colon or a control character as another one, or elsewhere."},
	{LinkLeftOut, Warning, "link left out of the package",
		"Links are followed to files of the app that may be packed, and nowhere else: not out of the app's folder, not to folders, not to what is never packed."},
}

var byCode = func() map[Code]Declaration {
	m := make(map[Code]Declaration, len(declarations))
	for _, d := range declarations {
		m[d.Code] = d
	}
	return m
}()

// Declaration returns what is declared of the code; the zero Declaration with severity Error for a code nobody declared.
func (c Code) Declaration() Declaration {
	if d, ok := byCode[c]; ok {
		return d
	}
	return Declaration{Code: c, Severity: Error}
}

// Declarations returns all codes in order.
func Declarations() []Declaration { return append([]Declaration(nil), declarations...) }
