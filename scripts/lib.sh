# shellcheck shell=bash
# Shared by the scripts of this folder: source it, do not run it.

# install_packages CMD=PACKAGE... installs the Debian package of each command
# that is missing, as root or through sudo.
install_packages() {
  local missing=() pair
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null 2>&1 || missing+=("${pair#*=}")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local sudo=()
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  command -v apt-get >/dev/null 2>&1 || fail "please install: ${missing[*]}"
  # One at a time: scripts that run beside each other share Debian's lock.
  (
    flock 9
    "${sudo[@]}" apt-get update -qq
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  ) 9>"${TMPDIR:-/tmp}/broadsheet-packages-$(id -u).lock"
}

fail() {
  printf 'FAIL: %s\n' "$*" >&2
  exit 1
}

pass() { printf 'ok    %s\n' "$*"; }

# How many seconds nothing takes, however busy the machine is, unless it never ends.
hang=300

# until_true COMMAND... repeats a command until it succeeds, and fails if it never does.
until_true() {
  local end=$((SECONDS + hang))
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.05
  done
}

# free_port prints a TCP port of the loopback address that nobody listens on. It is below
# those that the system gives to clients, which could take one meanwhile.
free_port() {
  local port
  while :; do
    port=$((12000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# answers URL TEXT tells whether the URL answers 200 with the text in its body.
answers() {
  # Not into grep -q: it leaves at the first match, and curl then fails.
  local body
  body=$(curl -fsS --max-time $hang "$1" 2>/dev/null) && [[ $body == *"$2"* ]]
}

# check_feeds BASE fails unless the three feeds of a service are well-formed,
# hold entries and no relative link.
check_feeds() {
  local base=$1 dir=$2
  curl -fsS "$base/rss.xml" -o "$dir/rss.xml" || fail "rss.xml does not answer"
  curl -fsS "$base/atom.xml" -o "$dir/atom.xml" || fail "atom.xml does not answer"
  curl -fsS "$base/feed.json" -o "$dir/feed.json" || fail "feed.json does not answer"
  xmllint --noout "$dir/rss.xml" || fail "rss.xml is not well-formed"
  xmllint --noout "$dir/atom.xml" || fail "atom.xml is not well-formed"
  jq -e '.version == "https://jsonfeed.org/version/1.1" and (.items | length > 0)' "$dir/feed.json" >/dev/null || fail "feed.json holds no items"
  jq -e '[.items[] | .url, (.image // empty)] | all(test("^https?://"))' "$dir/feed.json" >/dev/null || fail "feed.json holds relative links"
  jq -e '[.items[].content_html // "" | scan("(?:href|src)=\"([^\"]*)\"")[0]] | all(test("^[a-z]+:"))' "$dir/feed.json" >/dev/null || fail "the content holds relative links"
}
