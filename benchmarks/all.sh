#!/usr/bin/env bash
# Runs every benchmark for a moment, to see that each still runs to its end. Figures of so short a run mean nothing.
#   bin/bench all [FOLDER OF A PUBLISHED BUILD]      with the folder also full journeys, which need one
# Ends with 1 and the last lines of each that failed. Run it after a change of a service, a setting or a limit: no test runs the benchmarks.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../bin/lib/setup.sh"
cd "$root"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
dotnet build src/Moothall.Host --configuration Release --verbosity quiet --nologo >&2 || exit 1
failed=0
try() {
  if "$root/bin/bench" "$@" >"$scratch/said" 2>&1; then echo "runs    $*"; else
    echo "fails   $*"
    tail -5 "$scratch/said"
    failed=1
  fi
}
# A hundred rows of the columns that the real ones have.
{ echo "seq,request_type,source,month,weekday,hour,duration_hours"; for i in $(seq 100); do echo "$i,Bulky Items,Call,$((i % 12 + 1)),Mon,$((i % 24)),$((i * 3))"; done; } >"$scratch/rows.csv"
try rights --staff 200 --teams 10 --services 20 --requests 2000
try check --definitions 20 --host "$root/src/Moothall.Host/bin/Release/net10.0/Moothall.Host.dll"
try audit --entries 2000 --units 200
try create --seconds 2
try size --cases 2000 --services 40 --seconds 3 --watching 5
try replay "$scratch/rows.csv"
try store
try torture store --kills 3
try torture node --kills 2
if [ $# -gt 0 ]; then SECONDS_EACH=2 WARM_UP=2 LEVELS=4 try journey sqlite "$1"; fi
exit $failed
