"""Which features of caniemail's list a mail uses: of HTML, of CSS, of pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from benchmarks.judge.css_features import of_declarations, of_style_sheet

LISTS = {"ul", "ol", "dl"}
SEMANTICS = {
    *("article", "aside", "details", "figcaption", "figure", "footer", "header"),
    *("main", "mark", "nav", "section", "summary", "time"),
}
PICTURES = {"jpeg": "image-jpg", "jpg": "image-jpg", "tif": "image-tiff"}
Attributes = Mapping[str, str]

BY_ATTRIBUTE: tuple[tuple[str, Callable[[str, Attributes], bool]], ...] = (
    ("html-anchor-links", lambda tag, has: tag == "a" and has.get("href", "").startswith("#")),
    ("html-mailto-links", lambda tag, has: tag == "a" and has.get("href", "").startswith("mailto:")),
    ("html-meta-color-scheme", lambda tag, has: tag == "meta" and has.get("name") == "color-scheme"),
    ("html-srcset", lambda _, has: "srcset" in has or "sizes" in has),
    ("html-image-maps", lambda tag, has: tag == "map" or "usemap" in has),
    ("image-base64", lambda _, has: has.get("src", "").startswith("data:")),
    ("html-svg", lambda tag, _: tag == "svg"),
)


def features(html: str, known: Iterable[Mapping[str, Any]]) -> tuple[set[str], set[str]]:
    """The slugs of the features used, and the CSS properties that the list does not know."""
    reader = _Reader(_by_title(known))
    reader.feed(html)
    reader.close()
    slugs = {feature["slug"] for feature in known}
    used = reader.used | {f"css-{name}" for name in reader.properties}
    unknown = {name for name in reader.properties if f"css-{name}" not in slugs}
    return used & slugs, unknown


def _by_title(known: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """ "<abbr>" and "dir" to slugs, from titles like "<abbr> element" and "dir attribute"."""
    found = {}
    for feature in known:
        if match := re.fullmatch(r"(<\w+>)(?: element)?|([\w-]+) attribute", feature["title"]):
            found[match[1] or match[2]] = feature["slug"]
    return found


class _Reader(HTMLParser):
    def __init__(self, by_title: Mapping[str, str]) -> None:
        super().__init__()
        self.used: set[str] = set()
        self.properties: set[str] = set()
        self._by_title = by_title
        self._inside_style = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attributes}
        self.used.update(slug for slug in self._named(tag, has) if slug)
        self.used.update(slug for slug, holds in BY_ATTRIBUTE if holds(tag, has))
        self._take(of_declarations(has.get("style", "")))
        self._inside_style = tag == "style"

    def handle_endtag(self, _: str) -> None:
        self._inside_style = False

    def handle_data(self, data: str) -> None:
        if self._inside_style:
            self._take(of_style_sheet(data))

    def handle_decl(self, _: str) -> None:
        self.used.add("html-doctype")

    def handle_comment(self, _: str) -> None:
        self.used.add("html-comments")

    def _take(self, found: tuple[set[str], set[str]]) -> None:
        self.used |= found[0]
        self.properties |= found[1]

    def _named(self, tag: str, has: Attributes) -> Iterator[str | None]:
        yield self._by_title.get(f"<{tag}>")
        for name in has:
            yield self._by_title.get(name)
        if tag in LISTS:
            yield "html-lists"
        if tag in SEMANTICS:
            yield "html-semantics"
        if re.fullmatch("h[1-6]", tag):
            yield "html-h1-h6"
        if tag in ("input", "button"):
            yield f"html-{tag}-{has.get('type', 'text')}"
        if tag == "address":
            yield "html-address"
        if tag == "img":
            ending = PurePosixPath(urlsplit(has.get("src", "")).path).suffix.removeprefix(".").lower()
            yield PICTURES.get(ending, f"image-{ending}")
