package diag

// Codes of findings about files that hosts and wpsgen read.
const (
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
)

// fileDeclarations say what there is to say of each.
var fileDeclarations = []Declaration{
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
}
