#!/usr/bin/env bash
# Measures full journeys of five questions on a published build: server on one core, the load on another.
#   bin/bench journey [sqlite|postgres] [FOLDER OF A PUBLISHED BUILD]      publishes to artifacts/moothall first when no folder is given
# SECONDS_EACH (20) and WARM_UP (30) set the length of each measurement, LEVELS ("1 4 8 16 32") the connections. PostgreSQL is a throw-away cluster that waits
# for the disk; it shares the core of the load, and its processor time is told apart. The figures also go to benchmarks/results/journey-DATABASE.json.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../bin/lib/setup.sh"
database=sqlite
case ${1:-} in sqlite | postgres) database=$1; shift ;; esac
build=$(realpath -m "${1:-$root/artifacts/moothall}")
if [ $# = 0 ]; then "$root/bin/publish" "$build"; fi
each=${SECONDS_EACH:-20} warm=${WARM_UP:-30}
scratch=$(mktemp -d)
chmod 755 "$scratch"
server=
stop() { if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; server=; fi; }
finish() {
  stop
  if [ -d "$scratch/pg" ]; then "$root/bin/lib/postgres.sh" stop "$scratch/pg" 2>/dev/null || true; fi
  rm -rf "$scratch"
}
trap finish EXIT
port=$(free_port)
address=http://127.0.0.1:$port
first=/services/report-a-street-light
milliseconds() { date +%s%N | cut -c1-13; }
keep() { printf '%s\n' "$1" >>"$scratch/figures"; } # a line of JSON: one figure by its name
number() { node -pe 'JSON.parse(require("fs").readFileSync(0, "utf8"))[process.argv[1]]' "$1"; }

store=()
if [ "$database" = postgres ]; then
  store=(--database "$("$root/bin/lib/postgres.sh" durable "$scratch/pg" "$(free_port)" 2>/dev/null)")
  POSTGRES_PID=$(head -1 "$scratch/pg/data/postmaster.pid")
  export POSTGRES_PID
fi

# Starts the server and says after how many milliseconds the first page was answered with 200.
start() {
  local since
  since=$(milliseconds)
  (cd "$scratch" && exec taskset -c 0 "$build/moothall" serve --demo --urls "$address" --data "$scratch/data" "${store[@]}" >>"$scratch/log" 2>&1) &
  server=$!
  until curl -sf -o /dev/null "$address$first/questions/where"; do
    kill -0 "$server" 2>/dev/null || { cat "$scratch/log" >&2; exit 1; }
    sleep 0.01
  done
  echo $(($(milliseconds) - since)) >"$scratch/started"
}
load() { SERVER_PID=$server taskset -c 1 node "$root/benchmarks/journey.mjs" "$scratch/spec.json" "$@"; }

sync=$(node -e '
const fs = require("fs"), since = process.hrtime.bigint(), file = fs.openSync(process.argv[1] + "/sync", "w"), block = Buffer.alloc(4096)
for (let i = 0; i < 300; i++) { fs.writeSync(file, block); fs.fsyncSync(file) }
console.log((Number(process.hrtime.bigint() - since) / 3e8).toFixed(3))' "$scratch")
echo "database                  $database"
echo "fsync here                $sync ms"
echo "load of the machine       $(cut -d' ' -f1-3 /proc/loadavg)"
keep "{\"database\": \"$database\", \"begun\": \"$(date -u +%FT%TZ)\", \"commit\": \"$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)\", \"fsync_ms\": $sync, \"load_at_begin\": \"$(cut -d' ' -f1-3 /proc/loadavg)\"}"

start; stop
cold=$(for run in 1 2 3 4 5; do start; cat "$scratch/started"; stop; done | sort -n | sed -n 3p)
echo "cold start to first 200   $cold ms, the median of five"
keep "{\"cold_start_ms\": $cold}"

start
sed "s/\"port\": [0-9]*/\"port\": $port/" "$root/benchmarks/journey.spec.json" >"$scratch/spec.json"
bytes=$(curl -s --compressed -H 'Accept-Encoding: gzip' -o "$scratch/page" -w '%{size_download}' "$address$first/questions/where")
for asset in $(grep -o '/assets/[^"]*' "$scratch/page" | sort -u); do
  bytes=$((bytes + $(curl -s -H 'Accept-Encoding: gzip' -o /dev/null -w '%{size_download}' "$address$asset")))
done
echo "first visit, gzip         $bytes bytes"
keep "{\"first_visit_bytes\": $bytes}"

load 16 1 "$warm" >/dev/null
best=0 connections=8
for level in ${LEVELS:-1 4 8 16 32}; do
  line=$(load "$level" "$each" 3)
  echo "$line"
  keep "{\"at_$level\": $line}"
  rate=$(number journeys_s <<<"$line")
  if node -e 'process.exit(+process.argv[1] > +process.argv[2] ? 0 : 1)' "$rate" "$best"; then best=$rate connections=$level; fi
done
echo "most                      $best journeys/s at $connections connections"
# What this machine gives: the same load on a page that asks nothing of the store and draws nothing, and one wait for the disk after another.
printf '{"host": "127.0.0.1", "port": %s, "start": "/health/live", "steps": [], "done": ""}' "$port" >"$scratch/plain.json"
plain=$(SERVER_PID=$server taskset -c 1 node "$root/benchmarks/journey.mjs" "$scratch/plain.json" "$connections" 4 2 | number requests_s)
ratio=$(node -pe '(process.argv[1] * 13 / process.argv[2]).toFixed(2)' "$best" "$plain")
syncs=$(node -pe '(process.argv[1] * 6 / (1000 / process.argv[2])).toFixed(2)' "$best" "$sync")
echo "the plain machine         $plain empty requests/s, the load generator at its most; a journey's 13 are $ratio of that, and its 6 durable answers $syncs of the waits for the disk that fit in a second"
keep "{\"plain_requests_s\": $plain, \"ratio_to_plain\": $ratio, \"ratio_to_syncs\": $syncs}"
line=$(load 64 "$each" 3 "$(node -pe "$best * 0.6")")
echo "at 60 % of it             $line"
memory=$(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$server/status")
echo "memory after the load     $memory MiB"
echo "load of the machine       $(cut -d' ' -f1-3 /proc/loadavg)"
keep "{\"most_journeys_s\": $best, \"at_60_percent\": $line, \"memory_mib\": $memory, \"load_at_end\": \"$(cut -d' ' -f1-3 /proc/loadavg)\"}"
mkdir -p "$root/benchmarks/results"
node -e 'const fs = require("fs"); console.log(JSON.stringify(Object.assign({}, ...fs.readFileSync(process.argv[1], "utf8").trim().split("\n").map(JSON.parse)), null, 2))' "$scratch/figures" >"$root/benchmarks/results/journey-$database.json"
