"""Word's automatic numbers: they stand in no paragraph, so they are counted here as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cliffhanger.manuscripts.docx_properties import Properties, number_of
from cliffhanger.manuscripts.office_numbers import shown
from cliffhanger.manuscripts.office_passages import Item
from cliffhanger.manuscripts.office_xml import child, children

_STYLES = {"lowerRoman": "i", "upperRoman": "I", "lowerLetter": "a", "upperLetter": "A"}
_PLACE = re.compile(r"%(\d)")
_MAX_LEVEL = 8


@dataclass(frozen=True, slots=True)
class _Level:
    format: str = "bullet"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class _Sequence:
    """One numbering with its counters. `starts` are the numbers at which a level begins, where overridden."""

    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)

    def item(self, level: int) -> Item | None:
        known = self.levels.get(level, _Level())
        if known.format == "none":
            return None
        start = self.starts.get(level, known.start)
        self.counters[level] = self.counters[level] + 1 if level in self.counters else start
        for deeper in [other for other in self.counters if other > level]:
            del self.counters[deeper]
        ordered = known.format != "bullet"
        return Item(level, ordered, self._label(known) if ordered else "")

    def _label(self, level: _Level) -> str:
        return _PLACE.sub(lambda place: self._shown(int(place[1]) - 1), level.text)

    def _shown(self, at: int) -> str:
        level = self.levels.get(at, _Level())
        number = self.counters.get(at, self.starts.get(at, level.start))
        return shown(number, _STYLES.get(level.format, ""))


class Numbering:
    """`numbering.xml`. Numberings that share their abstract one share its counters."""

    def __init__(self, root: Element | None) -> None:
        self._sequences: dict[str, _Sequence] = {}
        abstract = {each.get("w:abstractNumId"): _Sequence(_levels(each)) for each in children(root, "w:abstractNum")}
        for element in children(root, "w:num"):
            link = child(element, "w:abstractNumId")
            shared = abstract.get(link.get("w:val") if link is not None else None)
            if shared is not None:
                starts = _overrides(element)
                own = _Sequence(shared.levels, starts) if starts else shared
                self._sequences[element.get("w:numId", "")] = own

    def item(self, paragraph: Properties) -> Item | None:
        """The list item that a paragraph is, counted; None if it is none."""
        key = str(paragraph.get("numId", "0"))
        if key in {"0", ""}:
            return None
        level = min(int(number_of(str(paragraph.get("ilvl", "0")))), _MAX_LEVEL)
        sequence = self._sequences.get(key)
        return sequence.item(level) if sequence else Item(level)


def _levels(element: Element) -> dict[int, _Level]:
    return {int(number_of(level.get("w:ilvl"))): _level(level) for level in children(element, "w:lvl")}


def _level(element: Element) -> _Level:
    said = {each.tag: each.get("w:val", "") for each in element}
    return _Level(said.get("w:numFmt", "decimal"), said.get("w:lvlText", ""), int(number_of(said.get("w:start", "1"))))


def _overrides(element: Element) -> dict[int, int]:
    found = {}
    for override in children(element, "w:lvlOverride"):
        start = child(override, "w:startOverride")
        if start is not None:
            found[int(number_of(override.get("w:ilvl")))] = int(number_of(start.get("w:val")))
    return found
