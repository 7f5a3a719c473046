package generator

import (
	"slices"
	"strings"
)

// source is what reads one parameter: an expression of package glue, or a reader.
type source struct {
	glue   string
	reader *reader
}

// reader is a generic function that the glue declares around one of package glue, which takes a binding's
// name: only a function that is not called yet lets the compiler find the parameter's type.
type reader struct {
	source  string // the function of package glue
	binding string
	pointer bool // it reads a *T
}

// name is the reader's name in a package: the source, then the binding, which is letters and digits.
func (r *reader) name(s *scope) string {
	return s.free(strings.ToLower(r.source[:1]) + r.source[1:] + "_" + r.binding)
}

// glueReader is a reader as the template takes it.
type glueReader struct {
	Name, Source, Binding string
	Pointer               bool
}

// glueArg is an argument of a Call function: an expression of package glue, or a reader of the file.
type glueArg struct{ Expression, Reader string }

func glueArgs(fn *Function) []glueArg {
	var args []glueArg
	for _, s := range fn.sources {
		if s.reader != nil {
			args = append(args, glueArg{Reader: s.reader.name(fn.Package.scope)})
			continue
		}
		args = append(args, glueArg{Expression: s.glue})
	}
	for _, sink := range fn.sinks {
		args = append(args, glueArg{Expression: sink})
	}
	return args
}

// readersOf returns the readers that a package's functions use, each once, in their order.
func readersOf(pkg *Package) []glueReader {
	var readers []glueReader
	for _, fn := range pkg.Functions {
		for _, s := range fn.sources {
			if s.reader == nil {
				continue
			}
			r := glueReader{s.reader.name(pkg.scope), s.reader.source, s.reader.binding, s.reader.pointer}
			if !slices.Contains(readers, r) {
				readers = append(readers, r)
			}
		}
	}
	return readers
}
