package validate_test

import (
	"fmt"
	"testing"

	"github.com/wpsgen/wpsgen/generator/validate"
)

// BenchmarkRun validates an app of 1,000 functions, of which each sends and a third take events.
func BenchmarkRun(b *testing.B) {
	dir := b.TempDir()
	write(b, dir, "host.json", `{"version": "2.0", "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}}`)
	write(b, dir, "local.settings.json", `{"Values": {"AzureWebJobsStorage": "UseDevelopmentStorage=true", "WebPubSubConnectionString": "x"}}`)
	for i := range 1000 {
		trigger := `{"type": "httpTrigger", "direction": "in", "name": "req", "authLevel": "function", "methods": ["get", "post"]},
    {"type": "http", "direction": "out", "name": "res"},
    {"type": "webPubSubConnection", "direction": "in", "name": "connection", "hub": "chat", "userId": "{headers.x-ms-client-principal-id}"}`
		if i%3 == 0 {
			trigger = fmt.Sprintf(`{"type": "webPubSubTrigger", "direction": "in", "name": "data", "dataType": "binary", "hub": "chat", "eventType": "user", "eventName": "event%d"}`, i)
		}
		write(b, dir, fmt.Sprintf("function%d/function.json", i), "{\n  \"bindings\": [\n    "+trigger+",\n    {\"type\": \"webPubSub\", \"direction\": \"out\", \"name\": \"actions\", \"hub\": \"chat\"}\n  ]\n}\n")
	}
	for b.Loop() {
		result, err := validate.Run(validate.Config{Path: dir})
		if err != nil {
			b.Fatal(err)
		}
		if len(result.Findings) > 1000 {
			b.Fatalf("%d findings, as %v", len(result.Findings), result.Findings[0])
		}
	}
}
