#!/usr/bin/env bash
# Runs the product on a copy of the sample posts and has real clients poll it:
# newsboat, rss2email, feedparser, curl and a browser, and nginx, Apache and Caddy
# as proxies before it. All of it stays on the loopback address. See docs/judges.md.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

PATH=$PATH:/usr/sbin
install_packages nginx=nginx apache2=apache2-bin caddy=caddy newsboat=newsboat sqlite3=sqlite3 r2e=rss2email \
  chromium=chromium jq=jq curl=curl
# Debian's own Python: another one would not find Debian's packages.
python=/usr/bin/python3
$python -c 'import feedparser' 2>/dev/null || install_packages no-such-command=python3-feedparser

work=$(mktemp -d)
pids=() service='' nginx='' apache='' caddy=''
cleanup() {
  local code=$?
  [ $code -eq 0 ] || tail -n 5 "$work"/*.err "$work/nginx/asked" >&2 || true
  [ -z "$service" ] || kill "$service" 2>/dev/null || true
  [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap cleanup EXIT

go build -o "$work/broadsheet" ./cmd/broadsheet
# From here on, since Go keeps its modules at home; rss2email locks a file.
mkdir "$work/home"
export XDG_RUNTIME_DIR=$work/home HOME=$work/home XDG_CONFIG_HOME=$work/home XDG_DATA_HOME=$work/home XDG_CACHE_HOME=$work/home
cp -r posts "$work/posts"
# The one thing that the service leaves to proxies to compress.
printf '<svg xmlns="http://www.w3.org/2000/svg">%2000s</svg>\n' '' >"$work/posts/assets/picture.svg"
# A date that lies in the present second proves nothing yet: the files are older.
find "$work/posts" -exec touch -d "1 hour ago" {} +
port=$(free_port) admin=$(free_port)
base=http://127.0.0.1:$port

# start [FLAG...] starts the service, stop ends it.
start() {
  "$work/broadsheet" serve "$work/posts" --listen "127.0.0.1:$port" --admin-listen "127.0.0.1:$admin" \
    --url https://example.org "$@" 2>>"$work/service.err" &
  service=$!
  until_true answers "$base/rss.xml" '<rss' || fail "the service does not answer"
}

stop() {
  kill "$service"
  wait "$service" || fail "the service ended with $?"
  service=
}

# proxy NAME FILE COMMAND... starts a proxy on a port of its own, which it puts
# into the variable NAME; the command runs in a folder of its own.
proxy() {
  local -n its_port=$1
  local name=$1 file=$2
  shift 2
  its_port=$(free_port)
  mkdir -p "$work/$name"
  sed "s|@PORT@|$its_port|; s|@SERVICE@|$port|; s|@USER@|$(id -un)|; s|@GROUP@|$(id -gn)|
    s|@MODULES@|/usr/lib/apache2/modules|" "scripts/clients/$file" >"$work/$name/$file"
  (cd "$work/$name" && exec "$@") >"$work/$name.err" 2>&1 &
  pids+=($!)
  until_true curl -sS "http://127.0.0.1:$its_port/" || fail "$name does not answer"
}

# ask URL [CURL-OPTION...] prints the status of an answer and keeps the rest of
# it, for header NAME and in the file body.
ask() {
  local url=$1
  shift
  rm -f "$work/body" # curl leaves it as it is at a 304
  curl -sS --max-time $hang -D "$work/head" -o "$work/body" -w '%{http_code}' "$@" "$url"
}
header() { tr -d '\r' <"$work/head" | sed -n "s/^$1: //Ip"; }

# expect STATUS WHAT URL [CURL-OPTION...] fails unless that is the answer.
expect() {
  local want=$1 what=$2 got
  shift 2
  got=$(ask "$@")
  [ "$got" = "$want" ] || fail "$what: $got, expected $want"
}
modified() { date -d "$(header Last-Modified)" +%s; }
entries() { grep -o '<item>' "$work/body" | wc -l; }

# publish TITLE [LINE] adds a post, with a line of front matter, and waits until
# the service shows it.
publish() {
  printf -- '---\ntitle: %s\ndate: %s\n%s\n---\nText.\n' "$1" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "${2:-}" >"$work/post"
  mv "$work/post" "$work/posts/${1// /-}.md"
  until_true answers "$base/feed.json" "$1" || fail "the post '$1' does not appear"
}

# polls_twice NAME URL [CURL-OPTION...] has a client get a feed whole, and then
# asks again by either validator.
polls_twice() {
  local what=$1 url=$2 etag date validator
  shift 2
  expect 200 "$what" "$url" "$@"
  cmp -s "$work/body" "$work/whole" || fail "$what: other bytes than the service's"
  etag=$(header ETag) date=$(header Last-Modified)
  for validator in "If-None-Match: $etag" "If-Modified-Since: $date"; do
    expect 304 "$what, $validator" "$url" -H "$validator" "$@"
    [ ! -s "$work/body" ] || fail "$what: a 304 with a body"
    [ "$(header ETag)" = "$etag" ] && [ "$(header Last-Modified)" = "$date" ] || fail "$what: a 304 without its validators"
  done
}

# through NAME BASE polls all feeds through a proxy, as several kinds of client.
through() {
  local name=$1 proxied=$2 feed codings
  expect 200 "a picture through $name" "$proxied/assets/picture.svg" -H 'Accept-Encoding: gzip'
  [ "$(header Content-Encoding)" = gzip ] || fail "$name does not compress anything"
  for feed in rss.xml atom.xml feed.json; do
    curl -fsS "$base/$feed" -o "$work/whole"
    polls_twice "$name, $feed, no coding" "$proxied/$feed"
    for codings in gzip 'br, gzip, zstd'; do
      polls_twice "$name, $feed, $codings" "$proxied/$feed" --compressed -H "Accept-Encoding: $codings"
      [ -n "$(header Vary)" ] || fail "$name, $feed, $codings: no Vary"
    done
  done
  pass "through $name: 200 with the same bytes, then 304 by either validator, in any coding"
}

# The clients, each a poll of its own. The feed knows no queries; the log tells by
# them what each was answered.
feed=''
poll_newsboat() {
  echo "$feed?newsboat" >"$work/urls"
  timeout $hang newsboat -u "$work/urls" -c "$work/newsboat.db" -C /dev/null -x reload
}
poll_rss2email() { timeout $hang r2e -c "$work/rss2email.conf" -d "$work/rss2email.json" run; }
poll_feedparser() { timeout $hang $python scripts/clients/poll.py "$feed?feedparser" "$work/validators" >"$work/feedparser"; }
poll_curl_date() { curl -fsS "$feed?curl_date" -R -z "$work/by-date" -o "$work/by-date"; }
poll_curl_etag() { curl -fsS "$feed?curl_etag" --etag-save "$work/etag" --etag-compare "$work/etag" -o "$work/by-etag"; }
clients=(newsboat rss2email feedparser curl_date curl_etag)

# statuses CLIENT prints all that it was answered.
statuses() { sed -n "s|^\(...\) $1$|\1|p" "$work/nginx/asked" | tr '\n' ' '; }
# shellcheck disable=SC2053 # a pattern
was_answered() { [[ "$(statuses "$1")" = $2' ' ]]; }

# all_poll STATUSES has every client poll once more. The statuses are those of all
# polls so far; "new" is a 226 to those who ask for that and can read it.
all_poll() {
  local client want
  for client in "${clients[@]}"; do
    "poll_$client" >>"$work/clients.err" 2>&1 || fail "$client fails"
    want=${1//new/200}
    # rss2email asks for a 226, since feedparser does, and takes it for an error:
    # it would never see another post.
    [[ $client = curl* || $client = rss2email ]] || want=${1//new/226}
    [ "$client" != newsboat ] || want="[23]0[04]${want#200}"
    until_true was_answered "$client" "$want" || fail "$client was answered $(statuses "$client"), expected $want"
  done
}

newsboat_has() { [ "$(sqlite3 "$work/newsboat.db" "select count(*) from rss_item where title = '$1'")" = "$2" ]; }
mails() { grep -rhi '^Subject: ' "$work/mail/INBOX" | grep -c "${1:-}"; }

readers() {
  local count
  feed=http://127.0.0.1:$nginx/log/rss.xml
  sed "s|@WORK@|$work|" scripts/clients/rss2email.conf >"$work/rss2email.conf"
  mkdir -p "$work"/mail/INBOX/{cur,new,tmp}
  r2e -c "$work/rss2email.conf" -d "$work/rss2email.json" add feed "$feed?rss2email" 2>>"$work/clients.err"
  # Debian's newsboat forgets the validators of its first load: that is not counted.
  poll_newsboat
  until_true was_answered newsboat 200 || fail "newsboat was answered $(statuses newsboat), expected 200"
  : >"$work/nginx/asked"
  all_poll '200'
  expect 200 "the feed" "$base/rss.xml"
  count=$(entries)
  [ "$(mails)" -eq "$count" ] || fail "rss2email sent $(mails) mails for $count entries"
  all_poll '200 304'
  cmp -s "$work/by-date" "$work/body" && cmp -s "$work/by-etag" "$work/body" || fail "curl's copy is not the feed"

  publish 'Real clients'
  all_poll '200 304 new'
  newsboat_has 'Real clients' 1 || fail "newsboat does not show the new post"
  [ "$(mails 'Real clients')" -eq 1 ] && [ "$(mails)" -eq $((count + 1)) ] || fail "rss2email did not mail the new post just once"
  grep -qx 'Real clients' "$work/feedparser" || fail "feedparser does not see the new post"
  [ "$(wc -l <"$work/feedparser")" -eq 1 ] || fail "feedparser was sent more than the new post"
  grep -q 'Real clients' "$work/by-date" && grep -q 'Real clients' "$work/by-etag" || fail "curl's copy lacks the new post"
  all_poll '200 304 new 304'
  [ "$(mails)" -eq $((count + 1)) ] || fail "rss2email mailed something twice"
  pass "${clients[*]}: 200, 304, the new post once, 304"
}

# Some readers drop an answer whose date did not move. Of four posts, some fall
# into the same second, and no date may be in the future: the reader polls once a
# second at the most.
newsboat_sees() { poll_newsboat && newsboat_has "$1" 1; }
quick_posts() {
  local title before
  expect 200 "the feed" "$base/rss.xml"
  for title in 'First of four' 'Second of four' 'Third of four' 'Last of four'; do
    before=$(modified)
    publish "$title"
    sleep 1
    newsboat_sees "$title" || fail "newsboat misses '$title', published in quick succession"
    expect 200 "the feed" "$base/rss.xml"
    [ "$(modified)" -ge "$before" ] || fail "Last-Modified went back with '$title'"
  done
  pass "newsboat shows each of four posts published in quick succession"
}

# cached TEXT GET through the cache, which must be whole.
cached() {
  expect 200 "a GET through the cache" "$1" -H 'Accept-Encoding:'
  [ "$(header X-Cache)" = "$2" ] || fail "the cache says $(header X-Cache), expected $2"
  [ "$(entries)" -eq "$whole" ] || fail "the cache hands out $(entries) entries, expected $whole"
}

caches() {
  local old cache whole
  expect 200 "the feed" "$base/rss.xml"
  old=$(header ETag)
  publish 'For the cache'
  expect 200 "the feed" "$base/rss.xml"
  whole=$(entries)
  cache=http://127.0.0.1:$nginx/cache/rss.xml
  expect 200 "A-IM through the cache" "$cache" -H 'A-IM: feed' -H "If-None-Match: $old"
  [ "$(entries)" -eq "$whole" ] || fail "A-IM through the cache: $(entries) entries, expected $whole"
  cached "$cache" HIT
  pass "a cache keeps the whole feed when asked for what is new"

  expect 226 "A-IM with the former tag" "$base/rss.xml" -H 'A-IM: feed' -H "If-None-Match: $old"
  [ "$(header IM)" = feed ] && [ "$(header Delta-Base)" = "$old" ] || fail "a 226 without IM: feed and the tag it builds on"
  [[ "$(header Cache-Control)" = *no-store* ]] || fail "a 226 that may be stored"
  [ "$(entries)" -eq 1 ] && grep -q 'For the cache' "$work/body" || fail "a 226 with $(entries) entries, expected the new one"
  cache=http://127.0.0.1:$nginx/passing/rss.xml
  expect 226 "A-IM through a cache that passes it on" "$cache" -H 'A-IM: feed' -H "If-None-Match: $old"
  cached "$cache" MISS
  cached "$cache" HIT
  pass "226 holds the new post alone, and is not stored"
}

# browser has a page of another origin read the feed.
browser() {
  local page seen root=()
  [ "$(id -u)" -ne 0 ] || root=(--no-sandbox)
  page="http://127.0.0.1:$nginx/page/index.html?$base/rss.xml"
  timeout $hang chromium --headless=new "${root[@]}" --disable-gpu --disable-dev-shm-usage --no-first-run --disable-background-networking \
    --disable-component-update --disable-extensions --host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1' \
    --user-data-dir="$work/chromium" --virtual-time-budget=10000 --dump-dom "$page" >"$work/dom" 2>"$work/chromium.err" || fail "chromium fails"
  expect 200 "the feed" "$base/rss.xml"
  seen=$(header ETag)
  for seen in first=200 "etag=${seen%\"}" "modified=$(header Last-Modified)" "sha256=$(sha256sum <"$work/body" | cut -d ' ' -f 1)" second=304; do
    grep -qF -- "$seen" "$work/dom" || { cat "$work/dom" >&2; fail "a page of another origin does not see $seen"; }
  done
  pass "a page of another origin reads the feed and its validators, and is told 304"
}

# Validators and what may change them.
restarts() {
  local etag date
  expect 200 "the feed" "$base/rss.xml"
  etag=$(header ETag) date=$(header Last-Modified)
  stop
  start --state "$work/state"
  expect 200 "the feed, after a restart" "$base/rss.xml"
  [ "$(header ETag)" = "$etag" ] && [ "$(header Last-Modified)" = "$date" ] || fail "other validators after a restart"
  pass "with --state, a restart keeps ETag and Last-Modified"
  stop
  start
  expect 200 "the feed, without --state" "$base/rss.xml"
  etag=$(header ETag) date=$(modified)
  stop
  start
  expect 200 "the feed, after a restart without --state" "$base/rss.xml"
  [ "$(header ETag)" = "$etag" ] || fail "another ETag after a restart without --state"
  [ "$(modified)" -ge "$date" ] || fail "an older Last-Modified after a restart without --state"
  pass "without --state, a restart keeps the ETag, and Last-Modified does not go back"
  stop
  start --state "$work/state"
}

old_file() {
  local etag date post=$work/posts/2026-11-16-welcome-to-broadsheet.md
  expect 200 "the feed" "$base/rss.xml"
  etag=$(header ETag) date=$(modified)
  { cat "$post" && echo 'Out of an old archive.'; } >"$work/post"
  touch -d '2001-02-03 04:05:06' "$work/post"
  mv "$work/post" "$post"
  until_true answers "$base/feed.json" 'Out of an old archive.' || fail "a change with an old date does not appear"
  expect 200 "the feed" "$base/rss.xml"
  [ "$(header ETag)" != "$etag" ] && [ "$(modified)" -gt "$date" ] || fail "the validators did not follow a change with an old date"
  pass "a change whose file is older than the former moves Last-Modified forward"
}

same_bytes() {
  local etag date what slice=$base/tags/untouched/rss.xml post=$work/posts/Only-handled.md
  publish 'Only handled' 'tags: [untouched]'
  sleep 2 # in the second of a change its date is not over yet
  expect 200 "the tag's feed" "$slice"
  etag=$(header ETag) date=$(header Last-Modified)
  for what in touch rewrite replace chmod; do
    case $what in
      touch) touch -d '+1 hour' "$post" ;;
      rewrite) cp "$post" "$work/post" && cat "$work/post" >"$post" ;;
      replace) cp "$post" "$work/post" && mv "$work/post" "$post" ;;
      chmod) chmod 600 "$post" ;;
    esac
    publish "After $what" # by now the service has looked at the folder
    expect 200 "the tag's feed" "$slice"
    [ "$(header ETag)" = "$etag" ] && [ "$(header Last-Modified)" = "$date" ] || fail "$what changed the validators of a post's feed"
  done
  pass "touch, writing the same bytes and chmod leave ETag and Last-Modified alone"
}

start --state "$work/state"
proxy nginx nginx.conf nginx -p . -c nginx.conf -e /dev/stderr
cp -r scripts/clients/page "$work/nginx/"
proxy apache apache.conf apache2 -d . -f apache.conf -D FOREGROUND
proxy caddy Caddyfile caddy run
through nginx "http://127.0.0.1:$nginx/gzip"
through Apache "http://127.0.0.1:$apache"
through Caddy "http://127.0.0.1:$caddy"
readers
quick_posts
caches
browser
restarts
old_file
same_bytes
stop
