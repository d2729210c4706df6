"""Makes folders of posts for the judges, below the folder that is named:

nasty    the posts of cmd/broadsheet/testdata/nasty, and what is too large to be kept there
none     no post at all
one      one post
blog     150 posts of a common kind, enough for archives
podcast  a podcast with sound, made here, that plays for known times
"""

import pathlib
import shutil
import struct
import sys

root = pathlib.Path(sys.argv[1])
here = pathlib.Path(__file__).resolve().parent
WORDS = "feeds carry words from those who write to those who read without anybody between them".split()


def write(name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(text, str):
        text = text.encode()
    path.write_bytes(text)


def words(seed, count):
    return " ".join(WORDS[(seed * 7 + i * (seed % 5 + 1)) % len(WORDS)] for i in range(count))


def nasty():
    shutil.copytree(here / "../../cmd/broadsheet/testdata/nasty", root / "nasty")
    for n in range(4):
        write(f"nasty/2023-02-0{n + 1}-large.md", f"---\ntitle: 300 kB, {n}\n---\n" + f"A paragraph of “words” & <signs>.\n\n" * 8600)
    tags = ", ".join(f'"Term {n} {chr(0x3041 + n % 80)}"' for n in range(500))
    write("nasty/2023-02-05-many-terms.md", f"---\ntitle: 500 terms\ntags: [{tags}]\n---\nA post about everything.\n")
    for code in [*range(1, 32), 127, *range(0x80, 0xA0)]:
        write(f"nasty/controls/2023-03-01-{code}.md", f"---\ntitle: \"before\\u{code:04x}after\"\ntags: [\"t\\u{code:04x}\"]\n---\nbefore{chr(code)}after\n")
    write("nasty/2023-04-01-😀.md", "---\ntitle: An emoji in the name of the file\n---\nFine.\n")


def small():
    (root / "none").mkdir()
    write("one/2024-01-01-one.md", "---\ntitle: One\n---\nOne post.\n")


def blog():
    for n in range(150):
        write(f"blog/2024-{n // 28 + 1:02}-{n % 28 + 1:02}-post-{n}.md", f"""---
title: "{words(n, 5).capitalize()} & more"
author: [{["Ada Example", "Ben Example"][n % 2]}]
categories: [{["News", "Notes", "日本語"][n % 3]}]
tags: [{words(n, 1)}, C++]
image: pictures/{n % 4}.png
---
{words(n, 60).capitalize()}. [A link](https://example.com/{n}), **bold** and `code`.

> {words(n + 1, 30)}

![a picture](/pictures/{n % 4}.png)
""")
    for n in range(4):
        write(f"blog/pictures/{n}.png", b"\x89PNG\r\n\x1a\n")


def wave(seconds):
    """Silence: 8,000 samples of 8 bits in a second."""
    data = b"\x80" * (8000 * seconds)
    return b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8) + b"data" + struct.pack("<I", len(data)) + data


def mpeg(seconds):
    """Frames of silence: 1,152 samples each, at 44.1 kHz and 128 kbit/s."""
    frames = round(seconds * 44100 / 1152)
    return (b"\xff\xfb\x90\xc4" + bytes(413)) * frames


def podcast():
    write("podcast/broadsheet.yaml", """title: Example Talks
description: Talks that are examples
language: en
author: Ada Example <ada@example.org>
image: /artwork.png
podcast: episodic
podcast-categories: [Society & Culture > Documentary, News]
podcast-owner: Ada Example <ada@example.org>
podcast-funding: Support us <https://example.org/support>
""")
    write("podcast/artwork.png", b"\x89PNG\r\n\x1a\n")
    for n, (name, sound, kind) in enumerate([("one.mp3", mpeg(90), "full"), ("two.wav", wave(61), "trailer"), ("three.mp3", mpeg(3), "bonus")], 1):
        write(f"podcast/episodes/{name}", sound)
        write(f"podcast/episodes/2024-05-0{n}-episode.md", f"""---
title: "{n}: Talk & answers"
slug: episode-{n}
enclosure: {name}
episode: {n}
season: 1
episodeType: {kind}
itunes_title: Talk & answers
explicit: no
transcript: {n}.vtt
hosts: [Ada Example]
guests: [{{name: Ben Example, url: https://ben.example/}}]
---
{words(n, 40).capitalize()}.
""")
        write(f"podcast/episodes/{n}.vtt", "WEBVTT\n")


for make in nasty, small, blog, podcast:
    make()
