"""What the head of a site's page says of a story: FanFiction.net, AO3, Substack, pandoc."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from cliffhanger.manuscripts.draft import Field, FrontMatter

_FANFICTION_HEAD = "profile_top"
_FANFICTION_MENU = "chap_select"
_RATED = re.compile(r"Rated: (?:Fiction )?(?P<rating>[\w+]+) - (?P<language>\w+)(?: - (?P<genre>[A-Z][\w/&. ]*?))? - ")
_OPTION = re.compile(r"\s*(\d+)[.:)]\s*(.*)")
_BYLINES = {"byline", "author"}
_SUBTITLE = {"subtitle"}


def front_of(root: Element) -> FrontMatter:
    """Nothing for a page without a head that is known."""
    fields, tags = _of_fanfiction(root)
    for element in heads_of(root):
        text = _text(element)
        if _classes(element) & _BYLINES:
            tags.setdefault("author", text.removeprefix("by ").strip())
        else:
            fields.setdefault(Field.SUMMARY, text)
    return FrontMatter({what: text for what, text in fields.items() if text}, tags={k: v for k, v in tags.items() if v})


def heads_of(root: Element) -> list[Element]:
    """The lines of a head that are read here: the author's name, Substack's line under the title."""
    return [element for element in root.iter() if _is_byline(element) or _is_subtitle(element)]


def _is_byline(element: Element) -> bool:
    return element.tag in {"div", "p", "h3"} and bool(_classes(element) & _BYLINES) and len(_text(element)) < 100


def _is_subtitle(element: Element) -> bool:
    return element.tag == "h3" and bool(_classes(element) & _SUBTITLE)


def _of_fanfiction(root: Element) -> tuple[dict[Field, str], dict[str, str]]:
    head = _by_id(root, _FANFICTION_HEAD)
    if head is None:
        return {}, {}
    fields = {Field.SERIES: _text(head.find("b")), Field.SUMMARY: _own_line(head)} | dict(_chosen_chapter(root))
    rated = _RATED.search(_text(head))
    tags = {name: value.strip() for name, value in rated.groupdict(default="").items()} if rated else {}
    return fields, {"author": _text(head.find("a")), **tags}


def _own_line(head: Element) -> str:
    """The summary is the one text of the head that stands in a `<div>` of its own."""
    return next((text for div in head.findall("div") if (text := _text(div))), "")


def _chosen_chapter(root: Element) -> Iterator[tuple[Field, str]]:
    menu = _by_id(root, _FANFICTION_MENU)
    for option in () if menu is None else menu.iter("option"):
        if "selected" in option.attrib and (match := _OPTION.match(_text(option))):
            yield from ((Field.NUMBER, match[1]), (Field.TITLE, match[2]))


def _by_id(root: Element, name: str) -> Element | None:
    return next((element for element in root.iter() if element.get("id") == name), None)


def _classes(element: Element) -> set[str]:
    return set(element.get("class", "").lower().split())


def _text(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
