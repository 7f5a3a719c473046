#!/usr/bin/env bash
# Measures wpsgen generate beside its peers, on one machine and in turn:
#
#	bash e2e/bench/generate.sh BENCH
#
# BENCH is the folder of the generator benchmark (its README says what it needs); mkmod writes the modules and
# benchrun measures. Peers that its setup.sh has not installed are left out. Each line has the median, least
# and most wall ms, the median CPU ms, and the peak MiB, of five runs. What is built goes below $GENBENCH,
# ~/.cache/genbench when not set.
set -euo pipefail

bench=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export GENBENCH=${GENBENCH:-$HOME/.cache/genbench}
export PATH=$GENBENCH/bin:$PATH
mods=$GENBENCH/wpsgen

mkdir -p "$GENBENCH/bin"
for tool in mkmod benchrun; do
	command -v "$tool" >/dev/null || (cd "$bench/$tool" && go build -o "$GENBENCH/bin/$tool" .)
done
(cd "$root" && go build -trimpath -ldflags='-s -w' -o "$GENBENCH/bin/wpsgen" ./cmd/wpsgen)

# warm FOLDER has the build cache hold what is in a module.
warm() { (cd "$1" && go build ./... && go list -export -deps ./... >/dev/null); }

# aside moves files of these names out of the module, for a first run. They are not removed: ext4 looks long for
# a place for a new file where many were freed a moment ago, which no first run of a user's meets.
aside() { echo "mkdir -p $mods/aside && find . $1 -exec mv --backup=numbered -t $mods/aside {} +"; }

own() {
	local n=$1 edit='echo "// $(date +%N)"'
	mkmod -out "$mods/own" -funcs "$n" -pkgs "$2" -wpsgen "$root"
	for dir in "$mods/own"/p*; do # functions of an app have a name each
		sed -i "s/OnMessage/On${dir##*/}Message/g" "$dir"/*.go
	done
	(cd "$mods/own" && wpsgen generate ./... >/dev/null && go mod tidy 2>/dev/null)
	warm "$mods/own"
	run() { benchrun -C "$mods/own" "$@"; }
	run -pre "$(aside '( -name wps_gen.go -o -name function.json )' | sed 's/[()]/\\&/g')" -name "$n wpsgen generate, first run" -- wpsgen generate ./...
	run -name "$n wpsgen generate, nothing changed" -- wpsgen generate ./...
	run -pre "$edit >>p000/f00.go" -name "$n wpsgen generate, one file edited" -- wpsgen generate ./...
	run -pre "for f in p*/f00.go; do $edit >>\$f; done" -name "$n wpsgen generate, every package edited" -- wpsgen generate ./...
	GOCACHE=$mods/cold run -n 3 -warm 0 -pre "rm -rf $mods/cold; $(aside '-name wps_gen.go')" -name "$n wpsgen generate, empty build cache" -- wpsgen generate ./...
}

peers() {
	local n=$1
	mkmod -out "$mods/peer" -funcs "$n" -pkgs "$2"
	warm "$mods/peer"
	if command -v controller-gen >/dev/null; then
		benchrun -C "$mods/peer" -pre "$(aside '-name "zz_*"')" -name "$n controller-gen object, first run" -- controller-gen object paths=./...
		benchrun -C "$mods/peer" -name "$n controller-gen object, again" -- controller-gen object paths=./...
	fi
	if command -v swag >/dev/null; then
		benchrun -C "$mods/peer" -pre "$(aside '-path "./docs/*"')" -name "$n swag init, first run" -- swag init --quiet -g main.go
	fi
}

printf '%-46s %9s %9s %9s %9s %6s\n' name median least most cpu MiB
trap 'rm -rf "$mods/aside"' EXIT
for shape in ${SHAPES:-1:1 100:10 1000:100}; do
	own "${shape%:*}" "${shape#*:}"
	peers "${shape%:*}" "${shape#*:}"
done
