#!/usr/bin/env bash
# Runs every fuzz target of the module, one after the other, for the time given.
set -euo pipefail
cd "$(dirname "$0")/.."
time=${1:-30s}
count=0
while IFS=: read -r file target; do
  long=$time
  # What is written and what is answered matter most.
  [[ ! $target =~ ^Fuzz(Render|Headers|Lane)$ || $time != *[0-9]s ]] || long=$((4 * ${time%s}))s
  echo "--- $target in $(dirname "$file")"
  # Making an interesting input small would take most of a short run.
  go test "./$(dirname "$file")" -run '^$' -fuzz "^$target\$" -fuzztime "$long" -fuzzminimizetime 1x
  count=$((count + 1))
done < <(grep -roE --include='*_test.go' '^func Fuzz[A-Za-z0-9]+' cmd internal | sed 's/func //' | sort)
[ "$count" -gt 0 ] || { echo "found no fuzz target" >&2; exit 1; }
echo "$count fuzz targets without a finding"
