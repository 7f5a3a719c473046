package main

import (
	"fmt"
	"regexp"

	"github.com/wpsgen/wpsgen/generator/gomod"
)

// notProvided is how the go command says that no module has a package of wpsgen.
var notProvided = regexp.MustCompile(`module provid(es|ing) package ` + regexp.QuoteMeta(gomod.Module) + `/`)

// buildProblem is what go build said and, where the module does not have wpsgen, the way to it: the go command advises
// go get, which would not find a checkout.
func buildProblem(err error) error {
	if !notProvided.MatchString(err.Error()) {
		return err
	}
	return fmt.Errorf("%w\nwpsgen init, run in the app's folder, adds wpsgen to the module and leaves what is there", err)
}
