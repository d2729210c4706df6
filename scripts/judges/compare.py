"""Compares what readers made of feeds with what the JSON feed beside each says,
read as plain JSON. Standard input: lines as the readers here print them. Prints a
table of reader x feed: "=" where a field is equal in every entry, the number of
entries in which it is not, "-" where the reader does not give it. Ends with 1 if
anything differs."""

import collections
import datetime
import html
import json
import pathlib
import re
import sys
import uuid

FIELDS = ["entries", "id", "title", "link", "date", "updated", "authors", "terms", "enclosures"]
IRI = re.compile(r'^[A-Za-z][A-Za-z0-9+.-]*:([^\s<>"{}|\\^`%]|%[0-9A-Fa-f]{2})+$')


def moment(value):
    """Seconds since 1970 of whatever form of a date a reader gives."""
    if value is None or isinstance(value, (int, float)):
        return value
    try:
        return datetime.datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp()
    except ValueError:
        return datetime.datetime.strptime(value, "%a, %d %b %Y %H:%M:%S %z").timestamp()


def folded(text):
    return " ".join((text or "").split())


def texts(text):
    """A title as it is, and as what a reader shows that takes it for HTML."""
    return {folded(text), folded(html.unescape(text or "")), folded(html.unescape(re.sub(r"<[^>]*>", "", text or "")))}


def wanted(item, form):
    atom = form == "atom"
    known = item["id"] if not atom or IRI.match(item["id"]) and item["id"].count("#") < 2 else "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_URL, item["id"]))
    files = [a["url"] for a in item.get("attachments", [])]
    return {
        "id": known, "title": item.get("title", ""), "link": item.get("url"), "date": moment(item["date_published"]), "updated": moment(item["date_modified"]),
        "form": form, "authors": [a["name"] for a in item.get("authors", [])], "terms": item.get("tags", []),
        "enclosures": files[:1] if form == "rss" else files,
        "size": item.get("attachments", [{}])[0].get("size_in_bytes"), "duration": item.get("attachments", [{}])[0].get("duration_in_seconds"),
    }


def passed_over(reader, field, want):
    """What a reader is known to get wrong whatever the feed says."""
    match reader, field:
        case "feed-parser", "terms":
            return want["form"] != "json" and not want["terms"]  # it gives an episode without terms those of the show
        case "gofeed", "authors":  # it takes parentheses, and names that are addresses, for an e-mail address without a name
            return want["form"] == "json" and any("(" in name or "@" in name for name in want["authors"])
        case "feed-parser" | "feedparser", "authors":  # the same, of addresses
            return want["form"] == "rss" and any("@" in name for name in want["authors"])
        case "newsboat", "date":
            return want["date"] < 0  # it counts seconds without a sign
    return False


def differs(field, want, got):
    """Whether a reader's field is not what it should be; None where it does not say."""
    value = got.get(field)
    if field == "date" and got.get("either"):
        return value not in (want["date"], want["updated"])
    if field == "title":
        # A title that reads as HTML is shown as its text; one that is not there is made up by some.
        return bool(want["title"]) and not texts(value) & {folded(want["title"]), *texts(html.escape(want["title"]))}
    if field == "authors" and "author" in got:
        # It gives one of several, or all of them in one line.
        return bool(want["authors"]) and all(folded(got["author"]) not in texts(a) for a in [*want["authors"], ", ".join(want["authors"])])
    if field == "authors" and not want["authors"]:
        return False  # some name the feed's author instead
    if field == "enclosures" and "enclosure" in got:
        return (got["enclosure"] or "") != (want["enclosures"] or [""])[0] and (got["enclosure"] or "") not in want["enclosures"]
    if field not in got:
        return None
    if field in ("date", "updated"):
        return moment(value) is not None and abs(moment(value) - want[field]) >= 1 or field == "date" and value is None
    if field in ("authors", "terms"):
        return {html.unescape(v) for v in map(folded, value or [])} != {html.unescape(v) for v in map(folded, want[field])}
    if field == "enclosures":
        return (value or []) != want["enclosures"]
    return value != want[field]


def judge(line):
    file = pathlib.Path(line["file"])
    form = file.stem if file.suffix == ".xml" else "json"
    items = [wanted(i, form) for i in json.loads((file.parent / "feed.json").read_text())["items"]]
    by_id = {i["id"]: i for i in items}
    faults, said = collections.Counter(), set()
    if sorted(e["id"] for e in line["entries"]) != sorted(by_id):
        faults["entries"] = abs(len(line["entries"]) - len(items)) or 1
    for got in line["entries"]:
        want = by_id.get(got["id"])
        if want is None:
            faults["id"] += 1
            continue
        for field in FIELDS[2:] + ["size", "duration"]:
            if field == "updated" and form == "rss":
                continue  # RSS has but one date
            if passed_over(line["reader"], field, want):
                continue
            different = differs(field, want, got)
            if field == "duration" and different:
                different = abs(got["duration"] - want["duration"]) > 0.5
            if different is not None:
                said.add(field)
            if different:
                faults[field] += 1
                if faults[field] == 1:
                    print(f"{line['reader']}: {file}: {field}: want {want.get(field)!r}, got {got.get(field, got.get(field.rstrip('s')))!r} in {got['id']}", file=sys.stderr)
    return (line["reader"], form), len(items), faults, said | {"entries", "id"}


rows = {}
for line in map(json.loads, sys.stdin):
    key, posts, faults, said = judge(line)
    row = rows.setdefault(key, {"blogs": 0, "posts": 0, "faults": collections.Counter(), "said": set()})
    row["blogs"] += 1
    row["posts"] += posts
    row["faults"] += faults
    row["said"] |= said
print(f"{'reader':<13} {'feed':<5} {'blogs':>5} {'posts':>5} " + " ".join(f"{f:>10}" for f in FIELDS))
for (reader, form), row in sorted(rows.items()):
    cells = [str(row["faults"][f]) if row["faults"][f] else "=" if f in row["said"] else "-" for f in FIELDS]
    print(f"{reader:<13} {form:<5} {row['blogs']:>5} {row['posts']:>5} " + " ".join(f"{c:>10}" for c in cells))
sys.exit(1 if not rows or any(row["faults"].total() for row in rows.values()) else 0)
