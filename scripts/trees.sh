#!/usr/bin/env bash
# Builds the sample posts, made folders, and each real blog in ../shared/corpus
# where that folder is present, and shows that the trees are what they must be:
# the same bytes when built twice, the second time from a copy whose files have
# other dates; every post exactly once when the archives of a feed are followed; full archives
# as they were when a post comes. Prints a line for each blog.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

install_packages python3=python3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/broadsheet" ./cmd/broadsheet
python3 scripts/judges/folders.py "$work/made"

build() { "$work/broadsheet" build "$1" --url https://example.org --title Judged --items 20 --out "$2" --archive-items "$full" >/dev/null 2>&1; }

# newest prints where a new post belongs in a folder, whatever it was made for.
newest() {
  if [ -d "$1/_posts" ]; then
    echo "$1/_posts/$(date -u +%Y-%m-%d)-the-newest-post.md"
  elif [ -d "$1/content/en" ]; then
    echo "$1/content/en/the-newest-post.md"
  elif [ -d "$1/content" ]; then
    echo "$1/content/the-newest-post.md"
  else
    echo "$1/the-newest-post.md"
  fi
}

full=25 # so that small blogs have full archives too
# shown FOLDER BLOG builds a blog, its copy, and the copy with another post.
shown() {
  local folder=$1 blog=$2 copy=$work/copy/$2
  build "$folder" "$work/a/$blog"
  cp -R "$folder" "$copy"
  find "$copy" -exec touch -d '2001-02-03 04:05:06' {} +
  build "$copy" "$work/c/$blog"
  diff -rq "$work/a/$blog" "$work/c/$blog" >&2 || fail "$blog: built twice, with other dates of the files, the trees differ"
  printf -- '---\ntitle: The newest post\ndate: %s\n---\nIt comes last.\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$(newest "$copy")"
  build "$copy" "$work/d/$blog"
  python3 scripts/judges/chain.py "$work/a/$blog" "$work/d/$blog" "$full"
  rm -rf "$copy" "$work"/[acd]/"$blog"
}

# A blog for each processor at a time, told in their order.
printf '%-16s %6s %6s %6s %6s\n' blog posts feeds pages frozen
mkdir "$work/copy" "$work/told"
blogs=()
running=0
for folder in posts "$work"/made/{nasty,one,blog,podcast} ../shared/corpus/*/site; do
  [ -d "$folder" ] || continue
  blog=$(basename "${folder%/site}")
  blogs+=("$blog")
  [ $running -lt "$(nproc)" ] || { wait -n || true; running=$((running - 1)); }
  (set -e; shown "$folder" "$blog"; touch "$work/told/$blog.good") >"$work/told/$blog" 2>&1 &
  running=$((running + 1))
done
wait
bad=
for blog in "${blogs[@]}"; do
  cat "$work/told/$blog"
  [ -e "$work/told/$blog.good" ] || bad="$bad $blog"
done
[ -z "$bad" ] || fail "not as they must be:$bad"
