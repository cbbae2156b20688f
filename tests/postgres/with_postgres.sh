#!/usr/bin/env bash
# Run a command beside a Postgres of its own, made in a temporary folder and gone afterwards:
#   tests/postgres/with_postgres.sh .venv/bin/pytest -m postgres tests/postgres
# The command finds it by DATELINE_TEST_POSTGRES ("postgres:dbname=lake host=... port=... user=..."). Where that is set
# already, the command just runs. Needs Debian's package `postgresql` (or any initdb that can be found), no root.
set -euo pipefail

if [ $# -eq 0 ]; then
  echo "Usage: $0 COMMAND [ARGUMENT ...]" >&2
  exit 2
fi
if [ -n "${DATELINE_TEST_POSTGRES:-}" ]; then
  exec "$@"
fi

bin=$({ ls -d /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin 2>/dev/null || true; } | sort -V | tail -n 1)
if [ -z "$bin" ] && command -v initdb >/dev/null; then
  bin=$(dirname "$(readlink -f "$(command -v initdb)")")
fi
if [ -z "$bin" ]; then
  echo "No Postgres here: install the package postgresql, or set DATELINE_TEST_POSTGRES=postgres:dbname=..." >&2
  exit 1
fi

# Postgres refuses to run as root, so there it runs as the user that the package made, or as nobody.
as_server=()
owner=$(id -un)
if [ "$(id -u)" = 0 ]; then
  owner=$(getent passwd postgres nobody | head -n 1 | cut -d: -f1)
  as_server=(setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups env HOME=/)
fi

folder=$(mktemp -d /tmp/dateline-postgres-XXXXXX)
chown "$owner" "$folder"
run() { (cd "$folder" && "${as_server[@]}" "$@"); }

stop() {
  run "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
run "$bin/initdb" -D "$folder/data" -U press --auth trust --encoding UTF8 --locale C --no-sync >/dev/null
settings="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder -c fsync=off -c max_connections=300"
run "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -o "$settings" start >/dev/null || {
  cat "$folder/log" >&2
  exit 1
}

export DATELINE_TEST_POSTGRES="postgres:dbname=postgres host=127.0.0.1 port=$port user=press"
"$@"
