#!/usr/bin/env bash
# Runs the product on the sample posts the way a newcomer does, over real
# sockets, and holds it to what the README says.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

install_packages xmllint=libxml2-utils jq=jq curl=curl
work=$(mktemp -d)
pid=
cleanup() {
  [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

go build -o "$work/broadsheet" ./cmd/broadsheet
cp -r posts "$work/posts"
port=$(free_port) admin=$(free_port)
base=http://127.0.0.1:$port

start() {
  "$work/broadsheet" serve "$work/posts" --listen "127.0.0.1:$port" --admin-listen "127.0.0.1:$admin" \
    --url https://example.org 2>>"$work/log" &
  pid=$!
  until_true answers "$base/rss.xml" '<rss' || { cat "$work/log"; fail "the service does not answer"; }
}

stop() {
  kill -TERM "$pid"
  local code=0
  wait "$pid" || code=$?
  pid=
  [ $code -eq 0 ] || fail "SIGTERM ended the service with $code"
}

start
check_feeds "$base" "$work"
count=$(jq '.items | length' "$work/feed.json")
[ "$count" -ge 8 ] && [ "$count" -le 12 ] || fail "$count entries, expected about ten"
pass "three feeds, $count entries, absolute links"
jq -c '[.items[].id]' "$work/feed.json" >"$work/ids"

image=$(jq -r '[.items[].image // empty][0]' "$work/feed.json")
curl -fsS "$base${image#https://example.org}" -o "$work/image" && cmp -s "$work/image" "posts${image#https://example.org}" || fail "the picture $image is not served"
pass "the pictures of the posts are served"

etag=$(curl -fsSI "$base/rss.xml" | tr -d '\r' | sed -n 's/^ETag: //p')
[ -n "$etag" ] || fail "no ETag"
code=$(curl -sS -o "$work/body" -w '%{http_code}' -H "If-None-Match: $etag" "$base/rss.xml")
[ "$code" = 304 ] && [ ! -s "$work/body" ] || fail "an unchanged poll gave $code"
pass "304 with an empty body"

printf -- '---\ntitle: Fresh ink\ndate: 2026-11-20\n---\nText.\n' >"$work/posts/fresh.md"
began=$(date +%s%N)
for feed in rss.xml atom.xml feed.json; do
  until_true answers "$base/$feed" 'Fresh ink' || fail "a new post does not appear in $feed"
done
pass "a new post is in all three feeds after $((($(date +%s%N) - began) / 1000000)) ms"
[ "$(curl -fsSI "$base/rss.xml" | tr -d '\r' | sed -n 's/^ETag: //p')" != "$etag" ] || fail "the ETag did not move"
rm "$work/posts/fresh.md"
until_true eval "! answers $base/feed.json 'Fresh ink'" || fail "a deleted post stays"

due=$(date -u -d '+4 seconds' +%Y-%m-%dT%H:%M:%SZ)
printf -- '---\ntitle: On time\ndate: %s\n---\nText.\n' "$due" >"$work/posts/due.md"
until_true answers "$base/feed.json" 'On time' || fail "a scheduled post does not appear"
late=$(($(date +%s%N) / 1000000 - $(date -d "$due" +%s) * 1000))
[ "$late" -ge 0 ] || fail "the scheduled post came $((-late)) ms before its second"
pass "a scheduled post appears $late ms after its second"
rm "$work/posts/due.md"

stop
start
curl -fsS "$base/feed.json" | jq -c '[.items[].id]' | cmp -s - "$work/ids" || fail "ids changed over a restart"
pass "ids are the same after a restart"
stop
pass "SIGTERM ends it with 0"
