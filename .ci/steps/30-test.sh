# The tests, in the ways that find different mistakes.

# A count and not a time: at the end of its time, go test -fuzz now and then reports a deadline as a failure.
fuzz_time=60000x

# The suites with browsers and npm packages have a step of their own, which is enough for them.
go_test() {
	run env WPSGEN_E2E=elsewhere go test ./...
}

# The detector makes tests several times slower; what hangs is still ended.
go_test_race() {
	run env WPSGEN_E2E=elsewhere go test -race -timeout 20m ./...
}

end_to_end() {
	run env WPSGEN_E2E=required go test -count=1 -v ./e2e/...
}

fuzz() {
	local targets package name
	targets=$(fuzz_targets)
	while read -r package name; do
		if [[ -n $name ]]; then
			run go test -run '^$' -fuzz "^$name\$" -fuzztime "$fuzz_time" "$package"
		fi
	done <<<"$targets"
}

# fuzz_targets prints a line "package target" for each; go test -list names the package after its targets.
fuzz_targets() {
	go test -list '^Fuzz' ./... | awk '
		/^Fuzz/ { names[n++] = $1 }
		$1 == "ok" { for (i = 0; i < n; i++) print $2, names[i]; n = 0 }'
}
