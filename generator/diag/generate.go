//go:build ignore

// This program writes docs/codes.md.
package main

import (
	"log"
	"os"

	"github.com/wpsgen/wpsgen/generator/diag"
)

func main() {
	if err := os.WriteFile("../../docs/codes.md", []byte(diag.Page()), 0o644); err != nil {
		log.Fatal(err)
	}
}
