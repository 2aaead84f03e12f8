"""When each waiting chapter goes out: a pure function of what the store holds, the same each time it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cliffhanger.clock import as_datetime, as_milliseconds
from cliffhanger.publishing.chapters import ChapterRecord, Stage
from cliffhanger.series import Immediately, Rule, Weekly

MOST_AT_ONCE = 3
"""More chapters than this due together wait for the author's word."""


def plan(chapters: Iterable[ChapterRecord], rule: Rule, *, last_slot: int) -> list[tuple[ChapterRecord, int]]:
    """The planned chapters in the order of the story, each with its time (ms).

    `last_slot` is the slot of the last chapter that went out. No chapter overtakes an earlier one, so chapter 3,
    dropped before chapter 1, waits until chapter 1 is ready too.
    """
    waiting = sorted((chapter for chapter in chapters if chapter.stage is Stage.PLANNED), key=lambda c: c.order)
    timed: list[tuple[ChapterRecord, int]] = []
    ready = taken = last_slot
    for chapter in waiting:
        ready = max(ready, chapter.ready_at)
        match rule:
            case Immediately():
                due = ready
            case Weekly():
                due = taken = next_slot(rule, after=max(taken, ready - 1))
        timed.append((chapter, due))
    return timed


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
