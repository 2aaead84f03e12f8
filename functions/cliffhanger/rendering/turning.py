"""Which way a paragraph reads where its story reads the other way: a letter in English within an Arabic chapter."""

from __future__ import annotations

import unicodedata

_WAYS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def turned(text: str, way: str) -> str:
    """The value of `dir` that a text needs within a story that reads `way`; empty if it needs none.

    Its first letter alone decides nothing: an Arabic sentence may begin with a foreign name.
    """
    ways = (_WAYS[kind] for kind in map(unicodedata.bidirectional, text) if kind in _WAYS)
    first = next(ways, way)
    if first == way:
        return ""
    others = list(ways)
    return first if 2 * others.count(first) >= len(others) else ""
