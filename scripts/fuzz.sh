#!/usr/bin/env bash
# Runs every fuzz target of the module for the time given: one for each processor at
# a time, so that one is compiled and linked while another runs. What they say is told
# when they end.
set -euo pipefail
cd "$(dirname "$0")/.."
time=${1:-30s}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# fuzz FOLDER TARGET TIME LOG runs one target. Go's own fuzzer sometimes takes the end
# of its time, met in the middle of an input, for a failure; that has no input to
# show, and is tried again.
fuzz() {
  local try
  for try in 1 2 3; do
    # Making an interesting input small would take most of a short run.
    if go test "./$1" -run '^$' -parallel 1 -fuzz "^$2\$" -fuzztime "$3" -fuzzminimizetime 1x >"$4" 2>&1; then return 0; fi
    if grep -q 'Failing input written' "$4" || ! grep -qx '    context deadline exceeded' "$4"; then return 1; fi
    echo "the time was over in the middle of an input ($try)"
  done
  return 1
}

# target FILE:TARGET runs one and tells what it said.
target() {
  local folder=${1%/*} target=${1##*:} long=$time code=0
  # What is written and what is answered matter most.
  [[ ! $target =~ ^Fuzz(Render|Headers|Lane)$ || $time != *[0-9]s ]] || long=$((4 * ${time%s}))s
  local log=$work/${folder//\//-}-$target
  fuzz "$folder" "$target" "$long" "$log" >"$log.tries" || code=1
  echo "--- $target in $folder"$'\n'"$(cat "$log.tries" "$log")"
  return $code
}
export -f fuzz target
export time work

grep -roE --include='*_test.go' '^func Fuzz[A-Za-z0-9]+' cmd internal | sed 's/func //' | sort >"$work/targets"
[ -s "$work/targets" ] || { echo "found no fuzz target" >&2; exit 1; }
xargs -P "$(nproc)" -I{} bash -c 'target {} || exit 255' <"$work/targets" || { echo "a fuzz target has a finding" >&2; exit 1; }
echo "$(wc -l <"$work/targets") fuzz targets without a finding"
