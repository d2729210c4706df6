#!/usr/bin/env bash
# Has the pages looked at by others: in Chromium, with screenshots of every kind
# of page in build/screenshots and the rules of axe-core for people who cannot
# see or use a mouse; and by the Nu HTML Checker of the W3C, with the style
# sheet. Then whole sites are built with pages, of the sample posts and of each
# real blog in ../shared/corpus where that folder is present: the same checker
# looks at them, and every link of theirs is followed. At last the sample posts
# are served, and read in Chromium: not with --tested, after "make test", which did so.
# Folders that are named are searched for pages to be checked as well.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

install_packages chromium=chromium node=nodejs npm=npm java=default-jre-headless jq=jq
# Faces for the screenshots: what readers have on their own machines.
fc-list 2>/dev/null | grep -q NotoNaskh || install_packages no-such-command=fonts-noto-core
fc-list 2>/dev/null | grep -q NotoSerifCJK || install_packages no-such-command=fonts-noto-cjk
fc-list 2>/dev/null | grep -q P052 || install_packages no-such-command=fonts-urw-base35
here=scripts/pages
[ -d $here/node_modules ] && [ $here/node_modules -nt $here/package-lock.json ] || { npm ci --silent --prefix $here && touch $here/node_modules; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# pages_in prints the pages in a folder. A feed that is asked for by the name of a
# folder has the file of a page, and is none.
pages_in() { grep -rLZ --include='*.html' '^<?xml' "$1" | sort -z; }

tested=
[ "${1:-}" != --tested ] || { tested=1; shift; }
pages=(internal/page/testdata/pages/*.html)
for folder in "$@"; do
  mapfile -d '' -O "${#pages[@]}" pages < <(pages_in "$folder")
done
check() { java -Xss8m -jar $here/node_modules/vnu-jar/build/dist/vnu.jar --errors-only --stdout "$@" >"$work/errors" || { head -40 "$work/errors" >&2; fail "the Nu HTML Checker finds errors"; }; }
check "${pages[@]}"
pass "the Nu HTML Checker finds no error in ${#pages[@]} pages"
check --css internal/page/theme/page.css
pass "nor in the style sheet"

# site FOLDER NAME builds a site with pages, and follows its links.
site() {
  "$work/broadsheet" build "$1" --url https://pages.example --pages yes --out "$work/sites/$2" >/dev/null 2>&1 || fail "$2 is not built"
  printf '%-16s' "$2"
  "$work/links" https://pages.example "$work/sites/$2" || fail "$2: pages have links that lead nowhere"
}
go build -o "$work/broadsheet" ./cmd/broadsheet
go build -o "$work/links" ./$here/links
site posts posts
mapfile -d '' pages < <(pages_in "$work/sites/posts")
check "${pages[@]}"
pass "no page of the sample posts has an error, or a link that leads nowhere"

blogs=0
for folder in ../shared/corpus/*/site; do
  [ -d "$folder" ] || continue
  blog=$(basename "${folder%/site}")
  site "$folder" "$blog"
  pages_in "$work/sites/$blog" >>"$work/all"
  blogs=$((blogs + 1))
done
if [ $blogs -gt 0 ]; then
  mapfile -d '' pages <"$work/all"
  check "${pages[@]}"
  pass "nor has any of ${#pages[@]} pages of $blogs real blogs"
else
  echo "skip  no real blogs beside the tree: ../shared/corpus"
fi

in_browser() {
  go test -count=1 -v -run "$1" -skip "${3:-^$}" "$2" "${@:4}" | tee "$work/log" | grep -E '^(---|FAIL|ok|    )' || true
  if grep -qE '^(--- FAIL|FAIL|--- SKIP)' "$work/log" || ! grep -q '^ok' "$work/log"; then fail "the pages fail in Chromium"; fi
}
in_browser 'InABrowser|Axe|Copy|Lines|NeedsAScript' ./internal/page '' -looks
skipped='^$'
[ $blogs -gt 0 ] || skipped=BesideAGenerator
if [ -z "$tested" ]; then
  in_browser 'InABrowser|WithoutScripts' ./cmd/broadsheet "$skipped"
else
  jq -se --arg skipped "$skipped" '[.[] | select(.Package == "broadsheet/cmd/broadsheet") | select((.Test // "") | test("InABrowser|WithoutScripts") and (test($skipped) | not)) | .Action] |
    contains(["pass"]) and (contains(["skip"]) | not)' build/tests.json >/dev/null || fail "the tests did not look at the pages in Chromium"
fi
pass "screenshots are in build/screenshots"
