"""Makes folders of posts that look like prose to a compressor, and are the same
whenever they are made."""

import datetime
import functools
import random

FIRST = datetime.datetime(2001, 1, 1)
DAYS = 20 * 365


@functools.cache
def sentences():
    """20,000 sentences of words whose frequencies fall as those of a language do."""
    dice = random.Random(1)
    parts = [a + b for a in "b c d f g h l m n p r s t v w st tr ch".split() for b in "a e i o u ea er in on al".split()]
    words = ["".join(dice.choices(parts, k=dice.choice([1, 1, 2, 2, 2, 3]))) for _ in range(3000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    return [dice.choices(words, weights, k=dice.randrange(8, 19)) for _ in range(20_000)]


def name(n):
    return f"post-{n:06}.md"


def text(dice, words):
    """Markdown of about so many words, in paragraphs of six sentences."""
    paragraphs, lines, pool = [], [], sentences()
    while words > 0:
        sentence = dice.choice(pool)
        words -= len(sentence)
        lines.append(" ".join(sentence).capitalize() + ".")
        if len(lines) == 6 or words <= 0:
            paragraphs.append(" ".join(lines))
            lines = []
    paragraphs[0] += f" A [link](https://example.com/{dice.randrange(10**6)}), **bold** and `code`."
    if len(paragraphs) > 3:
        paragraphs.insert(2, "## " + " ".join(dice.choice(pool)[:4]).capitalize())
    return "\n\n".join(paragraphs)


def post(n, count, words):
    """Post n of count; those with higher numbers are newer."""
    dice = random.Random(n)
    date = FIRST + datetime.timedelta(days=DAYS * n / count)
    return f"""---
title: "Post {n}: {" ".join(dice.choice(sentences())[:5])}"
date: {date:%Y-%m-%dT%H:%M:%SZ}
categories: [Category {n % 10}]
tags: [tag {dice.randrange(200)}, tag {dice.randrange(200)}]
---
{text(dice, words)}
"""


def write(folder, count, words):
    """Writes count posts of so many words."""
    folder.mkdir()
    for n in range(count):
        (folder / name(n)).write_text(post(n, count, words))
    return folder
