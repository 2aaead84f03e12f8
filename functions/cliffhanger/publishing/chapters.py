"""Chapters and the files they came from, as the store holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cliffhanger import keys
from cliffhanger.ports import Item, Table
from cliffhanger.rendering.keeping import Mark


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
class Portion:
    """Which part of a chapter this is, counted from 1. `whole` is the id of the first part, and of the chapter.

    `wait` is the time from each part to the next (ms). `mark` remembers where it ends; the last has none.
    """

    whole: str
    number: int
    total: int
    wait: int = 0
    mark: Mark | None = None

    @property
    def goes_on(self) -> bool:
        return self.number < self.total

    def to_item(self) -> Item:
        item = {"whole": self.whole, "number": self.number, "total": self.total, "wait": self.wait}
        return item | ({"mark": self.mark.to_item()} if self.mark else {})

    @classmethod
    def from_item(cls, item: Item) -> Portion:
        mark = Mark(**item["mark"]) if "mark" in item else None
        return cls(item["whole"], item["number"], item["total"], item["wait"], mark)


@dataclass(frozen=True, slots=True)
class ChapterRecord:
    """`number` is the label's in thousandths (3.5 is 3500); absent for a chapter without one. Times are ms.

    `issue` and `sheet` are keys of Content. `position` is set once the chapter is out. `let_go`: the author was asked
    about it, and said that it may go. `replaces` is the position that a chapter sent again takes the place of.
    `out_at` is when it went out, by its slot if that was kept.
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
    portion: Portion | None = None
    out_at: int | None = None

    @property
    def whole(self) -> str:
        """The id of the chapter that this is, or is a part of."""
        return self.portion.whole if self.portion else self.id

    @property
    def place(self) -> int:
        """1 for a whole chapter, as for the first part of one."""
        return self.portion.number if self.portion else 1

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
            portion=Portion.from_item(item["portion"]) if "portion" in item else None,
            out_at=item.get("out_at"),
        )


def find(table: Table, series: str, chapter_id: str) -> ChapterRecord | None:
    item = table.get(keys.chapter(series, chapter_id))
    return ChapterRecord.from_item(item) if item else None


def every_chapter(table: Table, series: str) -> Iterator[ChapterRecord]:
    for item in table.query(keys.series_pk(series), prefix="CHAPTER#"):
        yield ChapterRecord.from_item(item)


def parts_of(table: Table, series: str, chapter_id: str) -> list[ChapterRecord]:
    """The chapter and its further parts, in their order, those of an earlier split among them."""
    found = (chapter for chapter in every_chapter(table, series) if chapter.whole == chapter_id)
    return sorted(found, key=lambda chapter: chapter.place)
