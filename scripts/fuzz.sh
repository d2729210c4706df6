#!/usr/bin/env bash
# Runs every fuzz target of the module, one after the other, for the time given.
set -euo pipefail
cd "$(dirname "$0")/.."
time=${1:-30s}
count=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# fuzz FOLDER TARGET TIME runs one target. Go's own fuzzer sometimes takes the end
# of its time, met in the middle of an input, for a failure; that has no input to
# show, and is tried again.
fuzz() {
  local try
  for try in 1 2 3; do
    # Making an interesting input small would take most of a short run.
    if go test "./$1" -run '^$' -fuzz "^$2\$" -fuzztime "$3" -fuzzminimizetime 1x 2>&1 | tee "$log"; then return 0; fi
    if grep -q 'Failing input written' "$log" || ! grep -qx '    context deadline exceeded' "$log"; then return 1; fi
    echo "the time was over in the middle of an input ($try)"
  done
  return 1
}
while IFS=: read -r file target; do
  long=$time
  # What is written and what is answered matter most.
  [[ ! $target =~ ^Fuzz(Render|Headers|Lane)$ || $time != *[0-9]s ]] || long=$((4 * ${time%s}))s
  echo "--- $target in $(dirname "$file")"
  fuzz "$(dirname "$file")" "$target" "$long"
  count=$((count + 1))
done < <(grep -roE --include='*_test.go' '^func Fuzz[A-Za-z0-9]+' cmd internal | sed 's/func //' | sort)
[ "$count" -gt 0 ] || { echo "found no fuzz target" >&2; exit 1; }
echo "$count fuzz targets without a finding"
