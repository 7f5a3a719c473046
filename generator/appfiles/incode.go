package appfiles

import (
	"os"
	"path/filepath"
	"strings"
)

// ExtensionsProject is the project that explicit installation of extensions reads. It builds no app.
const ExtensionsProject = "extensions.csproj"

// Where apps without a function.json have their bindings.
const (
	inDotnet   = "its bindings are attributes in .NET code"
	inJava     = "its bindings are annotations in Java code"
	inPython   = "its bindings are decorators in Python code (model v2)"
	inNode     = "its bindings are calls in JavaScript or TypeScript code (model v4)"
	inNativeGo = "its triggers are calls in Go code, for the native worker"
)

// PythonModelV2 is the file that makes the host take an app's bindings from Python code, whatever else is there.
const PythonModelV2 = "function_app.py"

// codeMarks are files that show where an app has its bindings when it has no function.json. The first that
// is there, and holds the text if one is given, tells.
var codeMarks = []struct{ file, text, why string }{
	{PythonModelV2, "", inPython},
	{"pom.xml", "", inJava},
	{"build.gradle", "", inJava},
	{"build.gradle.kts", "", inJava},
	{"package.json", `"@azure/functions"`, inNode},
	{"go.mod", "azure-functions-golang-worker", inNativeGo},
}

// codeRuntimes tell the same by FUNCTIONS_WORKER_RUNTIME, where no file does.
var codeRuntimes = map[string]string{
	"dotnet":          inDotnet,
	"dotnet-isolated": inDotnet,
	"java":            inJava,
	"python":          inPython,
	"node":            inNode,
	"native":          inNativeGo,
}

// InCode says why an app has no function.json, in words that end a sentence, and which file shows it: that
// its bindings are in code. Both are empty when nothing in its folder shows that.
func InCode(dir string) (why, file string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", ""
	}
	for _, e := range entries {
		end := strings.ToLower(filepath.Ext(e.Name()))
		if (end == ".csproj" || end == ".fsproj") && e.Name() != ExtensionsProject {
			return inDotnet, filepath.Join(dir, e.Name())
		}
	}
	for _, m := range codeMarks {
		path := filepath.Join(dir, m.file)
		if src, err := os.ReadFile(path); err == nil && strings.Contains(string(src), m.text) {
			return m.why, path
		}
	}
	return "", ""
}

// InCodeOf says the same of the value of FUNCTIONS_WORKER_RUNTIME.
func InCodeOf(runtime string) string { return codeRuntimes[strings.ToLower(runtime)] }
