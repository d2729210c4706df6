"""Follows the archives of the feeds below a folder, as RFC 5005 (prev-archive)
and JSON Feed (next_url) have it. Arguments: the folder, the same blog with one
more post, and the number of entries in a full archive. Fails unless every feed,
so followed, holds every entry that its archives and it have exactly once, in all
three formats alike, newest first, and unless the new post leaves every full
archive as it was."""

import json
import pathlib
import sys
import xml.etree.ElementTree as xml

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://example.org/"


def page(path):
    """The ids of a document, and the one with the next older entries."""
    if path.suffix == ".json":
        feed = json.loads(path.read_text())
        return [i["id"] for i in feed["items"]], feed.get("next_url")
    root = xml.parse(path).getroot()
    previous = [link.get("href") for link in root.iter(ATOM + "link") if link.get("rel") == "prev-archive"]
    ids = [e.text for e in root.iter("guid")] + [e.findtext(ATOM + "id") for e in root.iter(ATOM + "entry")]
    return ids, previous[0] if previous else None


def local(root, url):
    import urllib.parse

    assert url.startswith(BASE), url
    return root / urllib.parse.unquote(url[len(BASE) :])


def follow(root, path):
    ids, seen = [], set()
    while path:
        assert path not in seen, f"{path} comes round again"
        seen.add(path)
        more, older = page(path)
        ids += more
        path = local(root, older) if older else None
    return ids, len(seen)


NAMES = ("feed.json", "rss.xml", "atom.xml")


def main():
    before, after, full = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
    feeds = [p for p in before.rglob("feed.json") if "archive" not in p.relative_to(before).parts]
    everything, pages = follow(before, before / "feed.json")
    for feed in feeds:
        chains = {name: follow(before, feed.with_name(name))[0] for name in NAMES}
        ids = chains["feed.json"]
        assert len(ids) == len(set(ids)), f"{feed}: an entry comes twice"
        assert ids == chains["rss.xml"], f"{feed}: the formats differ"
        assert len(ids) == len(chains["atom.xml"]), f"{feed}: the formats differ"  # where an id is no IRI, Atom has another
        assert set(ids) <= set(everything), f"{feed}: holds what the main feed does not"
    frozen = 0
    for archive in (p for p in before.rglob("*") if p.name in NAMES and "archive" in p.relative_to(before).parts):
        if len(page(archive)[0]) < full:
            continue
        frozen += 1
        assert archive.read_bytes() == (after / archive.relative_to(before)).read_bytes(), f"{archive} changed"
    new = set(follow(after, after / "feed.json")[0]) - set(everything)
    assert len(new) == 1, f"the new post is not there: {new}"
    print(f"{before.name:<16} {len(everything):>6} {len(feeds):>6} {pages:>6} {frozen:>6}")


main()
