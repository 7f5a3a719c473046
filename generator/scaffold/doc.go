// Package scaffold makes the files of new apps and functions.
//
// [App.Files] and [Function.Files] return files as values; [ReadPackage] reads what a new function has to fit
// in with, and [Write] writes files where none are, all of them or none.
package scaffold
