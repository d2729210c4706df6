"""Child processes that end with us, and what /proc tells of them."""

import pathlib
import random
import socket
import subprocess
import time

import web


class Failure(Exception):
    """Something does not work."""


def until(seconds, condition, what):
    """Waits for a condition; it is asked once a millisecond, which leaves the processor to those waited for."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end:
            raise Failure(f"waited {seconds} s in vain until {what}")
        time.sleep(0.001)
    return found


def free_port():
    """A port below those that connections are given, lest one connects to itself."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


class Child:
    """A server on a loopback port: a with statement begins at its first answer, a 200, and ends with its end."""

    def __init__(self, command, port, log, env=None):
        self.command, self.port, self.log, self.env = command, port, log, env

    def __enter__(self):
        with open(self.log, "wb") as out:
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=self.env)
        try:
            answer = until(600, lambda: self.ask("/rss.xml"), f"{self.log.stem} answers")
            if answer.status != 200:
                raise Failure(f"{self.log.stem} answers with {answer.status}")
            return self
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        finally:
            self.process.kill()
            self.process.wait()

    def ask(self, path, **fields):
        """The answer, None while the server does not listen."""
        try:
            return web.get(self.port, path, **fields)
        except ConnectionError:
            if self.process.poll() is not None:
                raise Failure(f"{self.log.stem} has ended:\n{self.log.read_text()[-2000:]}") from None
            return None

    def get(self, path, **fields):
        return web.get(self.port, path, **fields)

    def pids(self):
        """The process and its children, such as nginx's worker."""
        found = [self.process.pid]
        for pid in found:
            for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        return found

    def processor(self):
        """Seconds of processor time taken until now."""
        total = 0
        for pid in self.pids():
            for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
                total += int((task / "schedstat").read_text().split()[0])
        return total / 1e9

    def memory(self, what):
        """VmRSS or VmHWM, in bytes."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(what + ":"):
                return int(line.split()[1]) * 1024
        raise Failure(f"/proc tells no {what}")
