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
    """Waits for the author's word."""
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ChapterRecord:
    """`number` is the label's in thousandths (3.5 is 3500); absent for a chapter without one. Times are ms.

    `issue` and `page` are keys of Content. `position` is set once the chapter is out. `let_go`: the author was asked
    about it, and said that it may go together with many others.
    """

    id: str
    file: str
    stage: Stage
    kind: str
    label: str
    title: str
    issue: str
    page: str
    dropped_at: int
    ready_at: int
    number: int | None = None
    position: int | None = None
    let_go: bool = False

    @property
    def order(self) -> tuple[int, int, str]:
        """A prologue comes first, then the numbers, an epilogue last; the rest in the order of dropping."""
        if self.kind == "prologue":
            return (0, 0, self.file)
        if self.kind == "epilogue":
            return (2, 0, self.file)
        return (1, self.number if self.number is not None else self.dropped_at, self.file)

    @property
    def heading(self) -> str:
        return ": ".join(part for part in (self.label, self.title) if part) or self.file

    def to_item(self) -> Item:
        item: Item = {
            "file": self.file,
            "stage": self.stage.value,
            "kind": self.kind,
            "label": self.label,
            "title": self.title,
            "issue": self.issue,
            "page": self.page,
            "dropped_at": self.dropped_at,
            "ready_at": self.ready_at,
            "let_go": self.let_go,
        }
        if self.number is not None:
            item["number"] = self.number
        if self.position is not None:
            item["position"] = self.position
        return item

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
            page=item["page"],
            dropped_at=item["dropped_at"],
            ready_at=item["ready_at"],
            number=item.get("number"),
            position=item.get("position"),
            let_go=item["let_go"],
        )


def find(table: Table, series: str, chapter_id: str) -> ChapterRecord | None:
    item = table.get(keys.chapter(series, chapter_id))
    return ChapterRecord.from_item(item) if item else None


def every_chapter(table: Table, series: str) -> Iterator[ChapterRecord]:
    for item in table.query(keys.series_pk(series), prefix="CHAPTER#"):
        yield ChapterRecord.from_item(item)
