#!/usr/bin/env bash
# Compares how the Markdown of Jekyll's posts is read with kramdown itself: makes what it makes
# of the examples in internal/dialect/jekyll/kramdown/testdata anew, and prints the table by
# topic. BROADSHEET_BODIES may name a folder of further texts: *.jsonl with the keys path and
# text. Needs Ruby with kramdown and kramdown-parser-gfm (scripts/install-test-tools.sh).
set -euo pipefail
cd "$(dirname "$0")/.."
export BROADSHEET_KRAMDOWN="$PWD/scripts/judges/kramdown.rb"
go test -count=1 -run 'TestKramdown' -v ./internal/dialect/jekyll/kramdown | grep -v '^=== '
go test -count=1 -run 'TestExamples' -v ./internal/dialect/jekyll/kramdown | grep -v '^=== '
git diff --stat -- internal/dialect/jekyll/kramdown/testdata
