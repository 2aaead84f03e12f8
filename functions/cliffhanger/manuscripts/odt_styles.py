"""OpenDocument's styles, from the file's style sheet and the automatic ones beside the text. Units are points."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cliffhanger.manuscripts.office_passages import Look
from cliffhanger.manuscripts.office_xml import child

_MAX_CHAIN = 20
_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,9})?)(pt|cm|mm|in|pc|px)")
_POINTS = {"pt": 1, "cm": 28.35, "mm": 2.835, "in": 72, "pc": 12, "px": 0.75}
_CODE = re.compile(r"_([0-9a-f]{1,4})_")
_SIDES = ("top", "bottom", "left", "right")
Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    parent: str | None
    text: Attributes = field(default_factory=dict)
    paragraph: Attributes = field(default_factory=dict)
    outline: str | None = None


class Styles:
    """Styles by family and name; a name that is not there has no properties."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        self._defaults: Attributes = {}
        self.lists: dict[str, Element] = {}
        self.hidden_sections: set[str] = set()
        for root in roots:
            for group in ("office:styles", "office:automatic-styles"):
                for element in _inside(root, group):
                    self._add(element)

    def _add(self, element: Element) -> None:
        key, family = element.get("style:name", ""), element.get("style:family", "")
        text, section = _said(element, "text"), child(element, "style:section-properties")
        if element.tag == "text:list-style":
            self.lists[key] = element
        elif element.tag == "style:default-style" and family == "paragraph":
            self._defaults = text
        elif element.tag == "style:style":
            name = element.get("style:display-name") or _CODE.sub(lambda code: chr(int(code[1], 16)), key)
            outline, parent = element.get("style:default-outline-level"), element.get("style:parent-style-name")
            self._styles[family, key] = _Style(name, parent, text, _said(element, "paragraph"), outline)
            if section is not None and section.get("text:display") == "none":
                self.hidden_sections.add(key)

    def names(self, style: str) -> tuple[str, ...]:
        """An automatic style has a name that says nothing, and comes before the author's in the chain."""
        return tuple(each.name for each in self._chain("paragraph", style)) or (style,)

    def paragraph(self, style: str) -> Attributes:
        merged: Attributes = {}
        for each in reversed(self._chain("paragraph", style)):
            merged |= each.paragraph
        return merged

    def outline(self, style: str) -> str | None:
        return next((each.outline for each in self._chain("paragraph", style) if each.outline), None)

    def base(self, style: str) -> Attributes:
        """What a paragraph's style says of its text."""
        return self._text(self._defaults, "paragraph", style)

    def span(self, said: Attributes, style: str) -> Attributes:
        """The same within a span of a style."""
        return self._text(said, "text", style)

    def _text(self, said: Attributes, family: str, style: str) -> Attributes:
        merged = dict(said)
        for each in reversed(self._chain(family, style)):
            size = each.text.get("fo:font-size", "")
            merged |= {name: value for name, value in each.text.items() if name != "fo:font-size"}
            if size:
                merged["fo:font-size"] = f"{_size(size, points(merged.get('fo:font-size')))}pt"
        return merged

    def _chain(self, family: str, style: str) -> list[_Style]:
        chain: list[_Style] = []
        found = self._styles.get((family, style))
        while found is not None and len(chain) < _MAX_CHAIN:
            chain.append(found)
            found = self._styles.get((family, found.parent or ""))
        return chain


def look_of(said: Attributes, link: str | None) -> Look:
    language, country = said.get("fo:language"), said.get("fo:country", "none")
    underlined = said.get("style:text-underline-style", "none") != "none" and link is None
    return Look(
        # Typewritten manuscripts underline what print sets in italics.
        italic=said.get("fo:font-style") in {"italic", "oblique"} or underlined,
        bold=said.get("fo:font-weight") in {"bold", "600", "700", "800", "900"},
        small_caps=said.get("fo:font-variant") == "small-caps",
        size=points(said.get("fo:font-size")),
        language=None if language in {None, "none"} else f"{language}-{country}".removesuffix("-none"),
        link=link,
    )


def is_hidden(said: Attributes) -> bool:
    return said.get("text:display") == "none"


def borders_of(said: Attributes) -> frozenset[str]:
    lines = {side: said.get(f"fo:border-{side}", said.get("fo:border", "none")) for side in _SIDES}
    return frozenset(side for side, line in lines.items() if "none" not in line and "hidden" not in line)


def points(text: str | None) -> float:
    """A length in points, 0 for none and for percentages."""
    match = _LENGTH.fullmatch(text or "")
    return float(match[1]) * _POINTS[match[2]] if match else 0


def _size(text: str, above: float) -> float:
    percent = re.fullmatch(r"(\d{1,4})%", text)
    return above * int(percent[1]) / 100 if percent else points(text)


def _inside(root: Element | None, group: str) -> list[Element]:
    found = child(root, group)
    return [] if found is None else list(found)


def _said(element: Element, kind: str) -> Attributes:
    properties = child(element, f"style:{kind}-properties")
    return {} if properties is None else properties.attrib
