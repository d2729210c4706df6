#!/usr/bin/env bash
# Builds the Dockerfile and runs the image for real, hardened as deploy/ does,
# without a registry and without a daemon: stand-in bases are made from what
# this machine has.
#
#   scripts/container.sh            build, run, check
#   scripts/container.sh selftest   besides, break it on purpose: the checks must notice
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

[ "$(id -u)" -eq 0 ] || exec sudo --preserve-env=PATH,GOMODCACHE,GOPROXY "$0" "$@"
install_packages podman=podman runc=runc conmon=conmon busybox=busybox-static jq=jq xmllint=libxml2-utils curl=curl

work=$(mktemp -d)
P=(podman --root "$work/store" --runroot "$work/run" --tmpdir "$work/tmp" --storage-driver overlay
  --cgroup-manager cgroupfs --runtime runc)
container=broadsheet-$$
remove_containers() {
  "${P[@]}" rm -f -t 0 "$container" >/dev/null 2>&1 || true
  "${P[@]}" rm -f -t 0 "$container-copy" >/dev/null 2>&1 || true
}
cleanup() {
  remove_containers
  umount "$work"/store/overlay/*/merged "$work"/store/overlay 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

# bases makes the two images that the Dockerfile starts from.
bases() {
  local applet go=$work/base-go static=$work/base-static
  mkdir -p "$go/bin" "$go/tmp" "$go/root" "$go/etc/ssl/certs" "$static/etc/ssl/certs" "$static/usr/share" "$static/home/nonroot" "$static/tmp"
  chmod 1777 "$go/tmp" "$static/tmp"
  cp "$(command -v busybox)" "$go/bin/busybox"
  for applet in sh ls mkdir cp mv rm cat env test true; do ln -s busybox "$go/bin/$applet"; done
  if [ -e /etc/ssl/certs/ca-certificates.crt ]; then
    cp /etc/ssl/certs/ca-certificates.crt "$go/etc/ssl/certs/"
    cp /etc/ssl/certs/ca-certificates.crt "$static/etc/ssl/certs/"
  fi
  [ ! -d /usr/share/zoneinfo ] || cp -r /usr/share/zoneinfo "$static/usr/share/"
  printf 'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n' >"$static/etc/passwd"
  printf 'root:x:0:\nnonroot:x:65532:\n' >"$static/etc/group"
  printf 'FROM scratch\nCOPY . /\nENV PATH=/usr/local/go/bin:/bin GOPATH=/go GOTOOLCHAIN=local GOPROXY=file:///modproxy GONOSUMDB=* GONOSUMCHECK=1 GOFLAGS=-mod=mod HOME=/root\n' >"$work/go.df"
  printf 'FROM scratch\nCOPY . /\nUSER 65532\n' >"$work/static.df"
  "${P[@]}" build -q --isolation chroot -t localhost/base-go -f "$work/go.df" "$go" >/dev/null
  "${P[@]}" build -q --isolation chroot -t localhost/base-static -f "$work/static.df" "$static" >/dev/null
}

# build SOURCE builds the Dockerfile of a source tree.
build() {
  "${P[@]}" build --pull=never --isolation chroot --format docker --platform "linux/$(go env GOARCH)" \
    --build-arg GO_IMAGE=localhost/base-go --build-arg RUNTIME_IMAGE=localhost/base-static --build-arg VERSION=ci \
    -v "$(go env GOROOT):/usr/local/go:ro" -v "$(go env GOMODCACHE)/cache/download:/modproxy:ro" \
    -t localhost/broadsheet:ci "$1" >"$work/build.log" 2>&1 || { tail -20 "$work/build.log" >&2; return 1; }
}

# prove runs the image and checks everything that is promised of it. It is
# called in a subshell, so that the self-test can see it fail.
prove() {
  local port admin base posts=$work/posts code pid
  port=$(free_port) admin=$(free_port)
  base=http://127.0.0.1:$port
  rm -rf "$posts"
  cp -r posts "$posts"
  chmod -R a+rX "$posts"

  code=$("${P[@]}" inspect --type image --format '{{.Config.User}}' localhost/broadsheet:ci)
  [ "$code" = 65532:65532 ] || fail "the image runs as user '$code', expected 65532:65532"
  "${P[@]}" inspect --type image --format '{{index .Config.Labels "org.opencontainers.image.version"}}' localhost/broadsheet:ci | grep -qx ci || fail "the version label is missing"

  "${P[@]}" create --name "$container-copy" localhost/broadsheet:ci >/dev/null
  "${P[@]}" cp "$container-copy:/usr/local/bin/broadsheet" "$work/from-image" || fail "the binary is not in the image"
  "${P[@]}" cp "$container-copy:/posts/." "$work/posts-from-image" || fail "the sample posts are not in the image"
  "${P[@]}" rm "$container-copy" >/dev/null
  cmp "$work/from-image" "$work/host-binary" || fail "the binary differs from a host build"

  "${P[@]}" run -d --name "$container" --network host --read-only --cap-drop ALL --security-opt no-new-privileges \
    --ulimit nofile=4096:4096 --ulimit nproc=4096:4096 --health-interval=disable -v "$posts:/posts:ro" \
    --tmpfs /var/lib/broadsheet:rw,mode=1777 \
    -e BROADSHEET_LISTEN="127.0.0.1:$port" -e BROADSHEET_ADMIN_LISTEN="127.0.0.1:$admin" -e BROADSHEET_URL=https://example.org \
    localhost/broadsheet:ci >/dev/null 2>"$work/run.log" || { cat "$work/run.log" >&2; fail "the container does not start"; }
  until_true answers "$base/rss.xml" '<rss' || { "${P[@]}" logs "$container" >&2; fail "the feeds do not answer"; }
  check_feeds "$base" "$work"
  pass "runs as 65532 on a read-only root without capabilities; feeds are well-formed"

  printf -- '---\ntitle: From the host\ndate: 2026-11-20\n---\nText.\n' >"$posts/host.md"
  chmod a+r "$posts/host.md"
  until_true answers "$base/feed.json" 'From the host' || fail "an edit on the host does not appear"
  pass "an edit on the host appears through the mount"

  "${P[@]}" healthcheck run "$container" >/dev/null || fail "the health check fails"
  pass "the health check passes"

  # What the kernel enforces, not what the image or the command line asked for.
  pid=$("${P[@]}" inspect --format '{{.State.Pid}}' "$container")
  awk '$1 == "Uid:" { for (i = 2; i <= 5; i++) if ($i != 65532) exit 1 }' "/proc/$pid/status" || fail "the process does not run as 65532"
  grep -qE '^CapEff:[[:space:]]*0+$' "/proc/$pid/status" || fail "the process has capabilities"
  grep -qE '^NoNewPrivs:[[:space:]]*1$' "/proc/$pid/status" || fail "the process may gain privileges"
  # As root, who owns the folder: the mount must refuse it, not its permissions.
  "${P[@]}" exec --user 0:0 "$container" /usr/local/bin/broadsheet man --dir /usr/local/bin >"$work/write.log" 2>&1 || true
  grep -qi 'read-only file system' "$work/write.log" || { cat "$work/write.log" >&2; fail "the root file system can be written to"; }
  [ -s "$work/host-binary" ] && "${P[@]}" exec "$container" /usr/local/bin/broadsheet version | grep -q '^broadsheet ci ' || fail "the binary does not say its version"
  pass "a write into the root is refused"

  "${P[@]}" stop -t $hang "$container" >/dev/null 2>"$work/stop.log" || { cat "$work/stop.log" >&2; fail "the container does not stop"; }
  code=$("${P[@]}" inspect --format '{{.State.ExitCode}}' "$container")
  [ "$code" = 0 ] || fail "SIGTERM ended the container with $code"
  pass "SIGTERM ends it with 0"
  pass "image size: $("${P[@]}" inspect --type image --format '{{.Size}}' localhost/broadsheet:ci) bytes"
}

host_binary() {
  CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=ci" -o "$work/host-binary" ./cmd/broadsheet
}

# expect_red NAME SED-EXPRESSION FILE MESSAGE breaks a copy of the tree and
# expects the checks to say so.
expect_red() {
  local name=$1 expression=$2 file=$3 message=$4 tree=$work/broken
  rm -rf "$tree"
  mkdir "$tree"
  cp -r cmd internal posts go.mod go.sum Dockerfile .dockerignore "$tree"
  sed -i "$expression" "$tree/$file"
  if cmp -s "$file" "$tree/$file"; then fail "self-test: $name: nothing was broken"; fi
  if (cd "$tree" && build . && host_binary && prove) >"$work/red.log" 2>&1; then
    fail "self-test: $name went unnoticed"
  fi
  remove_containers
  grep -q "^FAIL: $message" "$work/red.log" || { cat "$work/red.log" >&2; fail "self-test: $name was not what failed"; }
  pass "self-test: $name turns it red"
}

go mod download
bases
build . || fail "the image does not build"
host_binary
(prove)
remove_containers
if [ "${1:-}" = selftest ]; then
  expect_red "another user" 's/^USER 65532:65532/USER 0:0/' Dockerfile "the image runs as user '0:0'"
  expect_red "a missing COPY" '/^COPY --from=build \/out\/broadsheet/d' Dockerfile "the binary is not in the image"
  expect_red "a crash at SIGTERM" 's/^\tos.Exit(run(ctx, os.Args\[1:\], os.Stdout, os.Stderr))/\tcode := run(ctx, os.Args[1:], os.Stdout, os.Stderr)\n\tif ctx.Err() != nil {\n\t\tpanic("stop")\n\t}\n\tos.Exit(code)/' \
    cmd/broadsheet/main.go "SIGTERM ended the container with 2"
fi
