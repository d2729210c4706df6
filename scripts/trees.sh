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
printf '%-16s %6s %6s %6s %6s\n' blog posts feeds pages frozen
for folder in posts "$work"/made/{nasty,one,blog,podcast} ../shared/corpus/*/site; do
  [ -d "$folder" ] || continue
  blog=$(basename "${folder%/site}")
  build "$folder" "$work/a/$blog"
  cp -R "$folder" "$work/copy"
  find "$work/copy" -exec touch -d '2001-02-03 04:05:06' {} +
  build "$work/copy" "$work/c/$blog"
  diff -rq "$work/a/$blog" "$work/c/$blog" >&2 || fail "$blog: built twice, with other dates of the files, the trees differ"
  printf -- '---\ntitle: The newest post\ndate: %s\n---\nIt comes last.\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$(newest "$work/copy")"
  build "$work/copy" "$work/d/$blog"
  python3 scripts/judges/chain.py "$work/a/$blog" "$work/d/$blog" "$full"
  rm -rf "$work/copy"
done
