// Package importer makes an annotated Go app of a Functions app whose bindings are in function.json files: an
// app in JavaScript, TypeScript, Python or C# script, or a custom handler. It reads the app's folder and
// returns files and findings; what it returns is written by [Result.Stage] and moved into place by [Stage].
package importer
