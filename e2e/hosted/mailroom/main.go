package main

import "github.com/wpsgen/wpsgen/runtime"

func main() { wps.Main(Functions()) }
