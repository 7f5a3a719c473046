package validate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/validate"
)

// Parts of the archives below.
const (
	hostFile = "-- host.json --\n" + bundle + "\n"
	request  = `{"type": "httpTrigger", "direction": "in", "name": "req", "authLevel": "function", "methods": ["get"]}, {"type": "http", "direction": "out", "name": "res"}`
	output   = `{"type": "webPubSub", "direction": "out", "name": "actions", "hub": "chat"}`
)

// file is a function.json of a function, with bindings.
func file(name string, bindings ...string) string {
	return "-- " + name + "/function.json --\n{\"bindings\": [" + strings.Join(bindings, ",\n") + "]}\n"
}

// retried is a function.json of a timer with a retry policy.
func retried(policy string) string {
	return "-- a/function.json --\n{\"retry\": {" + policy + "}, \"bindings\": [" + timer + "]}\n"
}

// settings is a local.settings.json with Values.
func settings(values string) string {
	return "-- local.settings.json --\n{\"Values\": {" + values + "}}\n"
}

// TestVerdicts holds what is found in apps, and in files alone, against what the host does with them. What
// is wanted are the codes found; a warning has a w before its code.
func TestVerdicts(t *testing.T) {
	for _, tt := range slices.Concat(functionVerdicts, hostVerdicts, appVerdicts, webAppVerdicts, planVerdicts) {
		dir := folder(t, tt.archive)
		var got []string
		result, err := validate.Run(validate.Config{Path: dir + "/" + tt.path})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		for _, f := range result.Findings {
			code := strings.TrimPrefix(string(f.Code), "WPS")
			if f.Severity() == "warning" {
				code = "w" + code
			}
			got = append(got, code)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: found %q, want %q", tt.name, spell(dir, result.Findings), tt.want)
		}
	}
}

type verdictCase struct{ name, path, archive, want string }

// functionVerdicts are about function.json alone.
var functionVerdicts = []verdictCase{
	{"enumerations by number, any names, from code", "", `-- a/function.json --
{"configurationSource": "attributes", "scriptFile": "../bin/App.dll", "bindings": [
  {"type": "webPubSubTrigger", "hub": "chat", "eventType": 1, "eventName": "message", "clientProtocols": 0, "name": "event"}]}
`, ""},
	{"placeholders of documentation", "", file("a", request, `{"type": "webPubSubConnection", "direction": "in", "name": "connection", "hub": "<hub>", "connection": "<name of the setting>"}`), "w426"},
	{"a key in another binding", "", file("a", strings.Replace(queue, "Queue", "AccountName=a; AccountKey=b==", 1)), "428"},
	{"a condition on a key in another binding", "", file("a", request, `{"type": "sql", "direction": "in", "name": "rows", "commandText": "select * from t where AccountKey=@AccountKey", "parameters": "@AccountKey={key}"}`), ""},
	{"UTF-16", "", "-- a/function.json --\n\xff\xfe" + utf16(`{"bindings": [`+request+`],}`), "w405"},
	{"UTF-16 in the wrong", "", "-- a/function.json --\n\xff\xfe" + utf16(`{"bindings": [`+strings.Replace(request, "httpT", "webPubSubT", 1)+`]}`), "w405 422 422 w431 w433 w427 w427 434"},
	{"no-break spaces", "", "-- a/function.json --\n{\u00a0\"bindings\": [" + request + "]}", "w405"},
	{"a setting that is not closed", "", file("a", request, strings.Replace(output, "chat", "%Hub", 1)), "424"},
	{"bindings by another name", "", "-- a/function.json --\n{\"Bindings\": [" + request + "]}\n", "404"},
	{"numbers that JSON does not have", "", "-- a/function.json --\n{\"x\": [NaN, -Infinity], \"bindings\": [" + request + "]}\n", "w405"},
	{"kinds of data", "", file("a", strings.Replace(queue, "}", `, "dataType": "Binary", "cardinality": "MANY"}`, 1)), ""},
	{"a kind of data there is not", "", file("a", strings.Replace(queue, "}", `, "dataType": "json"}`, 1)), "424"},
	{"no kind of data", "", file("a", strings.Replace(queue, "}", `, "dataType": "", "cardinality": null}`, 1)), ""},
	{"a number of items there is not", "", file("a", strings.Replace(queue, "}", `, "cardinality": "batch"}`, 1)), "424"},
	{"bindings from somewhere", "", "-- a/function.json --\n{\"configurationSource\": \"code\", \"bindings\": [" + request + "]}\n", "424"},
	{"a retry policy without a strategy", "", retried(`"maxRetryCount": 1, "delayInterval": "00:00:03"`), ""},
	{"a retry policy without times", "", retried(`"strategy": "exponentialBackoff", "maxRetryCount": 1`), "437 437"},
	{"a retry policy without a count", "", retried(`"delayInterval": "00:00:03", "maxRetryCount": null`), "437"},
	{"a retry policy of half a second", "", retried(`"strategy": "exponentialBackoff", "maxRetryCount": -1, "minimumInterval": "00:00:00.5", "maximumInterval": "1.00:10"`), ""},
	{"a retry policy of other letters", "", strings.Replace(retried(`"maxRetryCount": 1`), "retry", "Retry", 1), ""},
	{"a retry policy of seconds", "", retried(`"maxRetryCount": 1, "delayInterval": "00:00:90"`), "437"},
	{"a retry policy of days", "", retried(`"maxRetryCount": "1", "delayInterval": "3"`), "w437"},
	{"an expression that is not closed", "", file("a", request, strings.Replace(output, "chat", "{query.hub", 1)), "424"},
}

