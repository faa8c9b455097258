#!/usr/bin/env bash
# A PostgreSQL primary and two streaming replicas on this machine, to try the set-up of several machines.
#   scripts/replicas.sh start FOLDER            prints the URLs: the primary's, then each replica's
#   scripts/replicas.sh stop FOLDER
#   scripts/replicas.sh down|up FOLDER NAME     one of primary, replica1, replica2 (down: at once, as if killed)
set -euo pipefail
verb=$1 folder=$2
binaries=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)

as_plain_user() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

run() { # run NAME: start its server on the port written beside it
  as_plain_user "$binaries/pg_ctl" -D "$folder/$1/data" -w -l "$folder/$1/log" -o "-p $(cat "$folder/$1/port") \
    -k $folder/$1 -c listen_addresses=127.0.0.1 -c fsync=off -c hot_standby_feedback=on -c shared_buffers=32MB" start >/dev/null
}

case $verb in
start)
  mkdir -p "$folder"
  chmod 755 "$folder"
  for name in primary replica1 replica2; do
    mkdir -p "$folder/$name"
    free_port >"$folder/$name/port"
    if [ "$(id -u)" = 0 ]; then chown -R postgres "$folder/$name"; fi
  done
  as_plain_user "$binaries/initdb" -D "$folder/primary/data" -U sheke -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
  run primary
  for name in replica1 replica2; do
    # -R writes standby.signal and how to reach the primary; the slot keeps what the replica still needs.
    as_plain_user "$binaries/pg_basebackup" -D "$folder/$name/data" -R -C -S "$name" -c fast --no-sync \
      -h 127.0.0.1 -p "$(cat "$folder/primary/port")" -U sheke
    run "$name"
  done
  for name in primary replica1 replica2; do
    echo "postgresql://sheke@127.0.0.1:$(cat "$folder/$name/port")/postgres"
  done
  ;;
stop)
  for name in replica1 replica2 primary; do
    as_plain_user "$binaries/pg_ctl" -D "$folder/$name/data" -m immediate stop >/dev/null 2>&1 || true
  done
  ;;
down)
  as_plain_user "$binaries/pg_ctl" -D "$folder/$3/data" -m immediate stop >/dev/null
  ;;
up)
  run "$3"
  ;;
*)
  echo "usage: $0 start|stop|down|up FOLDER [NAME]" >&2
  exit 2
  ;;
esac
