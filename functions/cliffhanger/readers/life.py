"""What a reader may change of his own life with a series: pace, pause, place, the next chapter now, leaving.

Each is one conditional write on the subscription, and may be asked for twice. A letter that is under way is not
disturbed, and its position is decided, except where the reader moves his place: that raises the epoch. What changes
when letters come raises `choices`, so that whoever decides the letter under way works out the next one's time anew
(delivery/ledger.py). Each returns whether anything changed. `now` is in ms, `day` the length of a reader's day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from cliffhanger import catalogue, keys, positions
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import DAY
from cliffhanger.errors import ConditionFailed, Refusal
from cliffhanger.pace import LIVE, Pace, catching_up
from cliffhanger.ports import Below, Item, Table, When
from cliffhanger.readers import changing
from cliffhanger.readers.changing import QUIET, Change, change_if_same, due, go_on, paused
from cliffhanger.readers.leaving import end
from cliffhanger.subscription import FOLLOWING, MOST_IN_A_BUNDLE, TOO_MANY_SOFT_BOUNCES, State, Subscription

COUNT = ("soft_bounces", "soft_bounced")
PAUSE = ("paused_until", *COUNT)
LEFT = ("left_at", "left_reason", "left_paused")
LONGEST_REASON = 500
LONGEST_PAUSE = 2 * 365 * DAY
"""For longer, a reader pauses without an end."""

find, is_level = changing.find, changing.is_level


def places(table: Table, reader: str) -> list[tuple[Shelf, Subscription]]:
    """Every series that the reader ever followed, by its slug, with his place in it."""
    return [
        (shelf, found)
        for series in _every_series(table, reader)
        if (shelf := catalogue.find(table, series)) and (found := find(table, series, reader))
    ]


def set_pace(table: Table, series: str, reader: str, pace: Pace, *, bundle: int, now: int, day: int = DAY) -> bool:
    """Who is level stays live, whatever his pace. LIVE for somebody who is behind is a chapter a day until he is level.

    `bundle` is brought between 1 and MOST_IN_A_BUNDLE.
    """
    size = min(max(bundle, 1), MOST_IN_A_BUNDLE)

    def change(found: Subscription) -> Change | None:
        if found.state not in FOLLOWING or (found.pace, found.bundle) == (pace, size):
            return None
        wanted = {"pace": pace.to_item(), "bundle": size}
        if found.state is State.PAUSED or found.is_live or found.owed or found.asked_at:
            return wanted, ()
        changes, remove = go_on(table, found, pace, now, day)
        return wanted | changes, remove

    return change_if_same(table, series, reader, change)


def pause(table: Table, series: str, reader: str, *, until: int | None, now: int) -> bool:
    """Nothing is sent until he resumes, or until a time (ms). A pause that stands gets the new end.

    Refusal where the end is more than LONGEST_PAUSE away.
    """
    if until is not None and until <= now:
        return False
    if until is not None and until > now + LONGEST_PAUSE:
        raise Refusal("A pause with an end lasts two years at most.")

    def change(found: Subscription) -> Change | None:
        if found.state not in FOLLOWING or (found.state is State.PAUSED and found.paused_until == until):
            return None
        return paused(reader, until)

    return change_if_same(table, series, reader, change)


def resume(table: Table, series: str, reader: str, *, to_newest: bool, now: int, day: int = DAY) -> bool:
    """Go on after a pause, at the bookmark and the pace of before; or with the newest chapter, now."""
    changed = _resume(table, series, reader, lambda _: True, now, day)
    return (to_newest and skip_to_newest(table, series, reader, now)) or changed


def wake(table: Table, paused: Subscription, *, now: int, day: int) -> None:
    """The end of a pause has come, if it is still the one that was seen."""
    _resume(table, paused.series, paused.reader, lambda found: found.paused_until == paused.paused_until, now, day)


def note_soft_bounce(table: Table, found: Subscription, *, start: int, to: int) -> None:
    """A letter of the positions `start` to `to` came back for now; so many running, and the reader is paused.

    Told again, or late, it counts once. A letter between that did not come back lets the count begin anew.
    """
    running = found.soft_bounces + 1 if found.soft_bounced == start - 1 else 1
    count: Item = {"soft_bounces": running, "soft_bounced": to}
    when: When = {"epoch": found.epoch, "state": State.ACTIVE.value, "soft_bounced": Below(to)}
    with suppress(ConditionFailed):
        if running < TOO_MANY_SOFT_BOUNCES:
            table.update(found.key, set=count, when=when)
        else:
            pause_ = {"state": State.PAUSED.value}
            table.update(found.key, set=count | pause_, remove=(*QUIET, "asked_at"), add={"choices": 1}, when=when)


def move_to(table: Table, series: str, reader: str, position: int, now: int) -> bool:
    """The next letter is this position: 1 to start again, 13 for who has read chapter 12, one past the newest for all.

    A letter that is under way or owed is of the place that he has left. It comes at once to a live reader, else when
    his next one would have come.
    """
    shelf = catalogue.find(table, series)
    if not shelf or not 1 <= position <= shelf.newest + 1:
        return False

    def change(found: Subscription) -> Change | None:
        if found.state not in FOLLOWING or (found.bookmark == position - 1 and not found.owed):
            return None
        moved: Item = {"bookmark": position - 1, "first": position, "moved_at": now}
        if found.state is State.ACTIVE and (found.is_live or found.pace == LIVE):
            moved |= {"pace": catching_up(found.pace, now).to_item(), **due(reader, now)}
        return moved, ("claim", "owed", *COUNT)

    return change_if_same(table, series, reader, change, moves=True)


def skip_to_newest(table: Table, series: str, reader: str, now: int) -> bool:
    """The newest chapter is the next, and it comes now; then he is live, unless he likes to ask."""
    shelf = catalogue.find(table, series)
    if not shelf:
        return False
    bookmark = positions.before_newest(table, series, shelf.newest)

    def change(found: Subscription) -> Change | None:
        if found.state is not State.ACTIVE or found.bookmark >= bookmark:
            return None
        moved = {"bookmark": bookmark, "first": bookmark + 1, "moved_at": now, "asked_at": now, **due(reader, now)}
        return moved, ("claim", "owed", *COUNT)

    return change_if_same(table, series, reader, change, moves=True)


def next_now(table: Table, series: str, reader: str, now: int) -> bool:
    """The next chapter comes at once; the one after it at his pace again. Of use to who is behind."""

    def change(found: Subscription) -> Change | None:
        is_coming = found.asked_at is not None and found.due_at is not None and found.due_at <= now
        if found.state is not State.ACTIVE or found.is_live or is_coming:
            return None
        return {"asked_at": now, **due(reader, now)}, ()

    return change_if_same(table, series, reader, change)


def leave(table: Table, series: str, reader: str, *, reason: str | None = None, now: int) -> bool:
    """Leave one series, at once, for queued letters too. Again, it adds a reason if one is given now."""
    said = {"left_reason": reason.strip()[:LONGEST_REASON]} if reason and reason.strip() else {}
    if end(table, series, reader, State.LEFT, {"left_at": now, **said}, of=FOLLOWING):
        return True
    if said:
        with suppress(ConditionFailed):  # he has come back
            table.update(keys.subscription(series, reader), set=said, when={"state": State.LEFT.value})
    return False


def leave_all(table: Table, reader: str, now: int) -> bool:
    left = [leave(table, series, reader, now=now) for series in _every_series(table, reader)]
    return any(left)


def undo_leave(table: Table, series: str, reader: str, now: int, *, day: int = DAY) -> bool:
    """Back to where he was, and to a pause that lasts, if only his leaving stopped the mail. Doubt remains doubt."""

    def change(found: Subscription) -> Change | None:
        if found.state is not State.LEFT:
            return None
        pause = found.left_paused
        if pause is not None and pause.get("paused_until", now + 1) > now:
            changes, remove = paused(reader, pause.get("paused_until"))
            return changes, (*remove, *LEFT)
        changes, remove = go_on(table, found, found.pace, now, day)
        return {"state": State.ACTIVE.value, "moved_at": now, **changes}, (*remove, *PAUSE, *LEFT)

    return change_if_same(table, series, reader, change)


def _resume(table: Table, series: str, reader: str, may: Callable[[Subscription], bool], now: int, day: int) -> bool:
    def change(found: Subscription) -> Change | None:
        if found.state is not State.PAUSED or not may(found):
            return None
        changes, remove = go_on(table, found, found.pace, now, day)
        return {"state": State.ACTIVE.value, "moved_at": now, **changes}, (*remove, *PAUSE)

    return change_if_same(table, series, reader, change)


def _every_series(table: Table, reader: str) -> Iterator[str]:
    return iter(sorted((table.get(keys.profile(reader)) or {}).get("series", ())))
