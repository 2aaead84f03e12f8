"""What of a series' pages is still to be written, and who is at it. Beside each series lies a note of that.

Whoever changes what pages show lays a hand on the note, in the same write with the positions whose pages will be
stale; then makes the change, reads the note, writes the pages as the table has them *now*, and lifts the hand. Only
the last hand strikes out what is stale, and only if nobody came since it read: who finds that somebody did looks
again. So a slow worker can't leave an old page over a newer one, and a worker that dies leaves the note for the minute
to find. The hand of who died counts as alive for LIFE; what is stale is written anew each minute until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cliffhanger.clock import MINUTE
from cliffhanger.errors import ConditionFailed
from cliffhanger.links import new_identifier
from cliffhanger.ports import Key, Table

LIFE = 2 * MINUTE
"""No function runs for so long."""


@dataclass(frozen=True, slots=True)
class Note:
    """`positions` are stale, and all from `sweep` on if that is set. `begun` counts the hands laid so far.

    `design` tells what the pages were made by; `entry` is what the list of all series says of this one.
    """

    begun: int = 0
    positions: frozenset[int] = frozenset()
    sweep: int | None = None
    hands: frozenset[str] = frozenset()
    design: str = ""
    entry: str = ""

    @property
    def is_clean(self) -> bool:
        return not (self.positions or self.sweep or self.hands)


def lay(table: Table, key: Key, *, now: int, positions: Iterable[int] = (), sweep: bool = False) -> str:
    """Returns the hand. `sweep`: every page of the series will be stale."""
    hand = f"{now:015}-{new_identifier()}"
    _mark(table, key, positions, sweep, {"hands": frozenset({hand})})
    return hand


def add(table: Table, key: Key, *, positions: Iterable[int] = (), sweep: bool = False) -> None:
    """More is stale than was told when the hand was laid; before the change, as ever."""
    _mark(table, key, positions, sweep, {})


def read(table: Table, key: Key) -> Note:
    item = table.get(key) or {}
    fields = ("begun", "positions", "sweep", "hands", "design", "entry")
    return Note(**{name: item[name] for name in fields if name in item})


def lift(table: Table, key: Key, hand: str, seen: Note, *, now: int, left: int | None, told: Mapping[str, str]) -> bool:
    """All that `seen` calls stale is written, but for a sweep's pages from `left` on. False: read and write again.

    `told` is kept on the note. Where another hand lies there still, it is left to that, or to the minute.
    """
    others = any(int(other.partition("-")[0]) > now - LIFE for other in seen.hands - {hand})
    gone = ("positions", "hands") if left else ("positions", "hands", "sweep")
    try:
        if others:
            table.update(key, discard={"hands": frozenset({hand})}, when={"begun": seen.begun})
        else:
            sweep = {"sweep": left} if left else {}
            table.update(key, set={**told, **sweep}, remove=gone, when={"begun": seen.begun})
    except ConditionFailed:
        return False
    return True


def let_be(table: Table, key: Key, hand: str) -> None:
    """Others change it faster than it can be written: the minute goes on."""
    table.update(key, discard={"hands": frozenset({hand})})


def _mark(table: Table, key: Key, positions: Iterable[int], sweep: bool, more: Mapping[str, Any]) -> None:
    stale = frozenset(positions)
    found = {"positions": stale} if stale else {}
    table.update(key, set={"sweep": 1} if sweep else {}, add={"begun": 1, **found, **more})
