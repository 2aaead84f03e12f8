"""One change of a subscription by its reader: read, decided, and written if nothing has moved meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from cliffhanger import catalogue, keys
from cliffhanger.errors import ConditionFailed
from cliffhanger.pace import LIVE, Pace, catching_up, first_time
from cliffhanger.ports import Below, Item, Table, When
from cliffhanger.subscription import State, Subscription

Change = tuple[Item, tuple[str, ...]]
"""What to set of a subscription, and what to remove."""

QUIET = ("due_pk", "due_at")


def find(table: Table, series: str, reader: str) -> Subscription | None:
    item = table.get(keys.subscription(series, reader))
    return Subscription.from_item(item) if item else None


def is_level(table: Table, series: str, reader: str) -> bool:
    shelf, found = catalogue.find(table, series), find(table, series, reader)
    return bool(shelf and found and found.state is State.ACTIVE and found.bookmark >= shelf.newest)


def go_on(table: Table, found: Subscription, pace: Pace, now: int, day: int) -> Change:
    """When the letters of a reader who was not live go on. Who is level by then is made live by the next worker."""
    if pace == LIVE:
        shelf = catalogue.find(table, found.series)
        behind = shelf is not None and found.bookmark < shelf.newest
        return {"pace": (catching_up(pace, now) if behind else pace).to_item(), **due(found.reader, now)}, ()
    due_at = now if found.owed or found.asked_at is not None else first_time(pace, found.sent_at, now, day=day)
    return ({}, QUIET) if due_at is None else (due(found.reader, due_at), ())


def paused(reader: str, until: int | None) -> Change:
    """`until` (ms) he is in the index of the due, to be woken."""
    if until is None:
        return {"state": State.PAUSED.value}, (*QUIET, "paused_until", "asked_at")
    return {"state": State.PAUSED.value, "paused_until": until, **due(reader, until)}, ("asked_at",)


def due(reader: str, at: int) -> Item:
    return {"due_pk": keys.due_pk(keys.shard_of(reader)), "due_at": at}


def change_if_same(
    table: Table, series: str, reader: str, change: Callable[[Subscription], Change | None], *, moves: bool = False
) -> bool:
    """Write what `change` makes of the subscription, if it is then as it was read; else look again.

    `moves` says that a letter under way must not move the place.
    """
    while (found := find(table, series, reader)) and (changes := change(found)):
        when: When = {
            "state": found.state.value,
            "epoch": found.epoch,
            "bookmark": found.bookmark,
            "choices": Below(found.choices + 1),
        }
        count = {"choices": 1, "epoch": 1} if moves else {"choices": 1}
        with suppress(ConditionFailed):
            table.update(found.key, set=changes[0], remove=changes[1], add=count, when=when)
            return True
    return False
