"""Part "edit": what a change of one post costs the running service."""

import os
import statistics
import time

import child
import posts
from report import spread

LIMITS = {10_000: 30, 100_000: 200}  # ms of processor


def edition(server):
    """The number of the last edition that the log tells of; reading the log costs the service nothing."""
    return server.log.read_bytes().count(b'"msg":"edition published"')


def quiet(server):
    """Waits until an edit has no more consequences: the service looks twice at files that changed just now."""
    used, since = server.processor(), time.monotonic()

    def idle():
        nonlocal used, since
        if (now := server.processor()) > used + 0.002:
            used, since = now, time.monotonic()
        return time.monotonic() > since + 2.5

    child.until(120, idle, "the service is idle")


def edit(server, path, mark):
    """Seconds until an edit is published, and of processor time until all is quiet. Editors write beside the file, and rename."""
    quiet(server)
    before, used, began = edition(server), server.processor(), time.monotonic()
    beside = path.with_name(path.name + ".tmp")
    beside.write_text(path.read_text() + f"\n{mark}\n")
    os.replace(beside, path)
    child.until(60, lambda: edition(server) > before, f"an edit of {path.name} is published")
    seconds = time.monotonic() - began
    quiet(server)
    return seconds, server.processor() - used


def shown(server, path, mark):
    answer = server.get(path)
    if answer.status != 200 or mark.encode() not in answer.body:
        raise child.Failure(f"{path} ({answer.status}) does not show the edit {mark}")


def measure(bench, count, rounds):
    """Measurements of edits: of the newest post, and of the oldest."""
    folder = bench.posts(count)
    newest, oldest = folder / posts.name(count - 1), folder / posts.name(0)
    with bench.broadsheet(folder) as server:
        bench.progress(f"edit: {count:,} posts")
        child.until(60, lambda: edition(server), "the first edition is told of")
        recent, old = [], []
        for turn in range(rounds):
            recent.append(edit(server, newest, f"edited-{turn}"))
            shown(server, "/rss.xml", f"edited-{turn}")
            old.append(edit(server, oldest, f"edited-{turn}"))
        # Only now, since a document that was asked for is made anew with each edition.
        shown(server, "/archive/1/rss.xml", f"edited-{rounds - 1}")
    return {"in the feed": recent, "the oldest": old}


def run(bench, report):
    report.section("Editing", """One post is changed by renaming a file over it while the service runs. The time goes from before the write to the moment
that the new edition is served, and holds the pause in which the service waits for more changes. The processor time is that
of all threads of the service until it is idle again: it looks twice at a file that changed just now.""")
    rows, judged = [], []
    for count in (10_000,) if bench.short else LIMITS:
        for what, measured in measure(bench, count, rounds=2 if bench.short else 7).items():
            latency = [seconds * 1000 for seconds, _ in measured]
            used = [processor * 1000 for _, processor in measured]
            rows.append([f"{count:,}", what, spread(latency, "{:.0f}"), spread(used, "{:.1f}")])
            judged.append((f"{count:,}, {what}: processor", statistics.median(used), "<=", LIMITS[count], "ms"))
    report.table("posts", "edited", "shown after, ms", "processor, ms", rows=rows)
    report.targets(*judged)
