"""OpenDocument's lists: where a paragraph stands in them, and the number that it shows."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cliffhanger.manuscripts.office_numbers import shown
from cliffhanger.manuscripts.office_passages import Item


@dataclass(slots=True)
class Place:
    """An open list: its level from 0, its style's element for that level, and the item that is being read."""

    level: int
    style: str
    look: Element | None
    number: int
    state: str = ""

    @property
    def ordered(self) -> bool:
        return self.look is not None and self.look.tag == "text:list-level-style-number" and bool(self._format())

    def begin(self, item: Element) -> None:
        """The next element of the list. A header has no number and begins no item."""
        self.state = "begins" if item.tag == "text:list-item" else "header"
        following = self.number + (self.state == "begins")
        self.number = _number(item.get("text:start-value", ""), following)

    def take(self) -> Item | None:
        """The place of the next paragraph; only the first of an item begins it."""
        if self.state == "header":
            return None
        begins, self.state = self.state == "begins", "goes on"
        return Item(self.level, self.ordered, self._label() if self.ordered else "", begins)

    def _format(self) -> str:
        return self.look.get("style:num-format", "") if self.look is not None else ""

    def _label(self) -> str:
        said = self.look.attrib if self.look is not None else {}
        return said.get("style:num-prefix", "") + shown(self.number, self._format()) + said.get("style:num-suffix", "")


def open_list(element: Element, outer: Place | None, styles: dict[str, Element]) -> Place:
    """A `text:list`, before its first item. An inner list has the style of the one around it."""
    level = outer.level + 1 if outer else 0
    style = element.get("text:style-name") or (outer.style if outer else "")
    levels = styles.get(style)
    look = next(
        (each for each in (levels if levels is not None else ()) if each.get("text:level") == str(level + 1)), None
    )
    start = look.get("text:start-value", "1") if look is not None else "1"
    return Place(level, style, look, _number(start, 1) - 1)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else otherwise
