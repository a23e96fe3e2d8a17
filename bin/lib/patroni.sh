#!/usr/bin/env bash
# Runs PostgreSQL with a standby that takes over by itself: etcd and two Patronis with synchronous_mode, on 127.0.0.1, as root or not. For tests and development.
#   patroni.sh start DIR PORT   the databases listen on PORT and PORT+1, Patroni on PORT+2 and PORT+3, etcd on PORT+4 and PORT+5; prints the connection string
#                               once the standby is synchronous. A second start goes on with what lies in DIR.
#   patroni.sh list  DIR        one line a member: name, role, the process of its PostgreSQL, the process of its Patroni
#   patroni.sh halt  DIR        stops everything by its own pid files and keeps DIR
#   patroni.sh stop  DIR        stops everything and removes DIR
# One machine is no safety at all: with this one sees how a fail-over goes. docs/how-to/cluster.md says what three machines get.
set -euo pipefail

command=${1:?start, list, halt or stop}
dir=$(realpath -m "${2:?folder}")
programs=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1)
[ -n "$programs" ] || { echo "PostgreSQL is not installed: apt-get install postgresql" >&2; exit 1; }
for needed in patroni etcd curl; do
  command -v "$needed" >/dev/null || { echo "$needed is not installed: apt-get install patroni etcd-server curl" >&2; exit 1; }
done
port=${3:-$(cat "$dir/port" 2>/dev/null || true)}
members="one two"

# PostgreSQL refuses to run as root, so root runs it, and Patroni above it, as the user that Debian made for it.
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
# A program of its own session, whose process is known: runuser would be one more in between.
begin() {
  local name=$1
  shift
  if [ "$(id -u)" = 0 ]; then set -- setpriv --reuid=postgres --regid=postgres --init-groups "$@"; fi
  HOME=$dir setsid "$@" >>"$dir/$name.log" 2>&1 </dev/null &
  echo $! >"$dir/$name.pid"
}
runs() { [ -f "$dir/$1.pid" ] && kill -0 "$(cat "$dir/$1.pid")" 2>/dev/null; }
number() { if [ "$1" = one ]; then echo 0; else echo 1; fi; }

member() {
  local name=$1 at
  at=$(number "$name")
  cat <<CONF
scope: moothall
name: $name
restapi:
  listen: 127.0.0.1:$((port + 2 + at))
  connect_address: 127.0.0.1:$((port + 2 + at))
etcd3:
  host: 127.0.0.1:$((port + 4))
bootstrap:
  dcs:
    # A dead primary is followed within ttl. Real networks want 30 and 10: a primary that does not reach etcd for that long steps down.
    ttl: 20
    loop_wait: 2
    retry_timeout: 3
    maximum_lag_on_failover: 1048576
    # A commit is answered when the standby has it on its disk; only a standby that has everything is promoted.
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      parameters:
        max_connections: 200
        synchronous_commit: "on"
        wal_log_hints: "on"
  initdb:
    - encoding: UTF8
    - locale: C.UTF-8
    - auth: trust
  pg_hba:
    - local all all trust
    - host all all 127.0.0.1/32 trust
    - host replication all 127.0.0.1/32 trust
postgresql:
  listen: 127.0.0.1:$((port + at))
  connect_address: 127.0.0.1:$((port + at))
  data_dir: $dir/$name
  bin_dir: $programs
  pgpass: $dir/$name.pgpass
  authentication:
    superuser: {username: moothall}
    replication: {username: replica}
    rewind: {username: moothall}
  parameters:
    unix_socket_directories: $dir
  create_replica_methods: [basebackup]
  basebackup:
    checkpoint: fast
CONF
}

# The role of a member as its Patroni says it: 200 on the address of a role that it has.
has_role() { curl -fsS -m 2 -o /dev/null "http://127.0.0.1:$((port + 2 + $(number "$1")))/$2" 2>/dev/null; }
role() {
  local each
  for each in primary sync replica; do if has_role "$1" "$each"; then echo "$each"; return; fi; done
  echo none
}

stop_one() {
  local pid
  runs "$1" || { rm -f "$dir/$1.pid"; return 0; }
  pid=$(cat "$dir/$1.pid")
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 1 150); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  kill -9 "$pid" 2>/dev/null || true
  rm -f "$dir/$1.pid"
}
halt() {
  local name
  # The standby first, so that nothing fails over on the way out.
  for name in two one; do if [ "$(role "$name")" != primary ]; then stop_one "patroni-$name"; fi; done
  for name in two one; do stop_one "patroni-$name"; done
  # What a killed Patroni left running.
  for name in $members; do
    if [ -f "$dir/$name/postmaster.pid" ]; then as_owner "$programs/pg_ctl" -D "$dir/$name" -m immediate -w -t 30 stop >/dev/null 2>&1 || true; fi
  done
  stop_one etcd
}

case $command in
start)
  [ -n "$port" ] || { echo "usage: $0 start DIR PORT" >&2; exit 2; }
  mkdir -p "$dir"
  echo "$port" >"$dir/port"
  if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
  chmod 700 "$dir"
  # etcd has one member here: whether a majority is left is not what one machine can show.
  runs etcd || begin etcd etcd --name moothall --data-dir "$dir/etcd" --enable-v2=false --unsafe-no-fsync \
    --listen-client-urls "http://127.0.0.1:$((port + 4))" --advertise-client-urls "http://127.0.0.1:$((port + 4))" \
    --listen-peer-urls "http://127.0.0.1:$((port + 5))" --initial-advertise-peer-urls "http://127.0.0.1:$((port + 5))" --initial-cluster "moothall=http://127.0.0.1:$((port + 5))"
  for _ in $(seq 1 100); do curl -fsS -m 2 -o /dev/null "http://127.0.0.1:$((port + 4))/health" 2>/dev/null && break; sleep 0.1; done
  for name in $members; do
    member "$name" >"$dir/$name.yml"
    runs "patroni-$name" || begin "patroni-$name" patroni "$dir/$name.yml"
    # The first makes the database, the second copies it.
    if [ "$name" = one ] && [ ! -d "$dir/two" ]; then
      for _ in $(seq 1 300); do has_role one primary && break; sleep 0.2; done
    fi
  done
  for _ in $(seq 1 300); do
    roles="$(role one) $(role two)"
    if [ "$roles" = "primary sync" ] || [ "$roles" = "sync primary" ]; then
      at=$port
      if [ "$roles" = "sync primary" ]; then at=$((port + 1)); fi
      as_owner "$programs/psql" -h 127.0.0.1 -p "$at" -U moothall -d postgres -Atc "select 1 from pg_database where datname = 'moothall'" | grep -q 1 ||
        as_owner "$programs/createdb" -h 127.0.0.1 -p "$at" -U moothall moothall
      echo "Host=127.0.0.1:$port,127.0.0.1:$((port + 1));Username=moothall;Database=moothall;Target Session Attributes=primary"
      exit 0
    fi
    sleep 0.2
  done
  echo "The standby did not become synchronous within a minute:" >&2
  tail -n 20 "$dir"/*.log >&2
  exit 1
  ;;
list)
  for name in $members; do
    echo "$name $(role "$name") $(head -1 "$dir/$name/postmaster.pid" 2>/dev/null || echo none) $(cat "$dir/patroni-$name.pid" 2>/dev/null || echo none)"
  done
  ;;
halt) halt ;;
stop)
  halt
  rm -rf "${dir:?}"
  ;;
*)
  echo "usage: $0 start DIR PORT | list DIR | halt DIR | stop DIR" >&2
  exit 2
  ;;
esac
