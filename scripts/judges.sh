#!/usr/bin/env bash
# Has the feeds of many blogs judged by others: the sample posts, folders made to
# be hard, and, without --short, each real blog in ../shared/corpus where that
# folder is present.
# Prints two tables: judge x blog with the feeds looked at and those with a fault,
# and reader x format with what is read back otherwise than it was written. One
# fault fails. See docs/judges.md.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

install_packages xmllint=libxml2-utils jing=jing ruby=ruby jq=jq newsboat=newsboat sqlite3=sqlite3 r2e=rss2email node=nodejs npm=npm
ruby -rrss -e '' 2>/dev/null || install_packages no-such-command=ruby-rss
# Debian's own Python: another one would not find Debian's packages.
python=/usr/bin/python3
$python -c 'import feedparser, podcastparser, lxml, html5lib' 2>/dev/null ||
  install_packages no-such-command=python3-{feedparser,podcastparser,lxml,html5lib}
here=scripts/judges
[ -d $here/node_modules ] && [ $here/node_modules -nt $here/package-lock.json ] || { npm ci --silent --prefix $here && touch $here/node_modules; }
schemas=../shared/schemas
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/broadsheet" ./cmd/broadsheet
go build -o "$work/gofeed" ./$here/gofeed

# Each judge prints the faulty ones of the files that it is given.
judge_xmllint() { local f; xmllint --noout "$@" 2>/dev/null || for f in "$@"; do xmllint --noout "$f" 2>/dev/null || echo "$f"; done; }
judge_jing() { { jing "$schemas/atom.rng" "$@" 2>/dev/null || true; } | sed 's/^\([^:]*\):.*/\1/' | sort -u; }
judge_xsd() {
  # The schema wants an item, which a feed need not have: one without is not shown to it.
  local files
  mapfile -t files < <(grep -l '<item>' "$@")
  [ ${#files[@]} -eq 0 ] || { xmllint --noout --schema "$schemas/rss-2_0.xsd" "${files[@]}" 2>&1 || true; } | sed -n 's/ fails to validate$//p'
}
judge_ruby() {
  ruby -rrss -e 'ARGV.each { |f| begin; RSS::Parser.parse(File.read(f), true, true) or raise "nothing"; rescue => e; puts f; warn "#{f}: #{e.message}"; end }' "$@"
}
judge_feedparser() {
  $python -c '
import sys, feedparser
for f in sys.argv[1:]:
    d = feedparser.parse(f)
    if d.bozo or not d.version or any(not e.get("id") or not e.get("link") for e in d.entries):
        print(f)' "$@"
}
judge_w3c() {
  # Titles of the folder made to be hard show tags, and one of its posts is from 1969: both are meant.
  $python $here/messages.py "$@" | grep -vP '/nasty[^\t]*\t(Contains(Undeclared)?HTML|ImplausibleDate)\t' | tee "$work/said" | cut -f1 | sort -u
  sed "s|$work/||" "$work/said" | head -5 >&2
}
judge_ajv() { node $here/ajv.mjs "$schemas/jsonfeed-1.1.schemastore.json" "$schemas/jsonfeed-1.1.sonicdoe.json" "$@"; }
judge_jq() {
  jq -r 'select((.version == "https://jsonfeed.org/version/1.1" and (.title | length > 0) and
      all(.items[]; (.id | type == "string" and length > 0) and (has("content_html") or has("content_text"))) and
      ([.items[].id] | length == (unique | length)) and (.next_url // "" ) != .feed_url) | not) | input_filename' "$@"
}

# The messages are our own program: it must find what is there.
diff <($python $here/messages.py $here/faulty/feeds/blog/*.xml | cut -f1,2 | sed 's|.*/||' | sort -u) $here/faulty/found.txt ||
  fail "the judge w3c does not find the faults that it is shown"

failed=0
# row JUDGE BLOG PATTERN [PATTERN] judges the files of a blog.
row() {
  local judge=$1 blog=$2 files faulty count alike=-false
  # The slow ones see some of the 500 feeds that differ in nothing but a number.
  case $judge in ruby | feedparser | w3c) alike='-path */term-[1-4][0-9][0-9]-*' ;; esac
  # Ruby's parser takes minutes for a megabyte; the others see that feed.
  [ "$judge" != ruby ] || alike+=' -o -size +1000k'
  set -f
  # shellcheck disable=SC2086 # several words
  mapfile -d '' files < <(find "$work/feeds/$blog" \( -name "$3" -o -name "${4:-$3}" \) -not \( $alike \) -print0 | sort -z)
  set +f
  [ ${#files[@]} -gt 0 ] || fail "$blog has no $3"
  faulty=$("judge_$judge" "${files[@]}")
  count=$(printf '%s' "$faulty" | grep -c . || true)
  printf '%-12s %-16s %6d %6d\n' "$judge" "$blog" "${#files[@]}" "$count"
  [ "$count" -eq 0 ] || { failed=1; printf '%s\n' "$faulty" | sed "s|$work/||" | head -5 >&2; }
}

# build BLOG FOLDER [FLAG...] writes the feeds to be judged, and, each in one
# document, those to be read back.
build() {
  local blog=$1 folder=$2
  shift 2
  "$work/broadsheet" build "$folder" --url https://example.org --out "$work/feeds/$blog" "$@" >/dev/null 2>&1
  "$work/broadsheet" build "$folder" --url https://example.org --out "$work/whole/$blog" --items 1000 --max-bytes 100000000 "$@" >/dev/null 2>&1
  blogs+=("$blog")
}

$python $here/folders.py "$work/folders"
blogs=()
build samples posts
for folder in nasty none one blog podcast; do build $folder "$work/folders/$folder"; done
if [ "${1:-}" = --short ]; then
  corpus=()
else
  corpus=(../shared/corpus/*/site)
fi
[ ${#corpus[@]} -eq 0 ] || build nasty-markdown "$work/folders/nasty" --content summary --source-markdown --link-posts target --podcast serial --language ja --ttl 60 \
  --categories 'A & B; <C>' --copyright '© <A> & B' --title 'A <b>title</b> & more' --icon /icon.png --logo /logo.png
for site in "${corpus[@]}"; do
  [ -d "$site" ] || continue
  blog=$(basename "$(dirname "$site")")
  build "$blog" "$site"
done

# judge BLOG shows the feeds of a blog to every judge.
judge() {
  local blog=$1
  failed=0
  row xmllint "$blog" rss.xml atom.xml
  row feedparser "$blog" rss.xml atom.xml
  row ruby "$blog" rss.xml atom.xml
  row w3c "$blog" rss.xml atom.xml
  row jq "$blog" feed.json
  if [ -d "$schemas" ]; then
    row ajv "$blog" feed.json
    row jing "$blog" atom.xml
    row xsd "$blog" rss.xml
  fi
  return $failed
}

# A blog for each processor at a time, told in their order.
printf '%-12s %-16s %6s %6s\n' judge blog files faults
mkdir "$work/told"
running=0
for blog in "${blogs[@]}"; do
  [ $running -lt "$(nproc)" ] || { wait -n || true; running=$((running - 1)); }
  { judge "$blog" >"$work/told/$blog" 2>&1 && touch "$work/told/$blog.good"; } &
  running=$((running + 1))
done
wait
for blog in "${blogs[@]}"; do
  cat "$work/told/$blog"
  [ -e "$work/told/$blog.good" ] || failed=1
done

echo
xml=("$work"/whole/*/rss.xml "$work"/whole/*/atom.xml) json=("$work"/whole/*/feed.json)
# Where items lead elsewhere by setting, they cannot be compared.
for list in xml json; do
  declare -n files=$list
  for i in "${!files[@]}"; do [[ ${files[i]} != */nasty-markdown/* ]] || unset "files[$i]"; done
done
# The readers are asked all at once, and told in their order.
mkdir "$work/read"
node $here/read.mjs "${xml[@]}" "${json[@]}" >"$work/read/1" &
readers=($!)
$python $here/read.py "${xml[@]}" >"$work/read/2" &
readers+=($!)
"$work/gofeed" "${xml[@]}" "${json[@]}" >"$work/read/3" &
readers+=($!)
$here/newsboat.sh "${xml[@]}" >"$work/read/4" &
readers+=($!)
$python $here/rss2email.py "${xml[@]}" >"$work/read/5" &
readers+=($!)
for reader in "${readers[@]}"; do wait "$reader"; done
cat "$work"/read/* | $python $here/compare.py || failed=1
[ $failed -eq 0 ] || fail "some feeds have faults, or are read otherwise than they were written"
