"""Part "hold": how many posts a small container holds."""

import math
import os
import random
import re

import child
import container
import editing

CONTAINER = 256 * 2**20  # bytes
SHARE = 90  # percent of the container's memory that the service tells its runtime of

# Posts, and the peak in bytes that they are held to.
PLAN = {10_000: 90e6, 100_000: CONTAINER}
SHORT = {10_000: 130e6}


def archives(server):
    """How many archives of the main feed there are: the feed names the newest."""
    found = re.search(rb'rel="prev-archive"[^>]*href="[^"]*/archive/(\d+)/', server.get("/rss.xml").body)
    found = found or re.search(rb'href="[^"]*/archive/(\d+)/[^>]*rel="prev-archive"', server.get("/rss.xml").body)
    if not found:
        raise child.Failure("the feed names no archive")
    return int(found[1])


def wanted(server, path):
    answer = server.get(path, Accept_Encoding="gzip")
    if answer.status != 200:
        raise child.Failure(f"{path} is answered with {answer.status}")


def ask(server, dice, count):
    """Asks for random archives, for the pages of random posts of theirs, and now and then for the feed of a random tag."""
    last = archives(server)
    for turn in range(count // 2):
        at = f"/archive/{dice.randrange(1, last + 1)}/rss.xml"
        wanted(server, at)
        pages = re.findall(rb"<link>https://example\.org(/[^<]+/)</link>", server.get(at).body)
        wanted(server, dice.choice(pages).decode())
        if turn % 5 == 0:
            wanted(server, f"/tags/tag-{dice.randrange(200)}/atom.xml")


def change(server, dice, folder, count):
    """Edits random posts, one after the other."""
    names = sorted(folder.glob("*.md"))
    for turn in range(count):
        path, before = dice.choice(names), editing.edition(server)
        beside = path.with_name(path.name + ".tmp")
        beside.write_text(path.read_text() + f"\nheld-{turn}\n")
        os.replace(beside, path)
        child.until(60, lambda: editing.edition(server) > before, f"an edit of {path.name} is published")


def first(bench, folder, limit):
    """Seconds of processor time until the first feed."""
    with bench.broadsheet(folder, *limit) as server:
        return server.processor()


def measure(bench, count, asked, edits):
    """The peak of memory, the processor time of the first feed with the container's limit and without one, and whether
    there was a container. A service that is killed for want of memory has no end of both."""
    folder, dice = bench.posts(count), random.Random(7)
    bench.progress(f"hold: {count:,} posts")
    free = first(bench, folder, [])
    with container.limited(CONTAINER) as box:
        limit = box.prefix() if box else ["env", f"GOMEMLIMIT={CONTAINER // 100 * SHARE}"]
        try:
            peak, bound = live(bench, folder, limit, dice, asked, edits)
        except (child.Failure, OSError):
            if not (box and box.killed()):
                raise
            peak, bound = math.inf, math.inf  # the target is missed
        return peak, bound, free, box is not None


def live(bench, folder, limit, dice, asked, edits):
    """The peak of memory in bytes, and the processor time of the first feed, of a service that is asked and edited."""
    with bench.broadsheet(folder, *limit) as server:
        bound = server.processor()
        child.until(60, lambda: editing.edition(server), "the first edition is told of")
        ask(server, dice, asked)
        change(server, dice, folder, edits)
        ask(server, dice, asked // 10)
        return server.memory("VmHWM"), bound


def run(bench, report):
    asked, edits = (40, 3) if bench.short else (1000, 100)
    rows, judged = [], []
    for count, most in (SHORT if bench.short else PLAN).items():
        peak, bound, free, contained = measure(bench, count, asked, edits)
        rows.append([f"{count:,}", f"{peak / 1e6:.0f}", f"{bound:.1f}", f"{free:.1f}"])
        judged.append((f"{count:,}: peak", peak / 1e6, "<=", most / 1e6, "MB"))
        judged.append((f"{count:,}: processor until the first feed, to that without a limit", bound / free, "<=", 1.5))
    where = "in a memory control group" if contained else f"""as in a container: its runtime is told of {SHARE} % of
that (`GOMEMLIMIT`), as the service tells it where a control group sets a limit"""
    report.section("Holding", f"""The service runs with 256 MiB, {where}. It starts, {asked:,} archives and
posts are asked for at random, compressed, and feeds of tags between them; {edits} random posts are edited one after the other,
and then all is asked for again. Memory is the peak (`VmHWM`) of all that. The processor time is that until the first feed,
with that limit and without. "inf" is a service that was killed for want of memory.""")
    report.table("posts", "peak, MB", "processor with the limit, s", "without, s", rows=rows)
    report.targets(*judged)
