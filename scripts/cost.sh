#!/usr/bin/env bash
# Measures what `broadsheet build` of many generated posts takes, all slices and
# archives included. Argument: how many posts, 10000 by default. Prints the wall
# time, the processor time and the peak of memory, and beside them the time to
# copy the tree that was written, which is the least that writing it can take.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

install_packages python3=python3
posts=${1:-10000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/broadsheet" ./cmd/broadsheet
python3 - "$work" "$posts" <<'PYTHON'
import pathlib, random, sys

root, count = pathlib.Path(sys.argv[1]) / "posts", int(sys.argv[2])
root.mkdir()
dice = random.Random(1)
words = "feeds carry words from those who write to those who read without anybody between them and in their own time".split()
for n in range(count):
    body = "\n\n".join(" ".join(dice.choices(words, k=60)).capitalize() + f". A [link](https://example.com/{n}), **bold** and `code`." for _ in range(12))
    tags = ", ".join(f"tag {dice.randrange(200)}" for _ in range(3))
    (root / f"post-{n}.md").write_text(f"""---
title: "Post {n}: {' '.join(dice.choices(words, k=5))}"
date: {2000 + n * 25 // count}-{n % 12 + 1:02}-{n % 28 + 1:02}T{n % 24:02}:00:00Z
author: Author {n % 20}
categories: [Category {n % 10}]
tags: [{tags}]
---
{body}
""")
PYTHON
python3 - "$work" <<'PYTHON'
import resource, shutil, subprocess, sys, time

work = sys.argv[1]
began = time.monotonic()
done = subprocess.run([work + "/broadsheet", "build", work + "/posts", "--url", "https://example.org", "--out", work + "/out"], check=True, capture_output=True, text=True)
took = time.monotonic() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
began = time.monotonic()
shutil.copytree(work + "/out", work + "/copy")
copied = time.monotonic() - began
size = int(subprocess.run(["du", "-sm", work + "/out"], check=True, capture_output=True, text=True).stdout.split()[0])
print(done.stdout.strip().replace(work + "/", ""))
print(f"{took:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of processor, {used.ru_maxrss / 1024:.0f} MiB at most, {size} MB written; copying that takes {copied:.1f} s ({took / copied:.1f} x)")
PYTHON
