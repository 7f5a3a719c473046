package main

import (
	"fmt"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// summary says in a line what a round came to.
func summary(result *generator.Result) string {
	written, removed := 0, 0
	for _, c := range result.Changes {
		if c.New == nil {
			removed++
		} else {
			written++
		}
	}
	var parts []string
	if written > 0 {
		parts = append(parts, counted(written, "file")+" written")
	}
	if removed > 0 {
		parts = append(parts, counted(removed, "file")+" removed")
	}
	switch {
	case len(parts) > 0:
	case diag.HasErrors(result.Findings):
		parts = []string{"nothing written"}
	default:
		parts = []string{"up to date"}
	}
	if n := len(result.Findings); n > 0 {
		parts = append(parts, counted(n, "finding"))
	}
	return strings.Join(parts, ", ")
}

func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
