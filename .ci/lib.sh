# Functions to run steps: each prints its name, its commands and how long it took.

passed=0
failed=()

# step NAME FUNCTION runs a function in a subshell that ends at its first error. Later steps run all
# the same, so that one run shows everything that is wrong.
step() {
	local name=$1 begin=$SECONDS status
	printf '\n=== %s\n' "$name"
	set +e
	(set -e; "$2")
	status=$?
	set -e
	if ((status == 0)); then
		passed=$((passed + 1))
		printf -- '--- ok: %s (%d s)\n' "$name" $((SECONDS - begin))
		return 0
	fi
	failed+=("$name")
	printf -- '--- FAILED: %s (%d s, status %d)\n' "$name" $((SECONDS - begin)) "$status"
}

# must NAME FUNCTION is a step that the others cannot do without.
must() {
	step "$@"
	if ((${#failed[@]} > 0)); then
		summary
	fi
}

# run COMMAND... prints a command and runs it.
run() {
	printf '$ %s\n' "$*"
	"$@"
}

# summary prints the result and ends the script.
summary() {
	printf '\n%d steps passed, %d failed, %d s\n' "$passed" "${#failed[@]}" "$SECONDS"
	if ((${#failed[@]} > 0)); then
		printf 'failed: %s\n' "${failed[@]}"
		exit 1
	fi
	exit 0
}