// withBundle is a host.json with a bundle.
func withBundle(id, version string) string {
	return fmt.Sprintf("-- host.json --\n{\"version\": \"2.0\", \"extensionBundle\": {\"id\": \"Microsoft.Azure.Functions.ExtensionBundle%s\", \"version\": %q}}\n", id, version)
}

// hostVerdicts are about host.json and local.settings.json alone, and bundles with an app.
var hostVerdicts = []verdictCase{
	{"version is a number", "host.json", "-- host.json --\n{\"version\": 2.0}\n", "410"},
	{"version by another name", "host.json", "-- host.json --\n{\"Version\": \"2.0\"}\n", "410"},
	{"empty", "host.json", "-- host.json --\n{ }\n", "410"},
	{"no version", "host.json", "-- host.json --\n{\"logging\": {}}\n", "410"},
	{"version is text", "host.json", "-- host.json --\n{\"version\": \"2.0\"}\n", ""},
	{"bundle without the extension, alone", "host.json", withBundle("", "[2.*, 3.0.0)"), "w447"},
	{"bundle without the extension, no binding of it", "", withBundle("", "[2.*, 3.0.0)") + file("a", request), ""},
	{"bundle without the extension, and a binding", "", withBundle("", "[2.*, 3.0.0)") + file("a", request, output), "447"},
	{"bundle given up, alone", "host.json", withBundle("", "[1.*, 2.0.0)"), "w448"},
	{"preview, alone", "host.json", withBundle(".Preview", "[4.*, 5.0.0)"), "w447"},
	{"preview, and a binding", "", withBundle(".Preview", "[4.*, 5.0.0)") + file("a", request, output), "447"},
	{"range that cannot be read, and a binding", "", withBundle("", "[4.*, 5.0.0") + file("a", request, output), "447"},
	{"range that cannot be read, alone", "host.json", withBundle("", "4.x"), "447"},
	{"no range and no id", "host.json", "-- host.json --\n{\"version\": \"2.0\", \"extensionBundle\": {\"x\": 1}}\n", "447 447"},
	{"an id that is none", "host.json", withBundle(",", "[4.*, 5.0.0)"), "447"},
	{"no bundle but null", "", "-- host.json --\n{\"version\": \"2.0\", \"extensionBundle\": null}\n" + file("a", request), "447"},
	{"another's bundle", "host.json", "-- host.json --\n{\"version\": \"2.0\", \"extensionBundle\": {\"id\": \"Contoso.Bundle-2\", \"version\": \"1.0\"}}\n", ""},
	{"any range", "", withBundle("", "*") + file("a", request, output), ""},
	{"empty bundle, and a binding", "", "-- host.json --\n{\"version\": \"2.0\", \"extensionBundle\": {}}\n" + file("a", request, output), "449"},
	{"no Values", "local.settings.json", "-- local.settings.json --\n{\"IsEncrypted\": false, \"Values\": null}\n", ""},
	{"another service's identity", "local.settings.json", settings(`"WebPubSubConnectionString__endpoint": "https://a"`), "w457"},
	{"Socket.IO's identity", "local.settings.json", settings(`"WebPubSubForSocketIOConnectionString__endpoint": "https://a"`), ""},
	{"two connections under one name", "local.settings.json", settings(`"WebPubSubConnectionString": "Endpoint=https://a.b;AccessKey=k", "webpubsubconnectionstring:serviceUri": "https://c.b"`), "458"},
	{"two connections, one host", "local.settings.json", settings(`"WebPubSubConnectionString": "Endpoint=https://a.b;AccessKey=k", "WebPubSubConnectionString__serviceUri": "https://A.B/"`), ""},
	{"encrypted", "", hostFile + file("a", request, output) + "-- local.settings.json --\n{\"IsEncrypted\": true, \"Values\": {\"WebPubSubConnectionString\": \"CfDJ8\"}}\n", ""},
}

