"""The result, as Markdown."""

import datetime
import os
import pathlib
import platform
import re
import statistics
import subprocess


class Report:
    """Gathers what the parts found, and counts the targets that were missed."""

    def __init__(self):
        self.parts, self.missed = [], 0
        self.load = os.getloadavg()[0]  # before anything of ours runs

    def section(self, title, text):
        self.parts.append(f"## {title}\n\n{text}")

    def note(self, text):
        self.parts.append(text)

    def table(self, *columns, rows):
        aligned = ["---"] + ["--:"] * (len(columns) - 1)
        self.parts.append("\n".join("| " + " | ".join(map(str, row)) + " |" for row in [columns, aligned, *rows]))

    def targets(self, *rows):
        """Each row: what, measured, "<=" or ">=", target, and perhaps the unit."""
        judged = []
        for what, measured, relation, target, *unit in rows:
            met = measured <= target if relation == "<=" else measured >= target
            self.missed += not met
            tail = "".join(" " + u for u in unit)
            judged.append([what, f"{measured:.2f}{tail}", f"{relation} {target:g}{tail}", "ok" if met else "missed"])
        self.table("against the target", "measured", "target", "", rows=judged)

    def markdown(self, command):
        head = f"""# How fast it is

Made on {datetime.date.today()} by `{command}`, which installs what it needs from Debian; the whole takes about ten minutes.

{machine()}, with {", ".join(versions())}.

Everything ran on this one machine, over its loopback interface. Measurements that are compared took turns; figures are
medians, with the least and the greatest in parentheses. Compare the ratios: the times are this machine's.
The load average was {self.load:.1f} at the beginning; unless it was near 0, others used the machine too, and even ratios of
answers a second say little."""
        return "\n\n".join([head, *self.parts]) + "\n"


def spread(values, form):
    """The median with the least and the greatest."""
    return f"{form.format(statistics.median(values))} ({form.format(min(values))} to {form.format(max(values))})"


def machine():
    facts = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in facts if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"The machine: {len(os.sched_getaffinity(0))} × {model}, {memory:.0f} GiB of memory, Linux {platform.release()}"


def versions():
    """What is measured with, and against."""
    for name, command in {
        "Go": ["go", "env", "GOVERSION"], "nginx": ["nginx", "-v"], "Caddy": ["caddy", "version"],
        "wrk": ["wrk", "-v"], "Hugo": ["hugo", "version"],
    }.items():
        done = subprocess.run(command, capture_output=True, text=True)  # wrk -v exits 1
        yield f"{name} {re.search(r'[0-9]+[.][0-9.]*[0-9]', done.stdout + done.stderr)[0]}"
