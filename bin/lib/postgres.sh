#!/usr/bin/env bash
# Runs a throw-away PostgreSQL for tests, as root or not, without touching one that is there already.
#   postgres.sh start DIR PORT [SETTING=VALUE...]   makes a cluster in DIR, which stop removes again; prints its connection string
#   postgres.sh again DIR PORT [SETTING=VALUE...]   starts the cluster that lies in DIR/data already
#   postgres.sh durable DIR PORT [SETTING=VALUE...] one that waits for the disk at each commit; goes on with what lies in DIR, or makes it
#   postgres.sh halt  DIR                           stops that cluster by its own pid file and keeps DIR
#   postgres.sh stop  DIR                           stops that cluster by its own pid file and removes DIR
# Clusters of start and again do not wait for the disk: they are thrown away. Never use them for data that are kept.
set -euo pipefail

command=${1:?start, again, durable, halt or stop}
dir=${2:?folder}
programs=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1)
[ -n "$programs" ] || { echo "PostgreSQL is not installed: apt-get install postgresql" >&2; exit 1; }

# The server refuses to run as root, so root runs it as the user that Debian made for it.
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

case $command in
start | again | durable)
  port=${3:?port}
  more=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
  if [ "$command" = durable ]; then
    more=""
    if [ -f "$dir/data/PG_VERSION" ]; then command=again; else command=start; fi
  fi
  for setting in "${@:4}"; do more+=" -c '$setting'"; done
  mkdir -p "$dir"
  if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
  chmod 700 "$dir"
  if [ "$command" = start ]; then
    as_owner "$programs/initdb" -D "$dir/data" -U moothall -A trust --no-sync -E UTF8 --locale=C.UTF-8 >"$dir/initdb.log" 2>&1 ||
      { cat "$dir/initdb.log" >&2; exit 1; }
  fi
  as_owner "$programs/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir -c max_connections=200$more" \
    start >&2 || { cat "$dir/log" >&2; exit 1; }
  if [ "$command" = start ]; then as_owner "$programs/createdb" -h 127.0.0.1 -p "$port" -U moothall moothall; fi
  echo "Host=127.0.0.1;Port=$port;Username=moothall;Database=moothall"
  ;;
halt)
  if [ -f "$dir/data/postmaster.pid" ]; then as_owner "$programs/pg_ctl" -D "$dir/data" -m fast -w -t 60 stop >&2; fi
  ;;
stop)
  if [ -f "$dir/data/postmaster.pid" ]; then as_owner "$programs/pg_ctl" -D "$dir/data" -m fast -w -t 60 stop >&2; fi
  rm -rf "${dir:?}"
  ;;
*)
  echo "usage: $0 start|again|durable DIR PORT [SETTING=VALUE...] | halt|stop DIR" >&2
  exit 2
  ;;
esac
