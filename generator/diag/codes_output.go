package diag

// Codes of findings about what is imported, generated and packed.
const (
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

// outputDeclarations say what there is to say of each.
var outputDeclarations = []Declaration{
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