// appVerdicts are about several files.
var appVerdicts = []verdictCase{
	{"events twice by settings", "", hostFile + file("a", userEvent("%Hub%", "message")) + file("b", userEvent("chat", "%Event%")) +
		settings(connected+`, "Hub": "Chat", "Event": "message"`), "441 w443"},
	{"events twice, one of them off", "", hostFile + file("a", userEvent("chat", "message")) + file("b", userEvent("chat", "message")) +
		settings(connected+`, "AzureWebJobs.b.Disabled": "true"`), ""},
	{"events twice, one of them off on Linux", "", hostFile + file("a", userEvent("chat", "message")) + file("b-c", userEvent("chat", "message")) +
		settings(connected+`, "AzureWebJobs_b-c_Disabled": "1"`), ""},
	{"a queue without storage", "", hostFile + file("a", queue) + settings(`"Queue": "x"`), "456"},
	{"a queue without storage in a sample", "", hostFile + file("a", queue) + "-- local.settings.sample.json --\n{\"Values\": {}}\n", ""},
	{"durable functions without storage", "", hostFile + file("a", `{"type": "orchestrationTrigger", "direction": "in", "name": "context"}`) + settings(""), ""},
	{"a hub of one binding each", "", hostFile + file("a", timer, output) + file("b", request, strings.Replace(output, "chat", "chatv4", 1)), "w443"},
	{"events twice, one of them not listed", "", strings.Replace(hostFile, "{", `{"functions": ["A"], `, 1) + file("a", userEvent("chat", "message")) + file("b", userEvent("chat", "message")), ""},
	{"a hub of one function that connects nobody", "", hostFile + file("a", userEvent("chat", "a")) + file("b", userEvent("chat", "b")) +
		file("c", userEvent("lobby", "c"), strings.Replace(output, "chat", "lobby", 1)), "w443"},
	{"a hub of one function that connects to it", "", hostFile + file("a", userEvent("chat", "a")) + file("b", userEvent("chat", "b")) +
		file("c", request, strings.Replace(output, "chat", "lobby", 1), `{"type": "webPubSubConnection", "direction": "in", "name": "connection", "hub": "lobby"}`), ""},
	{"two hubs of one function each", "", hostFile + file("a", userEvent("chat", "a"), output) + file("b", userEvent("news", "b"), strings.Replace(output, "chat", "news", 1)), ""},
	{"preflight of a function of its own", "", hostFile + file("a", strings.Replace(request, "get", "post", 1), context) + file("b", strings.Replace(request, "get", "options", 1)) + file("c", request, output), ""},
	{"no preflight", "", hostFile + file("a", strings.Replace(request, "get", "post", 1), context) + file("b", request, output), "w453"},
	{"a project nobody reads", "", "-- host.json --\n{\"version\": \"2.0\"}\n-- exstensions.csproj --\n" + reference("1.0.0") + file("a", request, output), "w446"},
	{"a project in other case", "", "-- host.json --\n{\"version\": \"2.0\"}\n-- Extensions.csproj --\n" + reference("1.0.0") + file("a", request, output), "w446"},
	{"an old name, and a version that has it", "", "-- host.json --\n{\"version\": \"2.0\"}\n-- extensions.csproj --\n" + reference("1.0.0-beta.2") +
		file("a", request, output, strings.Replace(context, "Context", "Request", 1)), "w420"},
	{"an old name, and a later version", "", "-- host.json --\n{\"version\": \"2.0\"}\n-- extensions.csproj --\n" + reference("1.0.0-beta.4") +
		file("a", request, output, strings.Replace(context, "Context", "Request", 1)), "420"},
	{"durable functions beside an old extension", "", "-- host.json --\n{\"version\": \"2.0\"}\n-- extensions.csproj --\n" + reference("1.3.0") +
		file("a", request, output, `{"type": "durableClient", "direction": "in", "name": "client"}`), "w451"},
	{"a version in an element", "", "-- host.json --\n{\"version\": \"2.0\"}\n-- extensions.csproj --\n" +
		"<PackageReference Include='Microsoft.Azure.WebJobs.Extensions.WebPubSub'>\n  <Version>1.5.0</Version>\n</PackageReference>\n" + file("a", userEvent("chat", "message")), "w451"},
	{"a version before the name", "", "-- host.json --\n{\"version\": \"2.0\"}\n-- extensions.csproj --\n" +
		"<PackageReference Version='1.5.0' Include='Microsoft.Azure.WebJobs.Extensions.WebPubSub' />\n" + file("a", userEvent("chat", "message")), "w451"},
	{"a reference in a comment", "", "-- host.json --\n{\"version\": \"2.0\"}\n-- extensions.csproj --\n<!--\n" + reference("1.7.0") + "-->\n" + file("a", userEvent("chat", "message")), "449"},
	{"routes twice, one of them off", "", hostFile + file("a", strings.Replace(request, "}", `, "route": "x"}`, 1)) + file("x", request) + settings(`"AzureWebJobs.a.Disabled": "true"`), ""},
	{"a bundle with a faulty extension", "", withBundle("", "[4.33.0, 4.35.0)") + file("a", request, strings.Replace(output, "}", `, "connection": "Other"}`, 1)), "w451"},
	{"a handler's URL without its key", "", hostFile + file("a", userEvent("chat", "message")) + "-- a.sh --\n# /runtime/webhooks/webpubsub\n" +
		"u=https://a/runtime/webhooks/webpubsub?Code=$KEY\nt=http://localhost:7071/runtime/webhooks/webpubsub\nw=https://a/runtime/webhooks/webpubsub\n", "w463"},
	{"compiled, not built", "", "-- host.json --\n{\"version\": \"2.0\"}\n-- a/function.json --\n" + `{"configurationSource": "attributes", "bindings": [` + userEvent("chat", "message") + "]}\n", ""},
}

