"""Part "serve": the same bytes from broadsheet, nginx and Caddy."""

import contextlib
import gzip
import json
import os
import pathlib
import statistics
import subprocess

import child
from report import spread

HERE = pathlib.Path(__file__).resolve().parent
CODINGS = {"304": "gzip", "gzip": "gzip", "identity": "identity"}  # by load
SERVERS = "broadsheet", "nginx", "Caddy"

NGINX = """
daemon off;
worker_processes 1;
worker_rlimit_nofile 8192;
error_log stderr;
pid nginx.pid;
events {{ worker_connections 4096; }}
http {{
  types {{ application/rss+xml xml; }}
  charset utf-8;
  charset_types application/rss+xml;
  access_log off;
  sendfile on;
  tcp_nopush on;
  etag on;
  gzip_static on;
  gzip_vary on;
  open_file_cache max=100 inactive=1h;
  open_file_cache_valid 1h;
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  server {{ listen 127.0.0.1:{port} backlog=4096; root {root}; }}
}}
"""

CADDY = """
{{
  admin off
  auto_https off
}}
http://127.0.0.1:{port} {{
  root * {root}
  file_server {{
    precompressed gzip
  }}
}}
"""


def cores():
    """One processor for the server, another for the client where there is one."""
    usable = sorted(os.sched_getaffinity(0))
    return str(usable[0]), str(usable[-1])


def pinned():
    return "taskset", "-c", cores()[0]


def folder(bench):
    """Posts whose feed has about 60 kB: made twice, since its size is known only then."""
    words = 450
    for _ in range(4):
        posts = bench.posts(100, words)
        subprocess.run([bench.work / "broadsheet", "build", posts, "--url", "https://example.org", "--out", bench.work / f"feeds-{words}"],
                       check=True, capture_output=True)
        size = (bench.work / f"feeds-{words}" / "rss.xml").stat().st_size
        if 55_000 <= size <= 65_000:
            return posts
        words = words * 60_000 // size
    raise child.Failure(f"the feed has {size} bytes, not about 60,000")


def nginx(bench, root):
    port = child.free_port()
    place = bench.work / "nginx"
    place.mkdir()
    (place / "nginx.conf").write_text(NGINX.format(port=port, root=root))
    return child.Child([*pinned(), "nginx", "-p", place, "-c", place / "nginx.conf", "-e", "stderr"], port, bench.work / "nginx.log")


def caddy(bench, root):
    port = child.free_port()
    place = bench.work / "caddy"
    place.mkdir()
    (place / "Caddyfile").write_text(CADDY.format(port=port, root=root))
    home = {key: str(place) for key in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    command = [*pinned(), "caddy", "run", "--adapter", "caddyfile", "--config", place / "Caddyfile"]
    return child.Child(command, port, bench.work / "caddy.log", env=os.environ | home)


def requests(server, feed):
    """The header fields of each load, after checking what they bring."""
    loads = {}
    for load in ("identity", "gzip", "304"):
        fields = {"Accept_Encoding": CODINGS[load]}
        if load == "304":
            fields["If_None_Match"] = server.get("/rss.xml", **fields).fields["etag"]
        answer = server.get("/rss.xml", **fields)
        body = gzip.decompress(answer.body) if load == "gzip" else answer.body
        expected = (304, "", b"") if load == "304" else (200, "gzip" if load == "gzip" else "", feed)
        found = answer.status, "" if load == "304" else answer.fields.get("content-encoding", ""), body
        if found != expected:
            raise child.Failure(f"{server.log.stem}, {load}: {found[:2]} with {len(body)} bytes, not {expected[:2]} with {len(expected[2])}")
        loads[load] = fields, answer.size
    return loads


def wrk(server, fields, seconds, connections=64):
    """What wrk measured."""
    command = ["taskset", "-c", cores()[1], "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", HERE / "wrk.lua"]
    for key, value in fields.items():
        command += ["-H", f"{key.replace('_', '-')}: {value}"]
    used = server.processor()
    done = subprocess.run([*command, f"http://127.0.0.1:{server.port}/rss.xml"], check=True, capture_output=True, text=True)
    measured = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))
    measured["processor"] = server.processor() - used
    if measured["errors"] or not measured["answers"]:
        raise child.Failure(f"wrk -c{connections} on {server.log.stem}: {measured}\n{done.stdout}")
    return measured


