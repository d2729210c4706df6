#!/usr/bin/env python3
"""Has Hugo build the sites in cmd/broadsheet/testdata/hugo and compares what it made with
what is written at their ends under "-- hugo.json --"; with --write it is written there.

Usage: hugo.py [--write] FILE.txtar...
"""
import json, os, re, subprocess, sys, tempfile

SINGLE = """@@PAGE{{ $d := .PublishDate }}{{ if $d.IsZero }}{{ $d = .Date }}{{ end }}{{ dict "url" .Permalink "title" .Title "date" ($d.Format "2006-01-02T15:04:05Z07:00") "expires" .ExpiryDate.Year "terms" (union (.Params.categories | default slice) (.Params.tags | default slice)) "html" .Content "dated" (not $d.IsZero) | jsonify }}"""


def parts(text):
    files, name = {}, None
    for line in text.splitlines(keepends=True):
        m = re.fullmatch(r"-- (\S.*?) --\n?", line)
        if m:
            name = m.group(1)
            files[name] = ""
        elif name is not None:
            files[name] += line
    return files


def make(files):
    with tempfile.TemporaryDirectory() as root:
        for name, text in files.items():
            if name == "hugo.json":
                continue
            full = os.path.join(root, name)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w") as f:
                f.write(text)
        layouts = os.path.join(root, "layouts/_default")
        os.makedirs(layouts, exist_ok=True)
        with open(layouts + "/single.html", "w") as f:
            f.write(SINGLE)
        with open(layouts + "/list.html", "w") as f:
            f.write("a list")
        run = subprocess.run(["hugo", "--quiet", "--source", root, "--cacheDir", root + "/.cache"], capture_output=True, text=True)
        if run.returncode:
            sys.exit("hugo: " + run.stdout + run.stderr)
        pages, resources, redirects = [], [], []
        for folder, _, names in os.walk(root + "/public"):
            for name in names:
                full = os.path.join(folder, name)
                rel = os.path.relpath(full, root + "/public")
                with open(full, errors="replace") as f:
                    text = f.read()
                if text.startswith("@@PAGE"):
                    pages.append(json.loads(text[6:]))
                elif "http-equiv" in text and "refresh" in text:
                    redirects.append("/" + rel.removesuffix("index.html"))
                elif not name.endswith((".html", ".xml")):
                    resources.append("/" + rel)
        return {"pages": sorted((p for p in pages if p.pop("dated")), key=lambda p: p["url"]),
                "resources": sorted(resources), "redirects": sorted(redirects)}


def main():
    write = "--write" in sys.argv
    failed = False
    for name in [a for a in sys.argv[1:] if a != "--write"]:
        with open(name) as f:
            text = f.read()
        files = parts(text)
        made = json.dumps(make(files), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
        if write:
            text = text.split("-- hugo.json --\n")[0] + "-- hugo.json --\n" + made
            with open(name, "w") as f:
                f.write(text)
        elif made != files.get("hugo.json"):
            failed = True
            print(name + ": Hugo makes something else of it:\n" + made)
    sys.exit(failed)


main()
