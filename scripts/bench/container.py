"""A control group of its own that bounds the memory of a server, where one can be made."""

import contextlib
import os
import pathlib

# Where memory is bounded, by version of control groups: the folder of all groups, and the files of one that hold its limit
# and, by the key oom_kill, how many processes were killed for want of memory.
VERSIONS = [
    (pathlib.Path("/sys/fs/cgroup/memory"), "memory.limit_in_bytes", "memory.oom_control"),
    (pathlib.Path("/sys/fs/cgroup"), "memory.max", "memory.events"),
]


class Container:
    """A control group with a limit."""

    def __init__(self, folder, events):
        self.folder, self.events = folder, folder / events

    def prefix(self):
        """What runs a command in the group."""
        return ["sh", "-c", 'echo $$ > "$0" && exec "$@"', self.folder / "cgroup.procs"]

    def killed(self):
        """How many processes were killed for want of memory."""
        return next((int(line.split()[1]) for line in self.events.read_text().splitlines() if line.startswith("oom_kill ")), 0)


@contextlib.contextmanager
def limited(limit):
    """A Container of so many bytes, which is removed afterwards; None where none can be made."""
    made = next(filter(None, (make(*version, limit) for version in VERSIONS)), None)
    try:
        yield made
    finally:
        if made:
            made.folder.rmdir()


def make(root, bound, events, limit):
    folder = root / f"broadsheet-bench-{os.getpid()}"
    if not root.is_dir():
        return None
    try:
        folder.mkdir()
    except OSError:
        return None
    try:
        if not (folder / bound).exists():
            raise OSError("memory is not bounded here")
        (folder / bound).write_text(str(limit))
        return Container(folder, events)
    except OSError:
        folder.rmdir()
        return None