def measure(bench, servers, loads):
    """Rounds in which the servers take turns: load, server -> measurements."""
    rounds, seconds = (2, 1) if bench.short else (7, 4)
    results = {}
    for turn in range(rounds):
        bench.progress(f"serve: round {turn + 1} of {rounds}")
        for load in CODINGS:
            for name, server in servers.items():
                fields, size = loads[name][load]
                measured = wrk(server, fields, seconds)
                each = measured["bytes"] / measured["answers"]
                if not 0.8 < each / size < 1.2:
                    raise child.Failure(f"{name}, {load}: answers of {each:.0f} bytes under load, {size} before")
                results.setdefault((load, name), []).append(measured)
    return results


def report_loads(report, results):
    rows, median = [], {}
    for (load, name), measured in results.items():
        rates = [m["answers"] / m["seconds"] for m in measured]
        slow = [m["p99"] * 1000 for m in measured]
        cost = [m["processor"] / m["answers"] * 1e6 for m in measured]
        median[load, name] = statistics.median(rates), statistics.median(slow)
        rows.append([load, name, spread(rates, "{:,.0f}"), spread(slow, "{:.2f}"), spread(cost, "{:.1f}")])
    report.table("load", "server", "answers a second", "p99, ms", "processor µs an answer", rows=rows)
    judged = []
    for load, to_nginx in (("304", 0.8), ("gzip", 0.85), ("identity", 0.75)):
        (ours, slow), (nginx, nginx_slow), (caddy, _) = (median[load, name] for name in SERVERS)
        judged += [(f"{load}: answers, to nginx", ours / nginx, ">=", to_nginx), (f"{load}: answers, to Caddy", ours / caddy, ">=", 4),
                   (f"{load}: p99, to nginx", slow / nginx_slow, "<=", 2.5)]
    report.targets(*judged)


def many(bench, report, server, fields):
    """1,000 connections, none of which may see an error."""
    bench.progress("serve: 1,000 connections")
    measured = wrk(server, fields, 2 if bench.short else 10, connections=1000)
    report.note(f"1,000 connections, polls with the tag: {measured['answers'] / measured['seconds']:,.0f} answers a second, "
                f"p99 {measured['p99'] * 1000:.0f} ms, no error.")


def resident(bench, report):
    """Memory over the sample posts, after load."""
    bench.progress("serve: memory")
    with bench.broadsheet("posts", *pinned()) as server:
        loads = requests(server, server.get("/rss.xml").body)
        for fields, _ in loads.values():
            wrk(server, fields, 1 if bench.short else 3)
        now, peak = (server.memory(what) / 1e6 for what in ("VmRSS", "VmHWM"))
    report.note("Memory of the service over the sample posts, after such load:")
    report.table("", "MB", rows=[["resident", f"{now:.1f}"], ["at most, ever", f"{peak:.1f}"]])
    report.targets(("resident after load", now, "<=", 40, "MB"))


def run(bench, report):
    posts = folder(bench)
    with contextlib.ExitStack() as stack:
        ours = stack.enter_context(bench.broadsheet(posts, *pinned()))
        feed = ours.get("/rss.xml", Accept_Encoding="identity").body
        root = bench.work / "root"
        root.mkdir()
        (root / "rss.xml").write_bytes(feed)
        (root / "rss.xml.gz").write_bytes(ours.get("/rss.xml", Accept_Encoding="gzip").body)
        servers = dict(zip(SERVERS, [ours, stack.enter_context(nginx(bench, root)), stack.enter_context(caddy(bench, root))]))
        loads = {name: requests(server, feed) for name, server in servers.items()}
        shared = "" if cores()[0] != cores()[1] else " (there is but one here, which the client shares)"
        report.section("Serving", f"""A feed of {len(feed):,} bytes from broadsheet, from nginx (one worker, the file and its `.gz` beside it, `sendfile`,
`open_file_cache`, no access log) and from Caddy (`file_server`, `precompressed gzip`). Each server has one core{shared}, wrk
another, with 64 kept connections. "304" is a poll with the tag that the server gave; "gzip" and "identity" are answers with
the whole feed. All were checked before to bring the same feed. Broadsheet's headers are longer: caching, CORS, links.
Where a server needs less processor time for an answer than wrk does, wrk is what limits the answers a second.""")
        report_loads(report, measure(bench, servers, loads))
        many(bench, report, ours, loads["broadsheet"]["304"][0])
    resident(bench, report)
