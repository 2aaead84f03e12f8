"""Emphasis as people type it in plain text: _so_, *so*, **so**. Every pattern reads its text once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cliffhanger.manuscripts.inlines import merge
from cliffhanger.manuscripts.model import Emphasis, Inline, Inlines, Strong, Text

_WORD = re.compile(r"[^\W_]")
_MARKED = re.compile(
    r"(?<![\w*\\])\*\*\*(?=[^\s*])(?P<both>[^*]*[^\s*])\*\*\*(?![\w*])"
    r"|(?<![\w*\\])\*\*(?=[^\s*])(?P<strong>[^*]*(?:\*[^*\s][^*]*\*[^*]*)*)(?<!\s)\*\*(?![\w*])"
    r"|(?<![\w*\\])\*(?=[^\s*])(?P<star>[^*]*[^\s*])\*(?![\w*])"
    r"|(?<![\w_\\])_(?=[^\s_])(?P<line>[^_]*[^\s_])_(?![\w_])"
)


def with_emphasis(text: str) -> Inlines:
    if "*" not in text and "_" not in text:
        return (Text(text),)
    return merge(_pieces(text))


def _pieces(text: str) -> Iterator[Inline]:
    at = 0
    for match in _MARKED.finditer(text):
        yield Text(text[at : match.start()])
        if not _WORD.search(match[0]):  # ~*~*~ is an ornament
            yield Text(match[0])
            at = match.end()
            continue
        inner = with_emphasis(match[match.lastgroup or 0])
        if match.lastgroup == "both":
            inner = (Emphasis(inner),)
        yield Strong(inner) if match.lastgroup in {"both", "strong"} else Emphasis(inner)
        at = match.end()
    yield Text(text[at:])
