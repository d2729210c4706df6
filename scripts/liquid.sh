#!/usr/bin/env bash
# Compares how the template text of Jekyll's posts is rendered with Liquid itself, with Jekyll's
# filters and tags: has them render the battery in internal/liquid/testdata/battery, and prints
# the table by topic. It fails where they make something else than is written there, or we do.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

install_packages jekyll=jekyll
export BROADSHEET_LIQUID="$PWD/scripts/judges/liquid.rb"
go test -count=1 -tags judge -run 'TestLiquidMakes|TestLiquidAgrees' -v ./internal/liquid | grep -v '^=== '
go test -count=1 -run 'TestBattery' -v ./internal/liquid | grep -v '^=== '
git diff --exit-code --stat -- internal/liquid/testdata/battery || fail "Liquid makes something else of the battery than is written there"
