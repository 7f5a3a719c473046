package diag

import "slices"

// declarations says everything there is to say of each code, in the order of the codes, which are permanent.
var declarations = slices.Concat(sourceDeclarations, fileDeclarations, outputDeclarations)

var byCode = func() map[Code]Declaration {
	m := make(map[Code]Declaration, len(declarations))
	for _, d := range declarations {
		m[d.Code] = d
	}
	return m
}()

// Declaration returns what is declared of the code; the zero Declaration with severity Error for a code nobody declared.
func (c Code) Declaration() Declaration {
	if d, ok := byCode[c]; ok {
		return d
	}
	return Declaration{Code: c, Severity: Error}
}

// Declarations returns all codes in order.
func Declarations() []Declaration { return append([]Declaration(nil), declarations...) }
