"""What there is to see of a stack, from items that cost next to nothing to read: no reader is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cliffhanger import catalogue, keys
from cliffhanger.catalogue import Shelf
from cliffhanger.delivery import account, progress
from cliffhanger.delivery.progress import Progress
from cliffhanger.ports import Item, Table
from console.stack import Stack

COUNTS = ("audience", "sent", "rejected", "held", "skipped")


@dataclass(frozen=True, slots=True)
class Overview:
    """`pace` is the item that all senders share; None before the first minute. `dead`: messages by their queue.

    `totals`: by series, the counts of the newest send; exact when it is closed.
    """

    pace: Item | None
    generation: str
    shelves: tuple[Shelf, ...]
    totals: Mapping[str, Item]
    sends: tuple[Progress, ...]
    dead: Mapping[str, int]

    @property
    def paused(self) -> str | None:
        """Why nothing is sent. A restored table is known by its generation, before a minute has said so."""
        if self.pace and self.pace["generation"] != self.generation:
            return "restored"
        return self.pace.get("paused") if self.pace else None

    @property
    def left(self) -> int | None:
        """Letters that SES takes today; None where it sets no limit."""
        if not self.pace or self.pace["budget"] >= account.NO_QUOTA // 2:
            return None
        return max(int(self.pace["budget"]), 0)  # letters of the spare take it below

    def state(self, shelf: Shelf) -> str:
        if shelf.halted:
            return "halted"
        if shelf.newest > shelf.closed:
            return "paused" if self.paused else "sending"
        return "sent" if shelf.newest else "nothing out yet"

    def document(self) -> dict[str, Any]:
        """For scripts. Rates are letters a second."""
        pace = self.pace or {}
        return {
            "state": "paused" if self.paused else "sending" if pace else "not begun",
            "paused": self.paused,
            "rate": pace.get("rate", 0) / 1000,
            "ceiling": pace.get("ceiling", 0) / 1000,
            "left_today": self.left,
            "warming": pace.get("warming"),
            "series": [self._line(shelf) for shelf in self.shelves],
            "sends": [asdict(send) for send in self.sends],
            "dead_letters": dict(self.dead),
        }

    def _line(self, shelf: Shelf) -> dict[str, Any]:
        return {
            "series": shelf.series.slug,
            "newest": shelf.newest,
            "closed": shelf.closed,
            "state": self.state(shelf),
            "halted": shelf.halted,
            "total": {name: count for name, count in self.totals.get(shelf.series.slug, {}).items() if name in COUNTS},
        }


def of_stack(stack: Stack) -> Overview:
    dead = {name: letters.waiting() for name, letters in stack.dead_letters().items()}
    return look(stack.table(), stack.generation(), dead, stack.clock()())


def look(table: Table, generation: str, dead: Mapping[str, int], now: int) -> Overview:
    shelves = tuple(catalogue.every_series(table))
    sharing = sum(shelf.newest > shelf.closed and not shelf.halted for shelf in shelves)
    totals = {shelf.series.slug: _total(table, shelf) for shelf in shelves}
    sends = tuple(send for shelf in shelves for send in progress.of(table, shelf, now, sharing=max(sharing, 1)))
    return Overview(table.get(keys.PACE), generation, shelves, totals, sends, dead)


def _total(table: Table, shelf: Shelf) -> Item:
    return table.get(keys.send_total(shelf.series.slug, shelf.newest)) or {}
