package main

import (
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/wpsgen/wpsgen/generator/lint"
)

// isVetTool reports whether it is the go command that runs the program, for go vet -vettool: it asks for
// the version and the flags first, and then has each package checked by the name of a .cfg file.
func isVetTool(args []string) bool {
	if len(args) == 0 {
		return false
	}
	last := args[len(args)-1]
	if len(args) == 1 && (last == "-V=full" || last == "-flags") {
		return true
	}
	for _, flag := range args[:len(args)-1] {
		if !strings.HasPrefix(flag, "-") {
			return false
		}
	}
	return strings.HasSuffix(last, ".cfg")
}

// vet checks one package for the go command, and ends the program.
func vet() { unitchecker.Main(lint.Analyzer) }
