#!/usr/bin/env bash
# Runs wpsgen on an app in CI; this is what action.yml does. It takes its inputs from the environment:
#
#	WPSGEN_PATH        the folder to run in (.)
#	WPSGEN_PACKAGES    packages for generate and check, parted by blanks (./...)
#	WPSGEN_VALIDATE    true or false: run validate as well (true)
#	WPSGEN_STRICT      true or false: let warnings fail (false)
#
# It builds wpsgen from the checkout it lies in, runs every command whatever the others say, and exits
# with the worst of their statuses: 0 good, 1 findings or stale files, 2 trouble. It also runs with the
# bash 3.2 of macOS.
set -euo pipefail

# trouble TEXT ends the script. The text is one line of ours: a line of an input could be a command to Actions.
trouble() {
	printf '::error title=wpsgen::%s\n' "$1"
	exit 2
}

# is_true NAME VALUE reads a switch.
is_true() {
	case $2 in
	true) return 0 ;;
	false) return 1 ;;
	esac
	trouble "$1 is true or false"
}

# build makes the program from the action's own sources, which the settings of the app's module do not concern.
build() {
	local source
	source=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
	(unset GOFLAGS && cd "$source" && GOWORK=off go build -o "$bin/" ./cmd/wpsgen)
}

# run COMMAND WORD... runs wpsgen and remembers how it ended. Words are shown quoted, each on no line of its own.
run() {
	local got=0
	printf '$ wpsgen'
	printf ' %q' "$@"
	printf '\n'
	"$bin/wpsgen" "$@" || got=$?
	if ((got > 0)); then
		failed="$failed $1"
	fi
	if ((got > status)); then
		status=$got
	fi
}

status=0
failed=
options=(--color never)
if is_true strict "${WPSGEN_STRICT:-false}"; then
	options+=(--strict)
fi
validate=false
if is_true validate "${WPSGEN_VALIDATE:-true}"; then
	validate=true
fi
read -r -d '' -a packages <<<"${WPSGEN_PACKAGES:-./...}" || true # it never finds the end it reads to
if ((${#packages[@]} == 0)); then
	packages=(./...)
fi

command -v go >/dev/null || trouble 'there is no Go; put actions/setup-go before this step'
bin=${RUNNER_TEMP:-${TMPDIR:-/tmp}}/wpsgen-action
build || trouble 'wpsgen does not build; the reason is above'
cd -- "${WPSGEN_PATH:-.}" || trouble 'path is not a folder of the checkout'

# check annotates what generate finds too; with a format, generate does not do so a second time.
run generate --check --format short "${options[@]}" -- "${packages[@]}"
run check "${options[@]}" -- "${packages[@]}"
if [[ $validate == true ]]; then
	run validate "${options[@]}" .
fi
if ((status > 0)); then
	printf '::error title=wpsgen::failed:%s; run the same commands locally\n' "$failed"
fi
exit "$status"
