#!/usr/bin/env bash
# Prints the packages whose tests never do two things at the same time: neither they
# nor any code of ours below them starts a goroutine, a server or a process. The race
# detector has nothing to find there, and "make test" runs them without it.
set -euo pipefail
cd "$(dirname "$0")/.."

starts='\bgo (func\b|[A-Za-z_][A-Za-z0-9_.]*\()|\.Go\(|\.Parallel\(|AfterFunc\(|synctest|httptest|http\.Server|ListenAndServe|exec\.Command'
module=$(go list -m)
# files PATTERN FLAG... lists the packages with such a file in which something is started.
packages_that_start() { grep -rlE --include='*.go' "$@" "$starts" cmd internal | xargs -r -n1 dirname | sort -u | sed "s|^|$module/|"; }

# A package's tests are a program of its own name and ".test", with all that it needs.
go list -test -f '{{.ImportPath}} {{join .Deps " "}}' ./cmd/... ./internal/... | awk '
  FNR == NR { if ($1 == "code") code[$2]; else all[$2]; next }
  $1 !~ /\.test$/ { next }
  {
    name = substr($1, 1, length($1) - 5)
    if (name in all) next
    for (i = 2; i <= NF; i++) if ($i in code) next
    print name
  }' <(packages_that_start --exclude='*_test.go' | sed 's/^/code /'; packages_that_start | sed 's/^/any /') -