// timer is a trigger that the API of a Static Web App does not have.
const timer = `{"type": "timerTrigger", "direction": "in", "name": "timer", "schedule": "0 */5 * * * *"}`

// workflow deploys a Static Web App with an API in a folder.
func workflow(folder string) string {
	return "-- .github/workflows/azure-static-web-apps-x.yml --\njobs:\n  build:\n    steps:\n      - uses: Azure/static-web-apps-deploy@v1\n        with:\n          app_location: \"/\"\n          api_location: " + folder + " # API\n"
}

// app is a Functions app with a timer, in a folder.
func app(dir string) string {
	return "-- " + dir + "/host.json --\n{\"version\": \"2.0\"}\n" + file(dir+"/tick", timer)
}

// webAppVerdicts tell the API of a Static Web App from a Functions app of its own (mistakes 51).
var webAppVerdicts = []verdictCase{
	{"api of the web app above", "", webApp + app("api"), "461"},
	{"api beside the web app", "", "-- client/public/staticwebapp.config.json --\n{}\n" + app("api"), "461"},
	{"in the web app's folder", "", webApp + "-- host.json --\n{\"version\": \"2.0\"}\n" + file("tick", timer), "461"},
	{"named by the workflow", "", app("functions") + workflow(`"functions"`), "461"},
	{"named by the workflow from the root", "", app("functions") + workflow("./functions/"), "461"},
	{"named by the tool", "", app("functions") + "-- swa-cli.config.json --\n{\"configurations\": {\"x\": {\"apiLocation\": \"functions\"}}}\n", "461"},
	{"another one named by the workflow", "", webApp + app("api") + workflow("other"), ""},
	{"none named by the workflow", "", webApp + app("api") + workflow(`""`), ""},
	{"named by a variable", "", webApp + app("api") + workflow("${{ env.API }}"), "461"},
	{"deployed by itself", "", webApp + app("api") + "-- .github/workflows/api.yml --\n      - uses: Azure/functions-action@v1\n", ""},
	{"deployed by azd", "", webApp + app("api") + "-- azure.yaml --\nservices:\n  api:\n    project: ./api\n    host: function\n", ""},
	{"linked", "", webApp + app("api") + "-- infra/main.bicep --\nresource l 'Microsoft.Web/staticSites/linkedBackends@2022-03-01' = {\n}\n", ""},
	{"of another name", "", webApp + app("functions"), "w461"},
	{"far away", "", webApp + app("services/functions"), ""},
	{"http alone", "", webApp + "-- api/host.json --\n{\"version\": \"2.0\"}\n" + file("api/a", request), ""},
}

