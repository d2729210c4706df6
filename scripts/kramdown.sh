#!/usr/bin/env bash
# Compares how the Markdown of Jekyll's posts is read with kramdown itself: has it make what it
# makes of the examples in internal/dialect/jekyll/kramdown/testdata, and prints the table by
# topic. It fails where kramdown makes something else than is written there, or we do.
# BROADSHEET_BODIES may name a folder of further texts: *.jsonl with the keys path and text.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

install_packages ruby=ruby
ruby -rkramdown -rkramdown-parser-gfm -e '' 2>/dev/null || install_packages no-such-command=ruby-kramdown no-such-command=ruby-kramdown-parser-gfm
export BROADSHEET_KRAMDOWN="$PWD/scripts/judges/kramdown.rb"
judged=TestKramdownMakesTheExamples
[ -z "${BROADSHEET_BODIES:-}" ] || judged=TestKramdown
go test -count=1 -tags judge -run "$judged" -v ./internal/dialect/jekyll/kramdown | grep -v '^=== '
go test -count=1 -tags judge -run TestKramdownHides -v ./internal/markdown/internal/unseen | grep -v '^=== '
go test -count=1 -run 'TestExamples' -v ./internal/dialect/jekyll/kramdown | grep -v '^=== '
git diff --exit-code --stat -- internal/dialect/jekyll/kramdown/testdata || fail "kramdown makes something else of the examples than is written there"
