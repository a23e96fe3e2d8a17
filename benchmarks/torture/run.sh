#!/usr/bin/env bash
# Builds what the torture needs, installs what is missing, and runs it:  bin/bench torture cluster|node|store [options]
# With --planted BUG the program is built with faults in it on purpose, and the torture must find the one that is named.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../bin/lib/setup.sh"
cd "$root"

kind=Release
for word in "$@"; do if [ "$word" = --planted ]; then kind=Planted; fi; done
missing=()
if [ "${1:-}" = cluster ]; then
  [ -n "$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ] || missing+=(postgresql)
  [ -n "$(ls -d /usr/lib/rabbitmq/lib/*/sbin 2>/dev/null)" ] || missing+=(rabbitmq-server)
  command -v haproxy >/dev/null || missing+=(haproxy)
  if [[ " $* " = *" --standby yes"* ]]; then
    command -v patroni >/dev/null || missing+=(patroni)
    command -v etcd >/dev/null || missing+=(etcd-server)
    command -v curl >/dev/null || missing+=(curl)
  fi
  # It makes one node's clock jump.
  [ -f /usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1 ] || missing+=(libfaketime)
fi
[ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
say "Building ($kind)"
for project in src/Moothall.Host tests/Moothall.Store.Victim; do dotnet build "$project" --configuration "$kind" --verbosity quiet --nologo >&2; done
dotnet build benchmarks/torture --configuration Release --verbosity quiet --nologo >&2
exec dotnet benchmarks/torture/bin/Release/net10.0/Moothall.Torture.dll "$@"
