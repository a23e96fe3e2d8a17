# Brings a machine to the state in which Moothall can be built, run and tested. Sourced by the commands in bin/.
# Everything here may be run again at any time: what is there already is left alone.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
release=$root/src/Moothall.Host/bin/Release/net10.0/Moothall.Host.dll
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*" >&2; }
refuse() { say "$*"; exit 1; }

# A port that nobody has at this moment, or the first of so many in a row. It lies below those that the system gives to outgoing connections (from 32768 on),
# since one of those could be taken by any connection before a program listens there, or while that program is stopped for a moment.
free_port() {
  node -e '
    const net = require("net"), many = Number(process.argv[1]);
    const free = port => new Promise(tell => { const s = net.createServer().on("error", () => tell(false)).listen(port, "127.0.0.1", () => s.close(() => tell(true))) });
    (async () => {
      for (;;) {
        const first = 20000 + Math.floor(Math.random() * 12000);
        let all = true;
        for (let i = 0; i < many && all; i++) all = await free(first + i);
        if (all) return console.log(first);
      }
    })()' "${1:-1}"
}

# Installs Debian packages, as root or through sudo.
install_packages() {
  local as=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || refuse "These packages are missing and only root can install them: $*. Ask an administrator to run: apt-get install $*"
    as=(sudo)
  fi
  command -v apt-get >/dev/null || refuse "These packages are missing: $*. Install them with the package program of this system."
  say "Installing $*"
  "${as[@]}" apt-get update -qq >&2
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

# What building and running needs.
set_up_to_run() {
  command -v dotnet >/dev/null || refuse "The .NET SDK 10 is missing. Install it from https://dotnet.microsoft.com/download and run this again."
  (cd "$root" && dotnet --version >/dev/null 2>&1) || refuse "The .NET SDK here is too old: $root/global.json says which one is needed."
  command -v npm >/dev/null || install_packages nodejs npm
}

# What the tests need besides.
set_up_to_test() {
  set_up_to_run
  local missing=() also=()
  [ -n "$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ] || missing+=(postgresql)
  [ -n "$(ls -d /usr/lib/rabbitmq/lib/*/sbin 2>/dev/null)" ] || missing+=(rabbitmq-server)
  command -v openssl >/dev/null || missing+=(openssl)
  command -v curl >/dev/null || missing+=(curl)
  [ -n "$(ls -d /usr/share/fonts/truetype/liberation* 2>/dev/null)" ] || missing+=(fonts-liberation)
  # What not every system has as a package: the browser without the frame of a window, which takes half the processor's time, and what looks after a standby, and ClamAV, which looks for viruses.
  [ -x /usr/bin/chromium-headless-shell ] || also+=(chromium-headless-shell)
  command -v patroni >/dev/null || also+=(patroni)
  command -v etcd >/dev/null || also+=(etcd-server)
  [ -x /usr/sbin/clamd ] || also+=(clamav-daemon)
  [ $((${#missing[@]} + ${#also[@]})) != 0 ] || return 0
  if (install_packages "${missing[@]}" "${also[@]}"); then return 0; fi
  [ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
  [ -x /usr/bin/chromium-headless-shell ] || [ -x /usr/bin/chromium ] || (install_packages chromium-headless-shell) || install_packages chromium
  [ -x /usr/sbin/clamd ] || (install_packages clamav-daemon) || say "ClamAV could not be installed, so the tests that need it are skipped."
  if ! set_up_to_fail_over; then say "Patroni and etcd could not be installed, so the test of a fail-over is skipped."; fi
}

# What a PostgreSQL with a standby needs besides. Not every system has these packages.
set_up_to_fail_over() {
  local missing=()
  command -v patroni >/dev/null || missing+=(patroni)
  command -v etcd >/dev/null || missing+=(etcd-server)
  command -v curl >/dev/null || missing+=(curl)
  [ ${#missing[@]} = 0 ] || (install_packages "${missing[@]}")
}

# What a cluster on this machine needs besides.
set_up_to_cluster() {
  local missing=()
  [ -n "$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ] || missing+=(postgresql)
  [ -n "$(ls -d /usr/lib/rabbitmq/lib/*/sbin 2>/dev/null)" ] || missing+=(rabbitmq-server)
  command -v openssl >/dev/null || missing+=(openssl)
  command -v haproxy >/dev/null || missing+=(haproxy)
  command -v curl >/dev/null || missing+=(curl)
  [ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
}

# Builds the program when a source file is newer than the last good build. Everything it says goes to standard error.
build_when_needed() {
  local stamp=$root/src/Moothall.Host/obj/released newer
  mkdir -p "$root/src/Moothall.Host/obj"
  (
    flock 9
    if [ -f "$release" ] && [ -f "$stamp" ]; then
      newer=$(find "$root/src" "$root/languages" "$root/global.json" "$root"/Directory.*.props -type d \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -newer "$stamp" -print -quit)
      [ -n "$newer" ] || exit 0
    fi
    set_up_to_run
    say "Building Moothall"
    touch "$stamp.begun"
    (cd "$root" && dotnet build src/Moothall.Host --configuration Release --verbosity quiet --nologo) >&2 || refuse "Moothall was not built: the messages above say why."
    mv "$stamp.begun" "$stamp"
  ) 9>"$root/src/Moothall.Host/obj/building"
}
