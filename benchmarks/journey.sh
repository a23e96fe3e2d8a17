#!/usr/bin/env bash
# Measures full journeys of five questions on a published build: server on one core, the load on another.
#   bin/bench journey [sqlite|postgres] [FOLDER OF A PUBLISHED BUILD]      publishes to artifacts/moothall first when no folder is given
# What the machine itself gives is measured in turn with it: a page of 14 kB that Kestrel builds for each request (Moothall.Plain.Benchmarks), on the same core, asked for by wrk. A journey's
# processor time is told in such pages too, because milliseconds move with the machine.
# So is what a core gives that rests now and then, and beside a busy one (machine.mjs): at 60 % of the most both hold.
# SECONDS_EACH (20) and WARM_UP (30) set the length of each measurement, LEVELS ("1 4 8 16 32") the connections. PostgreSQL is a throw-away cluster that waits
# for the disk; it shares the core of the load, and its processor time is told apart. The figures also go to benchmarks/results/journey-DATABASE.json.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../bin/lib/setup.sh"
database=sqlite
case ${1:-} in sqlite | postgres) database=$1; shift ;; esac
build=$(realpath -m "${1:-$root/artifacts/moothall}")
if [ $# = 0 ]; then "$root/bin/publish" "$build"; fi
command -v wrk >/dev/null || install_packages wrk
dotnet build "$root/benchmarks/Moothall.Plain.Benchmarks" --configuration Release --verbosity quiet --nologo >&2
each=${SECONDS_EACH:-20} warm=${WARM_UP:-30}
scratch=$(mktemp -d)
chmod 755 "$scratch"
server=
plain=
stop() { if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; server=; fi; }
finish() {
  stop
  if [ -n "$plain" ]; then kill "$plain" 2>/dev/null || true; fi
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
# What this machine gives, in turn with journeys: pages a second of the core, and how many of them a journey takes.
plain_port=$(free_port)
taskset -c 0 dotnet "$root/benchmarks/Moothall.Plain.Benchmarks/bin/Release/net10.0/Moothall.Plain.Benchmarks.dll" "http://127.0.0.1:$plain_port" >>"$scratch/log" 2>&1 &
plain=$!
until curl -sf -o /dev/null "http://127.0.0.1:$plain_port/"; do kill -0 "$plain"; sleep 0.1; done
pages() { taskset -c 1 wrk -t 1 -c 32 -d "$1" "http://127.0.0.1:$plain_port/" | awk '/requests in/ { print $1 }'; }
ticks() { sed 's/.*) //' "/proc/$plain/stat" | awk '{ print $12 + $13 }'; }
pages 8 >/dev/null
for turn in 1 2 3 4 5; do
  before=$(ticks)
  answered=$(pages 3)
  of_a_page=$(node -pe '(process.argv[1] - process.argv[2]) / 100 / process.argv[3] * 1000' "$(ticks)" "$before" "$answered")
  of_a_journey=$(load "$connections" 3 1 | number server_cpu_ms_a_journey)
  echo "$of_a_page $of_a_journey"
done >"$scratch/turns"
read -r of_a_page of_a_journey in_pages < <(node -e '
const rows = require("fs").readFileSync(process.argv[1], "utf8").trim().split("\n").map(line => line.split(" ").map(Number))
const middle = list => list.sort((a, b) => a - b)[Math.floor(list.length / 2)]
console.log(middle(rows.map(row => row[0])).toFixed(4), middle(rows.map(row => row[1])).toFixed(2), middle(rows.map(row => row[1] / row[0])).toFixed(1))' "$scratch/turns")
syncs=$(node -pe '(process.argv[1] * 6 / (1000 / process.argv[2])).toFixed(2)' "$best" "$sync")
echo "the plain machine         a page of 14 kB takes $of_a_page ms of processor, a journey in turn with it $of_a_journey ms: $in_pages such pages (medians of five); its 6 durable answers at the most are $syncs of the waits for the disk that fit in a second"
keep "{\"plain_page_ms\": $of_a_page, \"journey_in_turn_ms\": $of_a_journey, \"journey_in_plain_pages\": $in_pages, \"ratio_to_syncs\": $syncs}"
printf '{"host": "127.0.0.1", "port": %s, "start": "/", "steps": [], "done": ""}' "$plain_port" >"$scratch/plain.json"
line=$(SERVER_PID=$plain taskset -c 1 node "$root/benchmarks/journey.mjs" "$scratch/plain.json" 64 "$each" 3 "$(node -pe "$best * 0.6 * 13")")
echo "plain pages at that rate  $line"
keep "{\"plain_at_60_percent\": $line}"
kill "$plain"
plain=
core=$(taskset -c 0 node "$root/benchmarks/machine.mjs")
echo "the core itself           $core"
keep "{\"core\": $core}"
line=$(load 64 "$each" 3 "$(node -pe "$best * 0.6")")
echo "at 60 % of it             $line"
memory=$(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$server/status")
echo "memory after the load     $memory MiB"
echo "load of the machine       $(cut -d' ' -f1-3 /proc/loadavg)"
keep "{\"most_journeys_s\": $best, \"at_60_percent\": $line, \"memory_mib\": $memory, \"load_at_end\": \"$(cut -d' ' -f1-3 /proc/loadavg)\"}"
mkdir -p "$root/benchmarks/results"
node -e 'const fs = require("fs"); console.log(JSON.stringify(Object.assign({}, ...fs.readFileSync(process.argv[1], "utf8").trim().split("\n").map(JSON.parse)), null, 2))' "$scratch/figures" >"$root/benchmarks/results/journey-$database.json"
