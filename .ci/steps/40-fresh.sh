# What a newcomer does: clone, run the example, test. The home folder is empty and the network off; of
# this machine's state only the downloaded modules are there.

page_limit=300 # seconds for the page to answer, building everything from nothing
stop_limit=5   # seconds for wpsgen dev to end after Ctrl-C

# fresh_clone leaves its variables global for its trap; it runs in a subshell.
fresh_clone() {
	fresh=$(mktemp -d)
	dev_pid=
	trap fresh_cleanup EXIT
	mkdir "$fresh/home" "$fresh/tmp"
	chmod 755 "$fresh" # some tests run programs as another user
	touch "$fresh/dev.txt"
	clean=(env -i PATH="$PATH" HOME="$fresh/home" TMPDIR="$fresh/tmp"
		GOMODCACHE="$(go env GOMODCACHE)" GOPROXY=off GOTOOLCHAIN=local)

	run git clone --quiet . "$fresh/wpsgen"
	cd "$fresh/wpsgen"
	example_runs
	newcomer go build ./...
	newcomer go vet ./...
	newcomer go test ./cmd/wpsgen/...
	nothing_left
}

# newcomer COMMAND... prints a command and runs it in the clean environment.
newcomer() {
	printf '$ %s\n' "$*"
	"${clean[@]}" "$@"
}

fresh_cleanup() {
	if [[ -n $dev_pid ]]; then
		kill -KILL -- "-$dev_pid" || true
		cat "$fresh/dev.txt"
	fi
	rm -rf "$fresh"
}

# example_runs runs the chat example until its page answers, then presses Ctrl-C.
example_runs() {
	local page begin=$SECONDS
	set -m # a process group of its own, which Ctrl-C reaches as a whole
	echo '$ go run ./cmd/wpsgen dev ./examples/chat'
	"${clean[@]}" go run ./cmd/wpsgen dev ./examples/chat </dev/null >"$fresh/dev.txt" 2>&1 &
	dev_pid=$!
	set +m
	until page=$(page_address) && page_answers "$page"; do
		kill -0 "$dev_pid"
		if ((SECONDS - begin > page_limit)); then
			echo "no page within $page_limit s"
			return 1
		fi
		sleep 0.2
	done
	echo "$page answers after $((SECONDS - begin)) s"

	begin=$SECONDS
	kill -INT -- "-$dev_pid"
	wait "$dev_pid" || (($? == 1)) # go run says 1 after any Ctrl-C; e2e looks at wpsgen's own status
	dev_pid=
	cat "$fresh/dev.txt"
	if ((SECONDS - begin > stop_limit)); then
		echo "wpsgen dev took $((SECONDS - begin)) s to end"
		return 1
	fi
}

# page_address prints the page's address, and fails as long as wpsgen dev has not.
page_address() {
	sed -n 's/^ *page  *\(http:.*\)$/\1/p' "$fresh/dev.txt" | grep .
}

page_answers() {
	node -e 'fetch(process.argv[1]).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))' "$1"
}

# nothing_left checks that the clone is as it was and the folder for temporary files empty.
nothing_left() {
	local changed left
	changed=$(git status --porcelain)
	left=$(ls -A "$fresh/tmp")
	if [[ -n $changed$left ]]; then
		printf 'left behind:\n%s\n%s\n' "$changed" "$left"
		return 1
	fi
	echo 'nothing is left behind'
}
