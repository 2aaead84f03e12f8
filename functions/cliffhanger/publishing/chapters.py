"""Chapters and the files they came from, as the store holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cliffhanger import keys
from cliffhanger.ports import Item, Table


class Stage(StrEnum):
    PLANNED = "planned"
    """Goes out by the series' rule."""
    HELD = "held"
    """Waits for the author's word; `held` says why."""
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Held(StrEnum):
    """Why a chapter waits for the author's word."""

    MANY = "many"
    """Too many would go out together."""
    DOUBLE = "double"
    """Another file stands at the same place in the story."""
    NOTICE = "notice"
    """It holds notes and no story."""


@dataclass(frozen=True, slots=True)
class ChapterRecord:
    """`number` is the label's in thousandths (3.5 is 3500); absent for a chapter without one. Times are ms.

    `issue` and `sheet` are keys of Content. `position` is set once the chapter is out. `let_go`: the author was asked
    about it, and said that it may go. `replaces` is the position that a chapter sent again takes the place of.
    """

    id: str
    file: str
    stage: Stage
    kind: str
    label: str
    title: str
    issue: str
    sheet: str
    dropped_at: int
    ready_at: int
    number: int | None = None
    position: int | None = None
    part: int | None = None
    let_go: bool = False
    held: Held | None = None
    replaces: int | None = None

    @property
    def heading(self) -> str:
        return ": ".join(part for part in (self.label, self.title) if part) or self.file

    @classmethod
    def from_item(cls, item: Item) -> ChapterRecord:
        return cls(
            id=item["sk"].removeprefix("CHAPTER#"),
            file=item["file"],
            stage=Stage(item["stage"]),
            kind=item["kind"],
            label=item["label"],
            title=item["title"],
            issue=item["issue"],
            sheet=item["sheet"],
            dropped_at=item["dropped_at"],
            ready_at=item["ready_at"],
            number=item.get("number"),
            position=item.get("position"),
            part=item.get("part"),
            let_go=item["let_go"],
            held=Held(item["held"]) if "held" in item else None,
            replaces=item.get("replaces"),
        )


def find(table: Table, series: str, chapter_id: str) -> ChapterRecord | None:
    item = table.get(keys.chapter(series, chapter_id))
    return ChapterRecord.from_item(item) if item else None


def every_chapter(table: Table, series: str) -> Iterator[ChapterRecord]:
    for item in table.query(keys.series_pk(series), prefix="CHAPTER#"):
        yield ChapterRecord.from_item(item)
