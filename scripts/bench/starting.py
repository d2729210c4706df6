"""Part "start": from starting the service to its first answer."""

import shutil
import statistics
import subprocess
import time

import child
from report import spread

# Without templates for pages, only the feed is written.
HUGO = """
baseURL = "https://example.org/"
title = "Example"
disableKinds = ["section", "taxonomy", "term", "404", "sitemap", "robotsTXT"]
[outputs]
home = ["RSS"]
[services.rss]
limit = 20
"""


def timed(command):
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise child.Failure(f"{command}: {done.stdout}{done.stderr}")
    return time.monotonic() - began


def serving(bench, folder):
    """Seconds to the first 200, and the peak of memory until then."""
    began = time.monotonic()
    with bench.broadsheet(folder) as server:
        return time.monotonic() - began, server.memory("VmHWM")


def hugo(bench, folder):
    """A command that builds the main RSS feed of the folder, and nothing else."""
    site = bench.work / "hugo"
    site.mkdir()
    (site / "hugo.toml").write_text(HUGO)
    out = site / "public"
    command = ["hugo", "--quiet", "--source", site, "--contentDir", folder, "--destination", out]
    timed(command)
    written = sorted(str(f.relative_to(out)) for f in out.rglob("*") if f.is_file())
    items = (out / "index.xml").read_text().count("<item>")
    if written != ["index.xml"] or items != 20:
        raise child.Failure(f"hugo wrote {written[:5]}, the feed with {items} items, not one feed of 20")
    shutil.rmtree(out)
    return command


def measure(bench, count, rounds, with_hugo):
    """Lists of seconds: reading, serving, Hugo (or empty); the peaks of memory; the bytes of the posts."""
    bench.progress(f"start: making {count:,} posts")
    folder = bench.posts(count)
    size = sum(f.stat().st_size for f in folder.iterdir())
    read = [bench.work / "read", folder]
    timed(read)  # from here on the files are in memory
    build = hugo(bench, folder) if with_hugo else None
    reading, ours, theirs, peaks = [], [], [], []
    for turn in range(rounds):
        bench.progress(f"start: {count:,} posts, round {turn + 1} of {rounds}")
        reading.append(timed(read))
        seconds, peak = serving(bench, folder)
        ours.append(seconds)
        peaks.append(peak)
        if build:
            theirs.append(timed(build))
    return reading, ours, theirs, peaks, size


def run(bench, report):
    plan = {10_000: 2} if bench.short else {1_000: 9, 10_000: 7, 100_000: 5}
    report.section("Starting", """From executing `broadsheet serve` over posts of 800 words with YAML front matter to its first 200 for `/rss.xml`. "Reading" is
a Go program that reads the same files with two goroutines and forgets them; the files are in the page cache. Hugo builds
the main RSS feed of the same posts and nothing else. Memory is the peak (`VmHWM`) until the first answer.""")
    rows, judged, each = [], [], {}
    for count, rounds in plan.items():
        reading, ours, theirs, peaks, size = measure(bench, count, rounds, with_hugo=count == 10_000)
        median, peak = statistics.median(ours), statistics.median(peaks)
        each[count] = median / count * 1e6
        rows.append([f"{count:,}", spread(reading, "{:.3f}"), spread(ours, "{:.3f}"), spread(theirs, "{:.2f}") if theirs else "",
                     f"{each[count]:.0f}", f"{size / 1e6:.0f}", f"{peak / 1e6:.0f}"])
        if count > 1_000:
            judged.append((f"{count:,}: time, to reading", median / statistics.median(reading), "<=", 4))
        if theirs:
            judged.append((f"{count:,}: times faster than Hugo", statistics.median(theirs) / median, ">=", 8))
        judged.append((f"{count:,}: peak, to the posts' bytes × 2.5 + 40 MB", peak / (2.5 * size + 40e6), "<=", 1))
    if len(each) > 1:
        judged.append(("time a post, 100,000 to 1,000", each[100_000] / each[1_000], "<=", 1))
    report.table("posts", "reading, s", "broadsheet, s", "Hugo, s", "µs a post", "posts, MB", "peak, MB", rows=rows)
    report.targets(*judged)
