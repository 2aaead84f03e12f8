"""The last letter of a series that is complete: written by us, and released after its last chapter like a chapter.

So everybody gets it once, after all that came before, whether live or months later; then there is silence. Should the
story go on after all, who comes to it late is spared it (`Position.passes`).
"""

from __future__ import annotations

from cliffhanger import catalogue, keys, positions
from cliffhanger.publishing import chapters, making, writing
from cliffhanger.publishing.chapters import ChapterRecord, Stage
from cliffhanger.publishing.desk import Desk
from cliffhanger.rendering.farewell import farewell
from cliffhanger.series import Series, Status


def plan(desk: Desk, slug: str) -> None:
    """Write the farewell where one is to come, take back one that is not out where the story goes on after all."""
    shelf = catalogue.find(desk.table, slug)
    every = list(chapters.every_chapter(desk.table, slug))
    waiting = [chapter for chapter in every if chapter.stage in (Stage.PLANNED, Stage.HELD)]
    planned = [chapter for chapter in waiting if chapter.kind == positions.CLOSING]
    if not shelf or shelf.series.status is not Status.COMPLETE:
        for chapter in planned:
            writing.withdraw(desk.table, slug, chapter.id)
    elif not planned and (waiting or _has_more_to_say(every)):
        _write(desk, shelf.series, number=1 + sum(chapter.kind == positions.CLOSING for chapter in every))


def _has_more_to_say(every: list[ChapterRecord]) -> bool:
    """Whether the last that went out was a chapter."""
    out = [chapter for chapter in every if chapter.stage is Stage.RELEASED]
    return bool(out) and max(out, key=lambda chapter: chapter.position or 0).kind != positions.CLOSING


def _write(desk: Desk, series: Series, number: int) -> None:
    chapter_id = f"{positions.CLOSING}-{number}"
    words = farewell(series, book_url=desk.book_url(series.slug), series_url=desk.series_url(series.slug))
    made = making.make(desk, series, "", words, chapter_id)
    desk.table.update(
        keys.chapter(series.slug, chapter_id),
        set={
            **made,
            "kind": positions.CLOSING,
            "stage": Stage.PLANNED.value,
            "let_go": True,
            "dropped_at": desk.clock(),
            "ready_at": desk.clock() + desk.settings.grace,
        },
    )
