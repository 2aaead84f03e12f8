"""Each minute: make hints for what the table says is not done, and close the sends that are.

Hints are made from the table alone, so any number of them may be lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from typing import Any

from cliffhanger import keys
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import MINUTE
from cliffhanger.delivery import breaker
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import Hints, Key, Table

SHARDS_A_HINT = 8
HINT_LIFE = 3 * MINUTE
"""After so long a hint that nobody answered is taken for lost; `deliver` runs for two minutes at most."""

ENOUGH_WAITING = 200
"""Hints in the queue: more would only grow old there."""

MOST_LETTERS = 200
"""Letters hinted at in one minute."""


def feed_walks(table: Table, hints: Hints, shelves: Iterable[Shelf], now: int) -> None:
    """Hints for every open send, round-robin over the series, so that no series waits behind a large one."""
    if hints.waiting() >= ENOUGH_WAITING:
        return
    lanes = [list(_walk_hints(table, shelf, now)) for shelf in shelves if shelf.newest > shelf.closed]
    in_turn = chain.from_iterable(zip_longest(*lanes))
    hints.issues([hint for hint in in_turn if hint])


def feed_due(table: Table, hints: Hints, now: int) -> None:
    """Hints for readers whose own time has come, and for letters that still wait."""
    waiting = hints.waiting() >= ENOUGH_WAITING
    letters = 0
    for shard in keys.SHARDS:
        series: set[str] = set()
        for key in table.due(keys.due_pk(shard), until=now):
            if key.pk.startswith("LETTER#"):
                letters += 1
                if letters <= MOST_LETTERS:
                    hints.letter(key.pk.removeprefix("LETTER#"))
            else:
                series.add(_series_of(key))
        if series and not waiting:
            hints.issues([due_hint(slug, shard) for slug in sorted(series)])


def due_hint(series: str, shard: str) -> dict[str, Any]:
    return {"series": series, "due": [shard]}


def _walk_hints(table: Table, shelf: Shelf, now: int) -> Iterator[dict[str, Any]]:
    """Hints for the shards of one series that are not clean; if all are, the send is closed."""
    series = shelf.series.slug
    if shelf.halted:
        return
    open_shards = [
        item for item in table.query(keys.series_pk(series), prefix="SHARD#") if item.get("clean_at", 0) < shelf.newest
    ]
    if not open_shards:
        _close(table, shelf)
        return
    unhinted = [
        item["sk"].removeprefix("SHARD#") for item in open_shards if item.get("hinted_at", 0) + HINT_LIFE <= now
    ]
    for start in range(0, len(unhinted), SHARDS_A_HINT):
        some = unhinted[start : start + SHARDS_A_HINT]
        for shard in some:
            table.update(keys.shard(series, shard), set={"hinted_at": now})
        yield {"series": series, "walk": some}


def _close(table: Table, shelf: Shelf) -> None:
    """Every shard was found clean for `newest`; if a release came between, the send stays open."""
    series = shelf.series.slug
    if any(breaker.nobody_got_it(table, series, n) for n in range(shelf.closed + 1, shelf.newest + 1)):
        breaker.halt(table, series)
        return
    try:
        table.update(keys.series_meta(series), set={"closed": shelf.newest}, when={"newest": shelf.newest})
    except ConditionFailed:
        return


def _series_of(key: Key) -> str:
    """SERIES#<slug>#<shard>"""
    return key.pk.split("#")[1]
