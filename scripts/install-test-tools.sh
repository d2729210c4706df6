#!/usr/bin/env bash
# Installs what the tests need besides Go.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

install_packages gcc=gcc xmllint=libxml2-utils jq=jq curl=curl git=git vim=vim rsync=rsync bindfs=bindfs chromium=chromium \
  node=nodejs npm=npm
# The rules that pages are held to.
here=scripts/pages
[ -d $here/node_modules ] && [ $here/node_modules -nt $here/package-lock.json ] || { npm ci --silent --prefix $here && touch $here/node_modules; }
# The race detector links with the C library.
[ -e /usr/include/stdlib.h ] || install_packages no-such-command=libc6-dev
