"""A release raises `newest`, and does nothing else: the walks see the rest to its readers."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from cliffhanger import keys, positions
from cliffhanger.catalogue import Shelf
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import ABSENT, Table
from cliffhanger.positions import Position
from cliffhanger.publishing import chapters
from cliffhanger.publishing.chapters import ChapterRecord, Stage
from cliffhanger.publishing.plan import MOST_AT_ONCE, plan
from cliffhanger.series import Status


@dataclass(frozen=True, slots=True)
class Released:
    """What one tick did for a series. `waiting` are too many at once: the author must say."""

    chapters: tuple[ChapterRecord, ...] = ()
    waiting: tuple[ChapterRecord, ...] = ()


def release_due(table: Table, shelf: Shelf, now: int) -> Released:
    """Release the chapters whose time has come, in the order of the story; a crash in between is finished first."""
    series = shelf.series.slug
    newest = _finish(table, series, shelf.newest)
    if shelf.series.status is Status.HIATUS:
        return Released()
    waiting = plan(chapters.every_chapter(table, series), shelf.series.rule, last_slot=shelf.last_slot)
    due = [(chapter, slot) for chapter, slot in waiting if slot <= now]
    if sum(not chapter.let_go for chapter, _ in due) > MOST_AT_ONCE:
        return Released(waiting=tuple(_hold(table, series, chapter) for chapter, _ in due))
    for number, (chapter, slot) in enumerate(due, start=newest + 1):
        if not _release(table, series, chapter, number, slot, now):
            break  # another tick is at it; the next minute sees how far it came
    return Released(chapters=tuple(chapter for chapter, _ in due))


def let_go(table: Table, series: str, now: int) -> int:
    """The author's word: what is held goes out now, in the order of the story. Returns how many were held."""
    held = [chapter for chapter in chapters.every_chapter(table, series) if chapter.stage is Stage.HELD]
    for chapter in held:
        try:
            table.update(
                keys.chapter(series, chapter.id),
                set={"stage": Stage.PLANNED.value, "ready_at": now, "let_go": True},
                when={"stage": Stage.HELD.value},
            )
        except ConditionFailed:
            continue
    return len(held)


def _release(table: Table, series: str, chapter: ChapterRecord, number: int, slot: int, now: int) -> bool:
    """Steps: the position (only one chapter can have it), the chapter, `newest`. `_finish` does what a crash left."""
    position = Position(number, chapter.id, chapter.issue, chapter.page, chapter.label, chapter.title, now, slot)
    try:
        table.put(keys.position(series, number), position.to_item(), when={"pk": ABSENT})
    except ConditionFailed:
        return False
    _finish(table, series, number - 1)
    return True


def _finish(table: Table, series: str, newest: int) -> int:
    """Carry a begun release to its end. Returns `newest` as it is then."""
    position = positions.find(table, series, newest + 1)
    if not position:
        return newest
    try:
        item = table.update(
            keys.chapter(series, position.chapter),
            set={"stage": Stage.RELEASED.value, "position": position.number},
            when={"stage": Stage.PLANNED.value},
        )
    except ConditionFailed:
        _withdraw_unless_released(table, series, position)
    else:
        # A correction may have come since the position was written: the chapter's word is the newer one.
        shown = {name: item[name] for name in ("issue", "page", "label", "title")}
        table.update(keys.position(series, position.number), set=shown)
    with suppress(ConditionFailed):  # another tick raised it
        table.update(
            keys.series_meta(series),
            set={"newest": position.number, "last_slot": position.slot},
            when={"newest": newest} if newest else {"newest": ABSENT},
        )
    return _finish(table, series, position.number)


def _withdraw_unless_released(table: Table, series: str, position: Position) -> None:
    """The author took the file back between our two writes: the position stays empty, and everybody skips it."""
    chapter = chapters.find(table, series, position.chapter)
    if not chapter or chapter.position != position.number:
        table.update(keys.position(series, position.number), set={"withdrawn": True})


def _hold(table: Table, series: str, chapter: ChapterRecord) -> ChapterRecord:
    with suppress(ConditionFailed):  # taken back, or out
        table.update(
            keys.chapter(series, chapter.id), set={"stage": Stage.HELD.value}, when={"stage": Stage.PLANNED.value}
        )
    return chapter
