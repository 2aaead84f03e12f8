"""Released issues, in their order of release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cliffhanger import keys
from cliffhanger.ports import Item, Table

NOTICE = "notice"
CLOSING = "closing"
"""Our own last letter of a series that is complete (publishing/farewell.py)."""


@dataclass(frozen=True, slots=True)
class Position:
    """`issue` and `sheet` are keys of Content. `chapter` is the chapter's id, and the last part of its page's URL.
    `source` is the issue as it was made, which `issue` was bound from (publishing/bound_issues.py).

    `slot` is the time that the rule gave it, `released_at` when it really went out (both ms). `kind` is the chapter's.
    `corrected_at` is when its text was last another one than before (ms), 0 if never.
    `recalled` is when the author last took it back (ms), 0 if never: since then readers pass it by without a record.
    `place` counts the parts of a chapter that is split. `goes_on`: the next part is to follow at once.
    """

    number: int
    chapter: str
    issue: str
    sheet: str
    label: str
    title: str
    released_at: int
    slot: int
    withdrawn: bool = False
    recalled: int = 0
    kind: str = "chapter"
    corrected_at: int = 0
    place: int = 1
    goes_on: bool = False
    source: str = ""

    @property
    def passes(self) -> bool:
        """What it says is for its day: who comes to it late, with later chapters before him, is spared it."""
        return self.kind in (NOTICE, CLOSING)

    def to_item(self) -> Item:
        return {
            "chapter": self.chapter,
            "issue": self.issue,
            "source": self.source or self.issue,
            "sheet": self.sheet,
            "label": self.label,
            "title": self.title,
            "released_at": self.released_at,
            "slot": self.slot,
            "withdrawn": self.withdrawn,
            "recalled": self.recalled,
            "kind": self.kind,
            "corrected_at": self.corrected_at,
            "place": self.place,
            "goes_on": self.goes_on,
        }

    @classmethod
    def from_item(cls, item: Item) -> Position:
        return cls(
            number=int(item["sk"].removeprefix("POSITION#")),
            chapter=item["chapter"],
            issue=item["issue"],
            source=item["source"] if "source" in item else item["issue"],
            sheet=item["sheet"],
            label=item["label"],
            title=item["title"],
            released_at=item["released_at"],
            slot=item["slot"],
            withdrawn=item["withdrawn"],
            recalled=item.get("recalled", 0),
            kind=item.get("kind", "chapter"),
            corrected_at=item.get("corrected_at", 0),
            place=item.get("place", 1),
            goes_on=item.get("goes_on", False),
        )


def find(table: Table, series: str, number: int) -> Position | None:
    item = table.get(keys.position(series, number))
    return Position.from_item(item) if item else None


def every_position(table: Table, series: str) -> Iterator[Position]:
    for item in table.query(keys.series_pk(series), prefix="POSITION#"):
        yield Position.from_item(item)


def chapters(table: Table, series: str, newest: int) -> list[int]:
    """The positions that a reader counts as chapters: what is out, but for what was withdrawn and what passes. A
    chapter in parts is one.
    """
    out = (position for position in every_position(table, series) if position.number <= newest)
    firsts = (position for position in out if position.place == 1)
    return [position.number for position in firsts if not position.withdrawn and not position.passes]


def before_newest(table: Table, series: str, newest: int) -> int:
    """The bookmark of a reader who begins with the newest chapter that was not withdrawn.

    What passes is no chapter: it comes to him after the one before it. Of a chapter in parts he gets the first.
    """
    for number in range(newest, 0, -1):
        position = find(table, series, number)
        if position and not position.withdrawn and not position.passes and position.place == 1:
            return number - 1
    return 0
