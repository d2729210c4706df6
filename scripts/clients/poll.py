"""Polls a feed as programs on feedparser do. Arguments: URL, and a file that
keeps the validators from poll to poll. Prints the titles of the entries."""

import json
import pathlib
import sys

import feedparser

url, kept = sys.argv[1], pathlib.Path(sys.argv[2])
validators = json.loads(kept.read_text()) if kept.exists() else {}
feed = feedparser.parse(url, agent="aggregator/1", **validators)
if feed.bozo and feed.status != 304:
    sys.exit(f"feedparser calls the feed ill-formed: {feed.bozo_exception}")
kept.write_text(json.dumps({name: feed[name] for name in ("etag", "modified") if name in feed}))
for entry in feed.entries:
    print(entry.title)
