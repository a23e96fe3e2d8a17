#!/usr/bin/env bash
# changes.sh FROM TO: writes those files of Moothall (the folder FROM) that the next version changes into the folder TO, changed.
set -euo pipefail
from=$1 to=$2
mkdir -p "$to"

# One change of one file; every one of them has to find something.
change() {
  sed -e "$2" "$to/$1" >"$to/$1.new"
  if cmp -s "$to/$1" "$to/$1.new"; then echo "changes.sh: $1 has nothing for $2" >&2; exit 1; fi
  mv "$to/$1.new" "$to/$1"
}
cp "$from/House.cs" "$from/Cases/CaseRows.cs" "$to/"

change House.cs 's/new FillPlaces(this),/new FillPlaces(this), new FillCodes(this),/'
change House.cs 's/await FillPlaces.Begin(unit, clock.GetCurrentInstant());/& await FillCodes.Begin(unit, clock.GetCurrentInstant());/'
change CaseRows.cs 's/insert into council_case (/&code, /'
change CaseRows.cs 's/values ({c.Reference}, {c.Service}/values ({c.Reference[^9..]}, {c.Reference}, {c.Service}/'
change CaseRows.cs 's/answers, handling_seconds, given_to, undoes, came_to)/answers, given_to, undoes, came_to)/'
change CaseRows.cs 's/{entry.AnswersJson}, {entry.HandlingSeconds}, /{entry.AnswersJson}, /'
change CaseRows.cs 's/answers, handling_seconds, given_to/answers, 0, given_to/'
