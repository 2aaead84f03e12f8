"""A release raises `newest`: the walks see the rest to its readers. Before that the archive shows the chapter, for the
mails link to it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from cliffhanger import keys, positions
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import HOUR
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import ABSENT, Item, Table
from cliffhanger.positions import Position
from cliffhanger.publishing import chapters
from cliffhanger.publishing.chapters import ChapterRecord, Held, Stage
from cliffhanger.publishing.plan import MOST_AT_ONCE, in_order, missing_before, plan
from cliffhanger.series import Status

Show = Callable[[str, int], None]
"""Shows a position of a series to the world (archive.release). Safe to repeat."""


def release_due(table: Table, shelf: Shelf, now: int, *, show: Show) -> list[ChapterRecord]:
    """Release the chapters whose time has come, in the order of the story; a crash in between is finished first.

    Returns the chapters that are too many at once, now or since an earlier minute: the author must say.
    """
    series = shelf.series.slug
    newest = _finish(table, series, shelf.newest, show)
    if shelf.series.status is Status.HIATUS:
        return []
    planned = plan(chapters.every_chapter(table, series), shelf.series.rule, last_slot=shelf.last_slot)
    due = _today([(chapter, slot) for chapter, slot in planned if slot <= now])
    unasked = [chapter for chapter, _ in due if not chapter.let_go]
    if len({chapter.whole for chapter in unasked}) > MOST_AT_ONCE:
        for chapter in unasked:
            _hold(table, series, chapter)
    else:
        for number, (chapter, slot) in enumerate(due, start=newest + 1):
            if not _release(table, series, _position(chapter, number, slot, now), show):
                break  # another tick is at it; the next minute sees how far it came
    every = in_order(chapters.every_chapter(table, series))
    held = [chapter for chapter in every if chapter.stage is Stage.HELD and chapter.held is Held.MANY]
    return [chapter for chapter in held if chapter.place == 1]


def _today(due: list[tuple[ChapterRecord, int]]) -> list[tuple[ChapterRecord, int]]:
    """After a hiatus several parts may be due that are to come a day apart: then only the first is."""
    begun: set[str] = set()
    for at, (chapter, _) in enumerate(due):
        if chapter.portion and chapter.portion.wait and chapter.whole in begun:
            return due[:at]
        begun.add(chapter.whole)
    return due


def waiting_for_a_word(table: Table, series: str) -> list[ChapterRecord]:
    """What only the author can let go: held chapters, and those that another is missing before."""
    every = in_order(chapters.every_chapter(table, series))
    return [
        chapter
        for chapter in every
        if chapter.stage is Stage.HELD
        or (chapter.stage is Stage.PLANNED and missing_before(chapter, every) is not None)
    ]


def let_go(table: Table, series: str, now: int) -> None:
    """The author's word: what waits for it goes out, in the order of the story, as the rule has slots."""
    for chapter in waiting_for_a_word(table, series):
        with suppress(ConditionFailed):  # taken back this moment
            table.update(
                keys.chapter(series, chapter.id),
                set={"stage": Stage.PLANNED.value, "ready_at": now, "let_go": True},
                remove=("held",),
                when={"stage": chapter.stage.value},
            )


def _position(chapter: ChapterRecord, number: int, slot: int, now: int) -> Position:
    return Position(
        number=number,
        chapter=chapter.id,
        issue=chapter.issue,
        sheet=chapter.sheet,
        label=chapter.label,
        title=chapter.title,
        released_at=now,
        slot=slot,
        kind=chapter.kind,
        place=chapter.place,
        goes_on=chapter.portion is not None and chapter.portion.goes_on and chapter.portion.wait == 0,
    )


def _release(table: Table, series: str, position: Position, show: Show) -> bool:
    """Steps: the position (only one chapter can have it), the chapter, the archive, `newest`. `_finish` does what a
    crash left."""
    try:
        table.put(keys.position(series, position.number), position.to_item(), when={"pk": ABSENT})
    except ConditionFailed:
        return False
    _finish(table, series, position.number - 1, show)
    return True


def _finish(table: Table, series: str, newest: int, show: Show) -> int:
    """Carry a begun release to its end. Returns `newest` as it is then."""
    position = positions.find(table, series, newest + 1)
    if not position:
        return newest
    try:
        item = table.update(
            keys.chapter(series, position.chapter),
            set={"stage": Stage.RELEASED.value, "position": position.number, "out_at": _out_at(position)},
            when={"stage": Stage.PLANNED.value},
        )
    except ConditionFailed:
        _withdraw_unless_released(table, series, position)
    else:
        _show_newest(table, series, position, item)
    _replace(table, series, position)
    show(series, position.number)
    with suppress(ConditionFailed):  # another tick raised it
        table.update(
            keys.series_meta(series),
            set={"newest": position.number, "last_slot": position.slot},
            when={"newest": newest} if newest else {"newest": ABSENT},
        )
    return _finish(table, series, position.number, show)


def _out_at(position: Position) -> int:
    """From when the next part is counted: a late minute moves no slot, but what was held for days does."""
    return position.slot if position.released_at - position.slot < HOUR else position.released_at


def _show_newest(table: Table, series: str, position: Position, item: Item) -> None:
    """A correction may have come since the position was written, or come just now: the chapter's word is the newer."""
    shown = {name: item[name] for name in ("issue", "sheet", "label", "title", "kind")}
    table.update(keys.position(series, position.number), set={**shown, "source": item["issue"]})
    now = table.get(keys.chapter(series, position.chapter))
    if now and now["issue"] != item["issue"]:
        _show_newest(table, series, position, now)


def _replace(table: Table, series: str, position: Position) -> None:
    """A chapter that is sent again leaves its old position: readers who come to it late get it once."""
    chapter = chapters.find(table, series, position.chapter)
    if chapter and chapter.position == position.number and chapter.replaces:
        table.update(keys.position(series, chapter.replaces), set={"withdrawn": True})
        table.update(keys.chapter(series, chapter.id), remove=("replaces",))


def _withdraw_unless_released(table: Table, series: str, position: Position) -> None:
    """The author took the file back between our two writes: the position stays empty, and everybody skips it."""
    chapter = chapters.find(table, series, position.chapter)
    if not chapter or chapter.position != position.number:
        table.update(keys.position(series, position.number), set={"withdrawn": True})


def _hold(table: Table, series: str, chapter: ChapterRecord) -> None:
    with suppress(ConditionFailed):  # taken back, let go, or out
        table.update(
            keys.chapter(series, chapter.id),
            set={"stage": Stage.HELD.value, "held": Held.MANY.value},
            when={"stage": Stage.PLANNED.value, "let_go": False},
        )
