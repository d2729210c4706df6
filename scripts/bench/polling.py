"""Part "bytes": what a poll takes on the wire."""

import child
import posts

COUNT = 100


def codings(server):
    """Bytes of the whole feed in each coding, None where the service does not offer it."""
    for coding in ("identity", "gzip", "br", "zstd"):
        answer = server.get("/rss.xml", Accept_Encoding=coding)
        if answer.status != 200:
            raise child.Failure(f"{coding}: {answer.status}")
        offered = answer.fields.get("content-encoding", "identity") == coding
        yield f"whole feed, {coding}", answer.size if offered else None


def unchanged(server):
    tag = server.get("/rss.xml", Accept_Encoding="gzip").fields["etag"]
    answer = server.get("/rss.xml", Accept_Encoding="gzip", If_None_Match=tag)
    if answer.status != 304:
        raise child.Failure(f"a poll with the current tag: {answer.status}")
    yield "unchanged (304)", answer.size


def news(server, folder):
    """Bytes that bring one new entry to a client that has the others."""
    tags = {coding: server.get("/rss.xml", Accept_Encoding=coding).fields["etag"] for coding in ("identity", "gzip")}
    (folder / posts.name(COUNT)).write_text(posts.post(COUNT, COUNT, 800))
    child.until(30, lambda: b"Post %d:" % COUNT in server.get("/rss.xml").body, "the new post is in the feed")
    for coding, tag in tags.items():
        answer = server.get("/rss.xml", Accept_Encoding=coding, A_IM="feed", If_None_Match=tag)
        if answer.status not in (200, 226):
            raise child.Failure(f"a poll with A-IM: {answer.status}")
        yield f"one new entry (226), {coding}", answer.size if answer.status == 226 else None


def run(bench, report):
    bench.progress("bytes")
    folder = bench.posts(COUNT)
    with bench.broadsheet(folder) as server:
        sizes = dict([*codings(server), *unchanged(server), *news(server, folder)])
    whole = sizes["whole feed, identity"]
    report.section("Bytes for a poll", """The answer to one poll of a feed of 20 full posts of 800 words, its header included. The words are generated; prose compresses
about as well. "One new entry" is asked for with `A-IM: feed` and the tag of before (RFC 3229).""")
    report.table("answer", "bytes", "of the whole", rows=[
        [what, f"{size:,}", f"{size / whole:.1%}"] if size else [what, "not offered", ""] for what, size in sizes.items()])
