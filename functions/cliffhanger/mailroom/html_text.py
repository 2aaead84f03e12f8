"""HTML of a mail -> its text. nh3 repairs it as browsers do, so that the standard library can read it in one go."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3

QUOTES = ("gmail_quote", "yahoo_quoted", "protonmail_quote")
"""Classes in which mail programs put the mail that is answered, where they don't use a blockquote."""

_NAMES = (
    "address article blockquote dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table "
    "tr ul"
)
_BLOCKS = frozenset(_NAMES.split())
_BODY = re.compile("<body[ >]", re.IGNORECASE)
_NO_WORDS = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math", "textarea"}


MOST_MARKUP = 60_000
"""Characters of the body that are read, so that elements nested without end take a second or two. New words come
first; Word's style sheets before the body are often longer than all the rest.
"""


def text_of(markup: str) -> str:
    """The words, a line for each line and block. What is quoted is left out."""
    body = _BODY.search(markup)
    start = body.start() if body else 0
    reader = _Reader()
    reader.feed(
        nh3.clean(
            markup[start : start + MOST_MARKUP],
            tags={*_BLOCKS, "br"},
            clean_content_tags=_NO_WORDS,
            attributes={"div": {"class"}},
            link_rel=None,
        )
    )
    reader.close()
    return "".join(reader.pieces)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._quoted: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "hr"):
            self._add("\n")
            return
        classes = (dict(attrs).get("class") or "").split()
        inside = bool(self._quoted) and self._quoted[-1]
        self._quoted.append(inside or tag == "blockquote" or any(name in QUOTES for name in classes))
        self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("br", "hr") and self._quoted:
            self._break("\n\n" if tag == "p" else "\n")
            self._quoted.pop()

    def handle_data(self, data: str) -> None:
        self._add(" ".join(data.split("\n")))

    def _break(self, line_end: str = "\n") -> None:
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self._add(line_end)

    def _add(self, text: str) -> None:
        if not (self._quoted and self._quoted[-1]):
            self.pieces.append(text)
