"""The benchmark of scripts/bench.sh, which says what it is for."""

import argparse
import dataclasses
import functools
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile

import child
import editing
import holding
import polling
import posts
import report
import serving
import starting

PARTS = {"serve": serving.run, "start": starting.run, "edit": editing.run, "hold": holding.run, "bytes": polling.run}
ENDINGS = signal.SIGINT, signal.SIGTERM, signal.SIGHUP


@dataclasses.dataclass(frozen=True)
class Bench:
    """What every part needs."""

    work: pathlib.Path
    short: bool

    def __post_init__(self):
        for binary, package in (("broadsheet", "./cmd/broadsheet"), ("read", "./scripts/bench/read")):
            subprocess.run(["go", "build", "-trimpath", "-o", self.work / binary, package], check=True, env=os.environ | {"CGO_ENABLED": "0"})

    @functools.cache
    def posts(self, count, words=800):
        """A folder of generated posts, made at its first use."""
        return posts.write(self.work / f"posts-{count}-{words}", count, words)

    def broadsheet(self, folder, *prefix):
        """The service over a folder, started as its users do."""
        port = child.free_port()
        command = [*prefix, self.work / "broadsheet", "serve", folder, "--url", "https://example.org", "--log-format", "json",
                   "--listen", f"127.0.0.1:{port}", "--admin-listen", "127.0.0.1:0"]
        return child.Child(command, port, self.work / "broadsheet.log")

    @staticmethod
    def progress(text):
        print(text, file=sys.stderr, flush=True)


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench.sh", description="Measures the product; prints Markdown.")
    parser.add_argument("--short", action="store_true", help="fewer rounds and posts: does everything work?")
    parser.add_argument("--write", action="store_true", help="put the result into docs/performance.md too")
    parser.add_argument("--strict", action="store_true", help="exit 1 if a target is missed")
    parser.add_argument("parts", nargs="*", metavar="serve|start|edit|hold|bytes", help="what to measure (default all)")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if chosen.write and (chosen.short or chosen.parts):
        parser.error("--write wants all parts, in the long form")
    return chosen


def end(number, _):
    """Leads a request to end, or the first of several, to where all is undone."""
    for other in ENDINGS:
        signal.signal(other, signal.SIG_IGN)
    sys.exit(128 + number)


def main():
    chosen = arguments()
    for number in ENDINGS:
        signal.signal(number, end)
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    result = report.Report()
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as work:
        bench = Bench(pathlib.Path(work), chosen.short)
        bench.work.chmod(0o755)  # nginx's worker is another user when we are root
        for part, run in PARTS.items():
            if not chosen.parts or part in chosen.parts:
                run(bench, result)
    text = result.markdown(" ".join(["scripts/bench.sh", *sys.argv[1:]]))
    print(text, end="")
    if chosen.write:
        pathlib.Path("docs/performance.md").write_text(text)
    return 1 if chosen.strict and result.missed else 0


try:
    sys.exit(main())
except (child.Failure, OSError, subprocess.CalledProcessError) as error:
    sys.exit(f"FAIL: {error}")
