package diag

import (
	"embed"
	"strings"

	"golang.org/x/tools/txtar"
)

//go:embed examples/*.txtar
var examples embed.FS

// ExampleFile is one file of an example.
type ExampleFile struct{ Name, Text string }

// Examples returns the files of an app that has a finding of this code and nothing else wrong, and those of
// one that has it right. Both are nil for a code nobody declared.
func (c Code) Examples() (wrong, right []ExampleFile) {
	src, err := examples.ReadFile("examples/" + string(c) + ".txtar")
	if err != nil {
		return nil, nil
	}
	for _, f := range txtar.Parse(src).Files {
		side, name, _ := strings.Cut(f.Name, "/")
		if side == "wrong" {
			wrong = append(wrong, ExampleFile{name, string(f.Data)})
		} else {
			right = append(right, ExampleFile{name, string(f.Data)})
		}
	}
	return wrong, right
}
