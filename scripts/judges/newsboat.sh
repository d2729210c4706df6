#!/usr/bin/env bash
# Reads feeds as newsboat does. Arguments: files. Prints a line of JSON for each.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work
for file in "$@"; do
  # One cache for each: an entry is known by its id whatever feed it came with.
  rm -f "$work/cache.db"
  printf 'file://%s\n' "$file" >"$work/urls"
  newsboat -u "$work/urls" -c "$work/cache.db" -C /dev/null -x reload
  sqlite3 -json "$work/cache.db" "select guid as id, title, author, url as link, pubDate as date, enclosure_url as enclosure from rss_item" |
    jq -c --slurp --arg file "$file" '{reader: "newsboat", file: $file, entries: (.[0] // [])}'
done
