#!/usr/bin/env bash
# Has the pages looked at by others: in Chromium, with screenshots of every kind
# of page in build/screenshots and the rules of axe-core for people who cannot
# see or use a mouse; and by the Nu HTML Checker of the W3C, with the style
# sheet. Folders that are named are searched for pages to be checked as well.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

install_packages chromium=chromium node=nodejs npm=npm java=default-jre-headless
# Faces for the screenshots: what readers have on their own machines.
fc-list 2>/dev/null | grep -q NotoNaskh || install_packages no-such-command=fonts-noto-core
fc-list 2>/dev/null | grep -q NotoSerifCJK || install_packages no-such-command=fonts-noto-cjk
fc-list 2>/dev/null | grep -q P052 || install_packages no-such-command=fonts-urw-base35
here=scripts/pages
[ -d $here/node_modules ] && [ $here/node_modules -nt $here/package-lock.json ] || { npm ci --silent --prefix $here && touch $here/node_modules; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

pages=(internal/page/testdata/pages/*.html)
for folder in "$@"; do
  mapfile -d '' -O "${#pages[@]}" pages < <(find "$folder" -name '*.html' -print0 | sort -z)
done
check() { java -Xss8m -jar $here/node_modules/vnu-jar/build/dist/vnu.jar --errors-only --stdout "$@" >"$work/errors" || { head -40 "$work/errors" >&2; fail "the Nu HTML Checker finds errors"; }; }
check "${pages[@]}"
pass "the Nu HTML Checker finds no error in ${#pages[@]} pages"
check --css internal/page/theme/page.css
pass "nor in the style sheet"

go test -count=1 -v -run 'InABrowser|Axe|Copy|Lines|NeedsAScript' ./internal/page | tee "$work/log" | grep -E '^(---|FAIL|ok|    )' || true
if grep -qE '^(--- FAIL|FAIL|--- SKIP)' "$work/log" || ! grep -q '^ok' "$work/log"; then fail "the pages fail in Chromium"; fi
pass "screenshots are in build/screenshots"
