"""Which way a paragraph reads where its story reads the other way: a letter in English within an Arabic chapter."""

from __future__ import annotations

import unicodedata

_WAYS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def turned(text: str, way: str) -> str:
    """The value of `dir` that a text needs within a story that reads `way`; empty if it needs none.

    Its first letter alone decides nothing: an Arabic sentence may begin with a foreign name.
    """
    for at, letter in enumerate(text):
        if first := _WAYS.get(unicodedata.bidirectional(letter)):
            return "" if first == way else _of_most(first, text[at + 1 :])
    return ""


def _of_most(first: str, text: str) -> str:
    others = [_WAYS[kind] for kind in map(unicodedata.bidirectional, text) if kind in _WAYS]
    return first if 2 * others.count(first) >= len(others) else ""
