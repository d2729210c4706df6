#!/usr/bin/env bash
# Runs the product on a copy of the sample posts, and has Miniflux, with a
# PostgreSQL of its own, subscribe to them in all three formats, and to some terms.
# Then the posts are edited, moved, edited and moved in one go, deleted and
# restored, and the service is stopped and killed; after each step Miniflux polls.
# It must have every post exactly once. All of it stays on the loopback address.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

version=v2.3.5
[ -x "$(echo /usr/lib/postgresql/*/bin/initdb)" ] || install_packages no-such-command=postgresql
postgres=$(dirname "$(echo /usr/lib/postgresql/*/bin/initdb)")
install_packages setpriv=util-linux
python=/usr/bin/python3
$python -c '' 2>/dev/null || install_packages no-such-command=python3
miniflux=$PWD/.tools/miniflux-$version
[ -x "$miniflux" ] || { GOFLAGS='' GOBIN=$PWD/.tools go install "miniflux.app/v2@$version" && mv .tools/miniflux.app "$miniflux"; }

work=$(mktemp -d)
pids=()
cleanup() {
  local code=$?
  [ $code -eq 0 ] || tail -n 5 "$work"/service.log "$work"/miniflux.log >&2 || true
  [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap cleanup EXIT

# PostgreSQL refuses to run as root.
as_other=()
if [ "$(id -u)" -eq 0 ]; then
  as_other=(setpriv --reuid nobody --clear-groups)
  chmod 755 "$work"
fi
mkdir "$work/database"
[ ${#as_other[@]} -eq 0 ] || chown nobody "$work/database"
(cd "$work/database" && "${as_other[@]}" "$postgres/initdb" -D data -U miniflux -A trust -E UTF8 --locale=C >"$work/initdb.log" 2>&1) || fail "no database"
(cd "$work/database" && exec "${as_other[@]}" "$postgres/postgres" -D data -k "$work/database" -c listen_addresses= -c fsync=off >"$work/postgres.log" 2>&1) &
pids+=($!)
until_true "$postgres/pg_isready" -h "$work/database" -U miniflux || fail "the database does not answer"
"$postgres/createdb" -h "$work/database" -U miniflux miniflux

go build -o "$work/broadsheet" ./cmd/broadsheet
cp -r posts "$work/posts"
port=$(free_port)
env -i DATABASE_URL="host=$work/database user=miniflux dbname=miniflux sslmode=disable" LISTEN_ADDR="127.0.0.1:$port" \
  RUN_MIGRATIONS=1 CREATE_ADMIN=1 ADMIN_USERNAME=reader ADMIN_PASSWORD=reading DISABLE_SCHEDULER_SERVICE=1 \
  FETCHER_ALLOW_PRIVATE_NETWORKS=1 "$miniflux" >"$work/miniflux.log" 2>&1 &
pids+=($!)
until_true curl -fsS "http://127.0.0.1:$port/healthcheck" || fail "Miniflux does not answer"
$python scripts/miniflux/subscribe.py "$work" "http://127.0.0.1:$port" "127.0.0.1:$(free_port)" "127.0.0.1:$(free_port)"
