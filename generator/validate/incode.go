package validate

import (
	"os"
	"path/filepath"
	"strings"
)

// marks are files that show where an app has its bindings when it has no function.json. The first that is
// there, and holds the text if one is given, tells.
var marks = []struct{ file, text, why string }{
	{"function_app.py", "", "its bindings are decorators in Python code (model v2)"},
	{"pom.xml", "", "its bindings are annotations in Java code"},
	{"build.gradle", "", "its bindings are annotations in Java code"},
	{"build.gradle.kts", "", "its bindings are annotations in Java code"},
	{"package.json", `"@azure/functions"`, "its bindings are calls in JavaScript or TypeScript code (model v4)"},
	{"go.mod", "azure-functions-golang-worker", "its triggers are calls in Go code, for the native worker"},
}

// runtimes tell the same by FUNCTIONS_WORKER_RUNTIME, where no file does.
var runtimes = map[string]string{
	"dotnet":          "its bindings are attributes in .NET code",
	"dotnet-isolated": "its bindings are attributes in .NET code",
	"java":            "its bindings are annotations in Java code",
	"python":          "its bindings are decorators in Python code (model v2)",
	"node":            "its bindings are calls in JavaScript or TypeScript code (model v4)",
	"native":          "its triggers are calls in Go code, for the native worker",
}

// noteInCode says of an app without any function.json why there is nothing to validate.
func (c *checker) noteInCode(a *app) {
	if len(a.functions)+len(a.unread) > 0 {
		return
	}
	c.note(a.dir, "there is no function.json to validate, because %s", a.whyNone())
}

func (a *app) whyNone() string {
	for _, p := range a.projects {
		if filepath.Base(p.path) != extensionsProject {
			return "its bindings are attributes in .NET code"
		}
	}
	for _, m := range marks {
		src, err := os.ReadFile(filepath.Join(a.dir, m.file))
		if err == nil && strings.Contains(string(src), m.text) {
			return m.why
		}
	}
	if a.host != nil && a.host.Root.Find("customHandler", "http", "routes") != nil {
		return "host.json routes all requests to the custom handler"
	}
	if why := runtimes[strings.ToLower(a.local.text(runtimeSetting))]; why != "" {
		return why
	}
	return "no folder in it is a function"
}
