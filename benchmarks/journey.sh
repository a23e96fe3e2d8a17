#!/usr/bin/env bash
# Measures full journeys of five questions on a published build: server on one core, the load on another.
#   benchmarks/journey.sh [FOLDER OF A PUBLISHED BUILD]      publishes to artifacts/moothall first when no folder is given
# SECONDS_EACH (20) and WARM_UP (30) set the length of each measurement, LEVELS ("1 4 8 16 32") the connections.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=${1:-$root/artifacts/moothall}
if [ $# = 0 ]; then "$root/bin/publish" "$build"; fi
each=${SECONDS_EACH:-20} warm=${WARM_UP:-30}
scratch=$(mktemp -d)
server=
stop() { if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; server=; fi; }
trap 'stop; rm -rf "$scratch"' EXIT
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
address=http://127.0.0.1:$port
first=/services/report-a-street-light
milliseconds() { date +%s%N | cut -c1-13; }

# Starts the server on a folder of its own and says after how many milliseconds the first page was answered with 200.
start() {
  local since
  since=$(milliseconds)
  (cd "$scratch" && exec taskset -c 0 "$build/moothall" serve --demo --urls "$address" --data "$1" >>"$scratch/log" 2>&1) &
  server=$!
  until curl -sf -o /dev/null "$address$first/questions/where"; do
    kill -0 "$server" 2>/dev/null || { cat "$scratch/log" >&2; exit 1; }
    sleep 0.01
  done
  echo $(($(milliseconds) - since)) >"$scratch/started"
}
load() { SERVER_PID=$server taskset -c 1 node "$root/benchmarks/journey.mjs" "$scratch/spec.json" "$@"; }
number() { node -pe 'JSON.parse(require("fs").readFileSync(0, "utf8"))[process.argv[1]]' "$1"; }

node -e '
const fs = require("fs"), since = process.hrtime.bigint(), file = fs.openSync(process.argv[1] + "/sync", "w"), block = Buffer.alloc(4096)
for (let i = 0; i < 300; i++) { fs.writeSync(file, block); fs.fsyncSync(file) }
console.log("fsync here                " + (Number(process.hrtime.bigint() - since) / 3e8).toFixed(3) + " ms")' "$scratch"
echo "load of the machine       $(cut -d' ' -f1-3 /proc/loadavg)"

start "$scratch/cold"; stop
for run in 1 2 3 4 5; do start "$scratch/cold"; cat "$scratch/started"; stop; done | sort -n | sed -n 3p | sed 's/$/ ms/; s/^/cold start to first 200    /'

start "$scratch/data"
sed "s/\"port\": [0-9]*/\"port\": $port/" "$root/benchmarks/journey.spec.json" >"$scratch/spec.json"
bytes=$(curl -s --compressed -H 'Accept-Encoding: gzip' -o "$scratch/page" -w '%{size_download}' "$address$first/questions/where")
for asset in $(grep -o '/assets/[^"]*' "$scratch/page" | sort -u); do
  bytes=$((bytes + $(curl -s -H 'Accept-Encoding: gzip' -o /dev/null -w '%{size_download}' "$address$asset")))
done
echo "first visit, gzip         $bytes bytes"

load 16 1 "$warm" >/dev/null
best=0 connections=8
for level in ${LEVELS:-1 4 8 16 32}; do
  line=$(load "$level" "$each" 3)
  echo "$line"
  rate=$(number journeys_s <<<"$line")
  if node -e 'process.exit(+process.argv[1] > +process.argv[2] ? 0 : 1)' "$rate" "$best"; then best=$rate connections=$level; fi
done
echo "most                      $best journeys/s at $connections connections"
echo "at 60 % of it:"
load 64 "$each" 3 "$(node -pe "$best * 0.6")"
echo "memory after the load     $(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$server/status") MiB"
echo "load of the machine       $(cut -d' ' -f1-3 /proc/loadavg)"
