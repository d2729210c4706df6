#!/usr/bin/env bash
# A benchmark that anyone can run: how fast feeds are served, beside nginx and
# Caddy; how soon the service is up, beside merely reading the files and beside
# Hugo; what an edit costs; how many posts a small container holds; and how many
# bytes a poll takes. Prints Markdown.
#
#   scripts/bench.sh [--short] [--write] [--strict] [serve|start|edit|hold|bytes ...]
#
#   --short   fewer rounds and posts, under two minutes: does everything work?
#   --write   put the result into docs/performance.md too
#   --strict  exit 1 if a target is missed; else only what does not work is an error
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

PATH=$PATH:/usr/sbin:/sbin # where Debian keeps nginx

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# install_server NAME installs the package of a server, and keeps it from being
# started, now and at the next boot, as packages in Debian are: ours run alone.
install_server() (
  command -v "$1" >/dev/null && return
  policy=/usr/sbin/policy-rc.d
  if command -v apt-get >/dev/null && [ ! -e $policy ]; then
    trap 'as_root rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root install -m 755 /dev/stdin $policy
  fi
  install_packages "$1=$1"
  ! command -v systemctl >/dev/null || as_root systemctl disable --quiet "$1"
)

install_packages python3=python3 taskset=util-linux wrk=wrk hugo=hugo
install_server nginx
install_server caddy
exec python3 -B scripts/bench "$@"
