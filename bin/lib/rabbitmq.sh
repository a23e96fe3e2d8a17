#!/usr/bin/env bash
# Runs a RabbitMQ of its own for tests and development, without systemd, as root or not, without touching one that is there already.
#   rabbitmq.sh start DIR PORT   one node with its data in DIR, on 127.0.0.1:PORT (and PORT+1, PORT+2); prints its address. A second start goes on with the data.
#                                It speaks TLS on PORT+3, as localhost, by an authority of its own in DIR/tls/authority.pem.
#   rabbitmq.sh halt  DIR        stops that node by its own pid file and keeps its data
#   rabbitmq.sh stop  DIR        stops it and removes DIR
set -euo pipefail

command=${1:?start, halt or stop}
dir=${2:?folder}
port=${3:-$(cat "$dir/port" 2>/dev/null || true)}
# Past Debian's wrapper, which wants the user rabbitmq.
programs=$(find /usr/lib/rabbitmq/lib -mindepth 2 -maxdepth 2 -name sbin 2>/dev/null | sort -V | tail -1)
[ -n "$programs" ] || { echo "RabbitMQ is not installed: apt-get install rabbitmq-server" >&2; exit 1; }

halt() {
  local pid
  pid=$(cat "$dir/pid" 2>/dev/null || true)
  if [ -n "$pid" ] && kill "$pid" 2>/dev/null; then
    for _ in $(seq 1 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.2; done
    kill -9 "$pid" 2>/dev/null || true
  fi
  rm -f "$dir/pid"
  if [ -n "$port" ]; then ERL_EPMD_PORT=$((port + 1)) epmd -port "$((port + 1))" -kill >/dev/null 2>&1 || true; fi
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

make_certificates() {
  local in=$dir/tls key="ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
  mkdir -p "$in"
  {
    # shellcheck disable=SC2086
    openssl req -x509 -newkey $key -days 30 -subj "/CN=Throw-away authority" -keyout "$in/authority.key" -out "$in/authority.pem"
    # shellcheck disable=SC2086
    openssl req -newkey $key -subj "/CN=localhost" -addext "subjectAltName=DNS:localhost" -keyout "$in/server.key" -out "$in/server.csr"
    openssl x509 -req -in "$in/server.csr" -CA "$in/authority.pem" -CAkey "$in/authority.key" -CAcreateserial -days 30 -copy_extensions copy -out "$in/server.pem"
  } >"$in/log" 2>&1 || { echo "No certificate could be made: apt-get install openssl" >&2; cat "$in/log" >&2; exit 1; }
}

case $command in
start)
  [ -n "$port" ] || { echo "usage: $0 start DIR PORT" >&2; exit 2; }
  # It would come up without what it cannot listen on, and say nothing.
  for taken in "$port" $((port + 3)); do
    if answers "$taken"; then echo "Port $taken is taken. RabbitMQ needs four in a row." >&2; exit 1; fi
  done
  mkdir -p "$dir/mnesia" "$dir/log"
  echo "$port" >"$dir/port"
  if [ ! -f "$dir/tls/server.pem" ]; then make_certificates; fi
  echo '[].' >"$dir/enabled_plugins"
  cat >"$dir/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$port
listeners.ssl.1 = 127.0.0.1:$((port + 3))
ssl_options.cacertfile = $dir/tls/authority.pem
ssl_options.certfile = $dir/tls/server.pem
ssl_options.keyfile = $dir/tls/server.key
ssl_options.verify = verify_none
vm_memory_high_watermark.absolute = 256MB
disk_free_limit.absolute = 50MB
CONF
  export HOME=$dir ERL_EPMD_PORT=$((port + 1)) ERL_EPMD_ADDRESS=127.0.0.1
  export RABBITMQ_NODENAME=moothall$port@localhost RABBITMQ_DIST_PORT=$((port + 2))
  export RABBITMQ_MNESIA_BASE=$dir/mnesia RABBITMQ_LOG_BASE=$dir/log RABBITMQ_PID_FILE=$dir/pid
  export RABBITMQ_CONFIG_FILE=$dir/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=$dir/enabled_plugins RABBITMQ_CONF_ENV_FILE=/dev/null
  export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
  setsid "$programs/rabbitmq-server" -detached >"$dir/out" 2>&1 </dev/null
  for _ in $(seq 1 240); do
    if answers "$port" && answers $((port + 3)); then
      echo "amqp://guest:guest@127.0.0.1:$port/"
      exit 0
    fi
    sleep 0.25
  done
  echo "RabbitMQ did not listen on $port and $((port + 3)) within a minute:" >&2
  tail -20 "$dir"/log/* "$dir/out" >&2
  exit 1
  ;;
halt) halt ;;
stop)
  halt
  rm -rf "${dir:?}"
  ;;
*)
  echo "usage: $0 start DIR PORT | halt DIR | stop DIR" >&2
  exit 2
  ;;
esac
