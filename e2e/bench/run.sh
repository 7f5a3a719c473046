#!/usr/bin/env bash
# Measures the app in this folder beside its peers, on one machine and in turn:
#
#	bash e2e/bench/run.sh BENCH [ROUNDS]
#
# BENCH is the folder of the runtime benchmark with the peers and the load (its README says what it needs).
# The results are printed; everything that is built goes below $RTBENCH, ~/.cache/rtbench when not set.
set -euo pipefail

bench=$(cd "$1" && pwd)
rounds=${2:-9}
cd "$(dirname "${BASH_SOURCE[0]}")"
export RTBENCH=${RTBENCH:-$HOME/.cache/rtbench}
here=$PWD

if [[ ! -x $RTBENCH/bin/bench || ! -d $RTBENCH/node/node_modules ]]; then
	"$bench/setup.sh" >"${TMPDIR:-/tmp}/bench-setup.txt"
fi
go build -trimpath -ldflags='-s -w' -o "$RTBENCH/bin/wpsgen" .
go build -trimpath -ldflags='-s -w' -o "$RTBENCH/bin/restwpsgen" ./rest

echo '## In process'
(cd ../.. && GOMAXPROCS=1 go test -run '^$' -bench 'UserEvent$|ForgedEvent|ClientToken|Signature|^BenchmarkVerify' -benchmem -count 5 ./runtime ./internal/wire | grep ^Benchmark)

echo '## REST sends'
export PORT=18999 DUR=2s
taskset -c 1 "$RTBENCH/bin/reststub" &
trap 'kill %1' EXIT
sleep 0.3
for ((i = 0; i < rounds; i++)); do
	MODE=floor taskset -c 0 "$RTBENCH/bin/restgo"
	taskset -c 0 "$RTBENCH/bin/restwpsgen"
	taskset -c 0 "$RTBENCH/bin/restazcore"
	(cd "$RTBENCH/node" && DUR=2 NODE_ENV=production taskset -c 0 node rest.mjs)
done

echo '## Bad input'
cd "$bench"
"$RTBENCH/bin/probe" -servers "$here/servers.json" -only hand,wpsgen

echo '## Events'
"$RTBENCH/bin/bench" -servers "$here/servers.json" -rounds "$rounds" -dur 2s -paced 1500ms -out "$RTBENCH/results.json" -table "$RTBENCH/results.md"
cat "$RTBENCH/results.md"
