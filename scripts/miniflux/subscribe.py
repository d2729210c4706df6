"""Has Miniflux follow a service through the life of its posts.

Usage: subscribe.py WORK MINIFLUX LISTEN ADMIN_LISTEN, where WORK holds the
program "broadsheet" and the folder "posts".
"""
import atexit
import base64
import collections
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as tree

work, miniflux, listen, admin = sys.argv[1:]
work = pathlib.Path(work)
posts = work / "posts"
public = f"http://{listen}"
HANG = 180  # seconds that nothing takes unless it never ends


def get(url):
    with urllib.request.urlopen(url, timeout=HANG) as answer:
        return answer.read().decode()


def api(method, path, body=None):
    request = urllib.request.Request(f"{miniflux}/v1{path}", method=method, data=None if body is None else json.dumps(body).encode())
    request.add_header("Authorization", "Basic " + base64.b64encode(b"reader:reading").decode())
    request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=HANG) as answer:
            text = answer.read()
    except urllib.error.HTTPError as error:
        sys.exit(f"FAIL: Miniflux answers {error.code} to {method} {path} {body}: {error.read().decode()}")
    return json.loads(text) if text else None


def until(what, ok):
    end = time.monotonic() + HANG
    while True:
        try:
            if ok():
                return
        except OSError:
            pass
        if time.monotonic() > end:
            sys.exit(f"FAIL: waited in vain until {what}")
        time.sleep(0.05)


class Service:
    def __init__(self):
        self.start()

    def start(self):
        log = open(work / "service.log", "a")
        self.process = subprocess.Popen(
            [work / "broadsheet", "serve", posts, "--listen", listen, "--admin-listen", admin, "--url", public, "--state", work / "state"],
            stdout=log, stderr=log, cwd=work)
        until("the service answers", lambda: "rss" in get(f"{public}/rss.xml"))

    def stop(self, how):
        self.process.send_signal(how)
        self.process.wait()


def feed():
    return json.loads(get(f"{public}/feed.json"))["items"]


def shows(text):
    return lambda: text in get(f"{public}/feed.json")


def hides(text):
    return lambda: text not in get(f"{public}/feed.json")


def save(path, text):
    temporary = path.with_suffix(".tmp")
    temporary.write_text(text)
    temporary.rename(path)


def article(title, text):
    return f"---\ntitle: {title}\ndate: 2026-11-20\ntags: [life]\n---\n{text}\n"


def paragraphs(number):
    return "\n\n".join(f"Paragraph {n} of text {number} says something of its own, {n * number}." for n in range(12))


service = Service()
atexit.register(lambda: service.stop(signal.SIGKILL))
addresses = [f"{public}/rss.xml", f"{public}/atom.xml", f"{public}/feed.json"]
for outline in tree.fromstring(get(f"{public}/feeds.opml")).iter("outline"):
    if outline.get("xmlUrl") and outline.get("xmlUrl") not in addresses and len(addresses) < 12:
        addresses.append(outline.get("xmlUrl"))
categories = {re.sub(r"\W", " ", a): api("POST", "/categories", {"title": re.sub(r"\W", " ", a)})["id"] for a in addresses}
subscribed = {a: api("POST", "/feeds", {"feed_url": a, "category_id": categories[re.sub(r"\W", " ", a)]})["feed_id"] for a in addresses}
expected = {item["title"] for item in feed() if item.get("title")}
steps = 0


def polled(what, *more):
    """Lets Miniflux poll everything, and holds what it has to what is expected."""
    global steps
    expected.update(more)
    for feed_id in subscribed.values():
        api("PUT", f"/feeds/{feed_id}/refresh")
    for address, feed_id in subscribed.items():
        have = api("GET", f"/feeds/{feed_id}/entries?limit=1000")
        titles = collections.Counter(re.sub(r" \(again\)$", "", e["title"]) for e in have["entries"])
        twice = [t for t, n in titles.items() if n > 1]
        if twice:
            sys.exit(f"FAIL: {what}: {address} shows again: {twice}")
        if address in addresses[:3] and expected - set(titles):
            sys.exit(f"FAIL: {what}: {address} lacks {expected - set(titles)}")
        wrong = api("GET", f"/feeds/{feed_id}")["parsing_error_message"]
        if wrong:
            sys.exit(f"FAIL: {what}: {address}: {wrong}")
    steps += 1
    print(f"ok    {what}", flush=True)


polled(f"{len(expected)} posts, {len(subscribed)} feeds")
life = posts / "life.md"
save(life, article("A life", paragraphs(1)))
until("the post is there", shows("Paragraph 3 of text 1"))
polled("a new post", "A life")
save(life, article("A life", paragraphs(1) + "\n\nA correction."))
until("the edit is there", shows("A correction."))
polled("an edit")
life.rename(posts / "renamed.md")
time.sleep(0.2)
save(posts / "beside.md", article("Beside", "Another post, a moment after the move."))
until("both are there", lambda: shows("/renamed/")() and shows("Another post")())
polled("a move, and something else a moment later", "Beside")
(posts / "deep").mkdir()
(posts / "renamed.md").rename(posts / "deep" / "moved.md")
save(posts / "deep" / "moved.md", article("A life", paragraphs(1) + "\n\nMoved and corrected."))
until("the move is there", shows("Moved and corrected."))
polled("a move and an edit in one go")
(posts / "deep" / "moved.md").unlink()
save(posts / "checked-out.md", article("A life (again)", paragraphs(1)))
until("it is there", shows("A life (again)"))
polled("another file with another title and most of its text, as a checkout writes it")
(posts / "deep" / "rest.md").write_text(article("Rest", paragraphs(7)))
until("it is there", shows("Paragraph 3 of text 7"))
polled("a post in a folder", "Rest")
(posts / "deep").rename(posts / "folder")
save(posts / "folder" / "rest.md", article("Rest", paragraphs(7) + "\n\nRested."))
until("the folder is there", shows("Rested."))
polled("a folder renamed, and a post in it saved")
kept = (posts / "folder" / "rest.md").read_text()
(posts / "folder" / "rest.md").unlink()
until("it is gone", hides("Paragraph 3 of text 7"))
polled("a post deleted")
save(posts / "folder" / "rest.md", kept)
until("it is there again", shows("Paragraph 3 of text 7"))
polled("and restored")
service.stop(signal.SIGTERM)
(posts / "checked-out.md").rename(posts / "while-stopped.md")
service.start()
until("it is there", shows("/while-stopped/"))
polled("a restart, and a move meanwhile")
save(posts / "just.md", article("Just saved", paragraphs(9)))
until("it is there", shows("Paragraph 3 of text 9"))
polled("a new post", "Just saved")
service.stop(signal.SIGKILL)
(posts / "just.md").unlink()
save(posts / "just-moved.md", article("Just saved", paragraphs(9) + "\n\nAfter the crash."))
service.start()
until("it is there", shows("After the crash."))
polled("a crash, and a move with an edit meanwhile")
service.process.send_signal(signal.SIGHUP)
time.sleep(1)
polled("settings read anew")
service.stop(signal.SIGTERM)
print(f"ok    every post is in each of {len(subscribed)} subscriptions exactly once, after {steps} polls")
