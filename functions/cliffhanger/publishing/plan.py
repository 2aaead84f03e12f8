"""When each waiting chapter goes out: a pure function of what the store holds, the same each time it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cliffhanger.clock import as_datetime, as_milliseconds
from cliffhanger.manuscripts.model import Kind
from cliffhanger.positions import CLOSING
from cliffhanger.publishing.chapters import ChapterRecord, Held, Stage
from cliffhanger.series import Immediately, Rule, Weekly

MOST_AT_ONCE = 3
"""More chapters than this due together wait for the author's word."""

THOUSAND = 1_000
FIRST = 1 * THOUSAND
_RANK = {Kind.PROLOGUE.value: 0, Kind.EPILOGUE.value: 2, CLOSING: 3}


def plan(chapters: Iterable[ChapterRecord], rule: Rule, *, last_slot: int) -> list[tuple[ChapterRecord, int]]:
    """The planned chapters in the order of the story, each with its time (ms).

    `last_slot` is the slot of the last chapter that went out. No chapter overtakes an earlier one, so chapter 3,
    dropped before chapter 1, waits until chapter 1 is ready too. The list ends where a
    chapter is missing, or waits for the author with others. The parts of a chapter share the slot of the first, or
    follow it a day apart, and no other chapter comes between them.
    """
    every = in_order(chapters)
    timed: list[tuple[ChapterRecord, int]] = []
    ready = taken = last_slot
    out: dict[tuple[str, int], int] = {}
    for chapter in every:
        if chapter.held is Held.MANY and chapter.stage is Stage.HELD:
            break
        if chapter.stage is Stage.RELEASED:
            out[chapter.whole, chapter.place] = chapter.out_at or 0
        if chapter.stage is not Stage.PLANNED:
            continue
        before = out.get((chapter.whole, chapter.place - 1))
        if missing_before(chapter, every) is not None or (chapter.place > 1 and before is None):
            break
        ready = max(ready, chapter.ready_at)
        match rule:
            case _ if chapter.portion and before is not None:
                due = ready = taken = max(ready, taken, before + chapter.portion.wait)  # of the slot of the first
            case Immediately():
                due = ready
            case Weekly() if chapter.kind == CLOSING:
                due = max(ready, taken)  # with the last chapter: it takes no slot
            case Weekly():
                due = taken = next_slot(rule, after=max(taken, ready - 1))
        out[chapter.whole, chapter.place] = due
        timed.append((chapter, due))
    return timed


def in_order(chapters: Iterable[ChapterRecord]) -> list[ChapterRecord]:
    """The order of the story: a prologue first, then parts and numbers, an epilogue last.

    A chapter without a number (an interlude, a notice) follows the highest number that was there when it came.
    """
    every = list(chapters)
    by_id = {chapter.id: chapter for chapter in every}

    def place(chapter: ChapterRecord) -> tuple[int | str, ...]:
        whole = by_id.get(chapter.whole, chapter)
        return (_RANK.get(whole.kind, 1), *_place(whole, every), whole.id, chapter.place)

    return sorted(every, key=place)


def missing_before(chapter: ChapterRecord, every: Iterable[ChapterRecord]) -> int | None:
    """The number of the chapter that should come before this one and is not here; None if nothing is missing."""
    if chapter.kind != Kind.CHAPTER or chapter.number is None or chapter.number < FIRST + 1 or chapter.let_go:
        return None
    before = -(-chapter.number // THOUSAND) - 1
    here = (other.number for other in every if other.stage is not Stage.WITHDRAWN and other.number is not None)
    return None if any(before * THOUSAND <= number < chapter.number for number in here) else before


def _place(chapter: ChapterRecord, every: list[ChapterRecord]) -> tuple[int, int, int, str]:
    if chapter.number is not None:
        return (chapter.part or 0, chapter.number, 0, chapter.file)
    earlier = [
        (other.part or 0, other.number)
        for other in every
        if other.number is not None and other.dropped_at <= chapter.dropped_at
    ]
    return (*max(earlier, default=(0, 0)), chapter.dropped_at, chapter.file)


def next_slot(rule: Weekly, *, after: int) -> int:
    """The first slot later than `after` (ms)."""
    return next(slot for slot in _slots(rule, after) if slot > after)


def _slots(rule: Weekly, after: int) -> Iterator[int]:
    zone = ZoneInfo(rule.zone)
    day = as_datetime(after).astimezone(zone).date() - timedelta(days=1)
    while True:
        if day.weekday() in rule.weekdays:
            # A time that a change of clocks leaves out falls into the hour after it (PEP 495: fold 0).
            yield as_milliseconds(datetime.combine(day, rule.at, zone))
        day += timedelta(days=1)
