"""A saved page of FanFiction.net: what its head says of the story and its menu of the chapter."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from cliffhanger.manuscripts.draft import Field, FrontMatter

_RATED = re.compile(
    r"Rated:\s*(?:Fiction\s+)?(?P<rating>[\w+]+) - (?P<language>\w+)(?: - (?P<genre>[A-Z][\w/&. ]*?))? - "
)
_OPTION = re.compile(r"\s*(\d+)[.:)]\s*(.*)")


def front_of(root: Element) -> FrontMatter:
    """Nothing for any other page."""
    head = next((element for element in root.iter() if element.get("id") == "profile_top"), None)
    if head is None:
        return FrontMatter()
    fields = {Field.SERIES: _text(head.find("b")), Field.SUMMARY: _summary(head)} | _menu(root)
    tags = {"author": _text(head.find("a"))}
    if rated := _RATED.search(" ".join(_text(head).split())):
        tags |= {name: value.strip() for name, value in rated.groupdict(default="").items()}
    return FrontMatter({what: text for what, text in fields.items() if text}, tags={k: v for k, v in tags.items() if v})


def _summary(head: Element) -> str:
    """The one text of the head that stands in a `<div>` of its own."""
    return next((text for div in head.findall("div") if (text := _text(div))), "")


def _menu(root: Element) -> dict[Field, str]:
    menu = next((menu for menu in root.iter("select") if menu.get("id") == "chap_select"), None)
    options = [] if menu is None else list(menu.iter("option"))
    chosen = next((_OPTION.match(_text(option)) for option in options if "selected" in option.attrib), None)
    return {Field.NUMBER: chosen[1], Field.TITLE: chosen[2]} if chosen else {}


def _text(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).strip()
