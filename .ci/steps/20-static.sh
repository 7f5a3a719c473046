# Checks that run nothing of wpsgen but its generator.

go_vet() {
	local system
	for system in linux windows darwin; do
		run env GOOS="$system" go vet ./...
	done
}

gofmt_clean() {
	local files
	files=$(find . -name '*.go' -not -path '*/testdata/*' -not -path '*/node_modules/*' -exec gofmt -l {} +)
	echo "\$ gofmt -l (all but testdata)"
	if [[ -n $files ]]; then
		printf 'not formatted:\n%s\n' "$files"
		return 1
	fi
}

modules_tidy() {
	run go mod tidy -diff
}

staticcheck() {
	run go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...
}

generated_current() {
	run go run ./cmd/wpsgen generate --check ./...
}
