// Package generator turns annotated Go functions into function.json files and glue.
//
// [Run] loads packages, reads their directives, builds the model, checks it and works out the files
// that ought to exist; it writes nothing. [Result.Write] and [Result.Diff] do something about them.
// Every mistake found is a [diag.Finding]; a package with an error keeps the files it has, and the
// other packages are not held up. [Check] finds what shows in one package that somebody else has loaded.
package generator