// planVerdicts tell whether a plan in Bicep or Terraform is surely the app's (mistakes 52).
var planVerdicts = []verdictCase{
	{"flex", "", hostFile + file("a", userEvent("chat", "message")) + "-- main.tf --\n  sku_name = \"FC1\"\n", "462"},
	{"flex in a comment", "", hostFile + file("a", userEvent("chat", "message")) + "-- main.tf --\n  # sku_name = \"FC1\"\n", ""},
	{"flex among others", "", hostFile + file("a", userEvent("chat", "message")) + "-- main.bicep --\n@allowed(['Y1', 'FC1'])\nparam sku string\n", "w462"},
	{"flex of one of two apps", "", "-- infra/main.bicep --\n  sku: { name: 'FC1' }\n" + app("b") +
		strings.ReplaceAll(hostFile+file("c", userEvent("chat", "message")), "-- ", "-- a/"), "w462"},
	{"flex in one of two apps", "", "-- a/infra/main.bicep --\n  sku: { name: 'FC1' }\n" + app("b") +
		strings.ReplaceAll(hostFile+file("c", userEvent("chat", "message")), "-- ", "-- a/"), "462"},
}

const webApp = "-- staticwebapp.config.json --\n{}\n"

// connected are the settings that a trigger needs.
const connected = `"AzureWebJobsStorage": "UseDevelopmentStorage=true", "WebPubSubConnectionString": "Endpoint=https://a;AccessKey=b"`

const context = `{"type": "webPubSubContext", "direction": "in", "name": "wpsContext"}`

// reference is a project that names the extension.
func reference(version string) string {
	return `<PackageReference Include="Microsoft.Azure.WebJobs.Extensions.WebPubSub" Version="` + version + "\" />\n"
}

const queue = `{"type": "queueTrigger", "direction": "in", "name": "job", "queueName": "jobs", "connection": "Queue"}`

func userEvent(hub, name string) string {
	return fmt.Sprintf(`{"type": "webPubSubTrigger", "direction": "in", "name": "data", "hub": %q, "eventType": "user", "eventName": %q}`, hub, name)
}

// utf16 is ASCII text in UTF-16, the lower byte first.
func utf16(text string) string {
	var b strings.Builder
	for _, c := range []byte(text + "\n") {
		b.WriteString(string([]byte{c, 0}))
	}
	return b.String()
}
