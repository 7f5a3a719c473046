// Package importer makes an annotated Go app of a Functions app whose bindings are in function.json files: an
// app in JavaScript, TypeScript, Python or C# script, or a custom handler. [Run] reads the app's folder and
// returns files and findings; [Make] generates what is generated of them, too. Nothing is written into the
// app's place before [Stage.Commit].
package importer
