package importer

// ModuleFiles is for tests that put several apps into one module.
var ModuleFiles = moduleFiles
