#!/usr/bin/env bash
# Has Hugo build the sites in cmd/broadsheet/testdata/hugo, and compares what it makes with what
# is written there, which the tests hold us to. It fails where that differs.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

install_packages hugo=hugo python3=python3
/usr/bin/python3 scripts/judges/hugo.py cmd/broadsheet/testdata/hugo/*.txtar
