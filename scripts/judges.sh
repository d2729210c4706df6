#!/usr/bin/env bash
# Has every feed of the sample posts, and of each real blog in ../shared/corpus
# where that folder is present, judged by others, and prints a table of judge x
# blog: files looked at, and files with a fault. One fault fails.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

install_packages xmllint=libxml2-utils jing=jing ruby=ruby jq=jq
ruby -rrss -e '' 2>/dev/null || install_packages no-such-command=ruby-rss
# Debian's own Python: another one would not find Debian's packages.
/usr/bin/python3 -c 'import feedparser' 2>/dev/null || install_packages no-such-command=python3-feedparser
schemas=../shared/schemas
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/broadsheet" ./cmd/broadsheet

# Each judge prints the faulty ones of the files that it is given.
judge_xmllint() { local f; for f in "$@"; do xmllint --noout "$f" 2>/dev/null || echo "$f"; done; }
judge_jing() { jing "$schemas/atom.rng" "$@" 2>/dev/null | sed 's/^\([^:]*\):.*/\1/' | sort -u; }
judge_xsd() {
  # The schema wants an item, which a feed need not have.
  local f
  for f in "$@"; do grep -q '<item>' "$f" || continue; xmllint --noout --schema "$schemas/rss-2_0.xsd" "$f" 2>/dev/null || echo "$f"; done
}
judge_ruby() {
  ruby -rrss -e 'ARGV.each { |f| begin; RSS::Parser.parse(File.read(f), true, true) or raise "nothing"; rescue => e; puts f; warn "#{f}: #{e.message}"; end }' "$@"
}
judge_feedparser() {
  /usr/bin/python3 -c '
import sys, feedparser
for f in sys.argv[1:]:
    d = feedparser.parse(f)
    if d.bozo or not d.version or any(not e.get("id") or not e.get("link") for e in d.entries):
        print(f)' "$@"
}
judge_jq() {
  local f
  for f in "$@"; do
    jq -e '.version == "https://jsonfeed.org/version/1.1" and (.title | length > 0) and
      all(.items[]; (.id | type == "string" and length > 0) and (has("content_html") or has("content_text"))) and
      ([.items[].id] | length == (unique | length)) and (.next_url // "" ) != .feed_url' "$f" >/dev/null || echo "$f"
  done
}

failed=0
# row JUDGE BLOG PATTERN judges the files of a blog.
row() {
  local judge=$1 blog=$2 files faulty count
  mapfile -d '' files < <(find "$work/$blog" \( -name "$3" -o -name "${4:-$3}" \) -print0 | sort -z)
  [ ${#files[@]} -gt 0 ] || fail "$blog has no $3"
  faulty=$("judge_$judge" "${files[@]}")
  count=$(printf '%s' "$faulty" | grep -c . || true)
  printf '%-12s %-16s %6d %6d\n' "$judge" "$blog" "${#files[@]}" "$count"
  [ "$count" -eq 0 ] || { failed=1; printf '%s\n' "$faulty" | sed "s|$work/||" | head -5 >&2; }
}

printf '%-12s %-16s %6s %6s\n' judge blog files faults
blogs=(samples=posts)
for site in ../shared/corpus/*/site; do
  [ -d "$site" ] && blogs+=("$(basename "$(dirname "$site")")=$site")
done
for pair in "${blogs[@]}"; do
  blog=${pair%%=*}
  "$work/broadsheet" build "${pair#*=}" --url https://example.org --out "$work/$blog" >/dev/null 2>&1
  row xmllint "$blog" rss.xml atom.xml
  row feedparser "$blog" rss.xml atom.xml
  row ruby "$blog" rss.xml atom.xml
  row jq "$blog" feed.json
  if [ -d "$schemas" ]; then
    row jing "$blog" atom.xml
    row xsd "$blog" rss.xml
  fi
done
[ $failed -eq 0 ] || fail "some feeds have faults"
