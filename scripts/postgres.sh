#!/usr/bin/env bash
# A PostgreSQL of one's own for the tests: Debian's server, a plain user, a free port.
#   scripts/postgres.sh start FOLDER   prints the SHEKE_DATABASE_URL
#   scripts/postgres.sh resume FOLDER  starts it again after a crash
#   scripts/postgres.sh stop FOLDER
set -euo pipefail
verb=$1 folder=$2
binaries=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)

as_plain_user() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

case $verb in
start)
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  mkdir -p "$folder/postgres"
  chmod 755 "$folder"
  if [ "$(id -u)" = 0 ]; then chown postgres "$folder/postgres"; fi
  as_plain_user "$binaries/initdb" -D "$folder/postgres/data" -U sheke -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
  as_plain_user "$binaries/pg_ctl" -D "$folder/postgres/data" -w -l "$folder/postgres/log" \
    -o "-p $port -k $folder/postgres -c listen_addresses=127.0.0.1 -c fsync=off" start >/dev/null
  echo "postgresql://sheke@127.0.0.1:$port/postgres"
  ;;
resume) # after a crash, with the port it had; what runs is left alone
  pid=$(head -n 1 "$folder/postgres/data/postmaster.pid" 2>/dev/null || echo none)
  state=$(ps -o stat= -p "$pid" 2>/dev/null || true)
  if [ -z "$state" ] || [ "${state:0:1}" = Z ]; then # a zombie's number would pass for a server
    rm -f "$folder/postgres/data/postmaster.pid" "$folder"/postgres/.s.PGSQL.*
    as_plain_user "$binaries/pg_ctl" -D "$folder/postgres/data" -w -l "$folder/postgres/log" \
      restart >/dev/null 2>&1
  fi
  ;;
stop)
  as_plain_user "$binaries/pg_ctl" -D "$folder/postgres/data" -m immediate stop
  ;;
*)
  echo "usage: $0 start|resume|stop FOLDER" >&2
  exit 2
  ;;
esac
