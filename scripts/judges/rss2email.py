"""Reads feeds as rss2email does: it fetches them over HTTP, from a server made
here on the loopback address, and delivers mails, here into a folder. Arguments:
files. Prints a line of JSON for each."""

import email.header
import email.utils
import functools
import http.server
import json
import mailbox
import pathlib
import subprocess
import sys
import tempfile
import threading


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def decoded(value):
    return str(email.header.make_header(email.header.decode_header(value or "")))


def mails(url):
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        for part in "cur", "new", "tmp":
            (work / "mail/INBOX" / part).mkdir(parents=True)
        (work / "config").write_text(f"""[DEFAULT]
from = feeds@example.org
to = reader@example.org
email-protocol = maildir
maildir-path = {work}/mail
maildir-mailbox = INBOX
date-header = True
html-mail = True
user-agent = rss2email
""")
        r2e = ["r2e", "-c", str(work / "config"), "-d", str(work / "data.json")]
        for command in ["add", "feed", url], ["run"]:
            subprocess.run([*r2e, *command], check=True, capture_output=True, timeout=120)
        for mail in mailbox.Maildir(work / "mail/INBOX"):
            yield {
                "id": decoded(mail["X-RSS-ID"]), "title": decoded(mail["Subject"]), "link": decoded(mail["X-RSS-URL"]),
                "date": email.utils.parsedate_to_datetime(mail["Date"]).timestamp(),
                "either": True,  # the date is that of the last change, where the feed says one
            }


root = pathlib.Path(sys.argv[1]).parents[1]
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=root))
threading.Thread(target=server.serve_forever, daemon=True).start()
for name in sys.argv[1:]:
    path = pathlib.Path(name).relative_to(root)
    print(json.dumps({"reader": "rss2email", "file": name, "entries": list(mails(f"http://127.0.0.1:{server.server_port}/{path}"))}))
server.shutdown()
