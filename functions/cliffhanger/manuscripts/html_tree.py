"""Markup -> a tree of the elements that can hold a story, by the rules that browsers follow.

nh3 (html5ever) repairs the page as HTML5 says, and lets through only what is listed here; what it writes is
well-formed, so that the standard library can read it. docs/decisions.md compares this with other parsers.
"""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

import nh3

MAX_DEPTH = 80
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PARTS = "page section article main aside header footer nav hgroup div center details"
_TABLES = "table caption thead tbody tfoot tr td th"
_TEXTS = "p summary figure figcaption address blockquote pre dl dt dd ul ol li"
_WORDS = "a abbr b big cite del dfn em font i ins q small span strong var"
_NO_WORDS = (
    "applet audio button canvas datalist fieldset iframe label legend map math meter noembed noframes noscript object "
    "progress script style svg template textarea title video xmp xml"
)
_VOID = frozenset({"br", "hr", "img"})
BLOCKS = frozenset(HEADINGS).union(*(names.split() for names in (_PARTS, _TABLES, _TEXTS)))
_KEPT = _VOID.union(BLOCKS, _WORDS.split(), {"select", "option"})
_ATTRIBUTES = {
    "*": {"class", "id", "style", "lang", "align", "hidden", "role"},
    "a": {"href", "name"},
    "div": {"title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "li": {"value"},
    "font": {"size"},
    "del": {"cite", "datetime"},
    "option": {"selected"},
}


def tree_of(markup: str) -> Element:
    """The page's content in one root element. No element lies deeper than MAX_DEPTH."""
    builder = _Builder()
    builder.feed(
        nh3.clean(
            markup,
            tags=set(_KEPT),
            clean_content_tags=set(_NO_WORDS.split()),
            attributes=_ATTRIBUTES,
            link_rel=None,
        )
    )
    builder.close()
    return builder.root()


class _Builder(HTMLParser):
    """What lies too deep keeps its words and its place: a block becomes a neighbour of the one around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._tree = TreeBuilder()
        self._tree.start("page", {})
        self._depth = 1
        self._deepest: str | None = None

    def root(self) -> Element:
        self._close_deepest()
        self._tree.end("page")
        return self._tree.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_flat = self._depth >= MAX_DEPTH and tag not in _VOID
        if is_flat and tag in BLOCKS:
            self._close_deepest()
            self._deepest = tag
        if not is_flat or tag in BLOCKS:
            self._tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self._tree.end(tag)
        else:
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1
        if self._depth < MAX_DEPTH:
            self._tree.end(tag)
        elif tag in BLOCKS:
            self._close_deepest()

    def handle_data(self, data: str) -> None:
        self._tree.data(data)

    def _close_deepest(self) -> None:
        if self._deepest:
            self._tree.end(self._deepest)
        self._deepest = None
