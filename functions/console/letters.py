"""`cliffhanger letters`: who of a series had which letter, and who missed it. A line a reader, for a pipe or an eye."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cliffhanger import catalogue, keys, links, positions
from cliffhanger.catalogue import Shelf
from cliffhanger.errors import CliffhangerError
from cliffhanger.links import Keys
from cliffhanger.ports import Item, Table
from cliffhanger.readers import addresses
from cliffhanger.subscription import Subscription
from console import fate
from console.fate import Fate, What

FROM_RECORDS = (What.REJECTED, What.HELD)
"""What the records of a position tell, without a look at every reader."""

Line = tuple[Subscription, Fate]


@dataclass(frozen=True, slots=True)
class Question:
    """`position` None asks where each reader is. `reader` is an id. `only` shows those of one fate."""

    series: str
    position: int | None = None
    reader: str | None = None
    only: What | None = None


def letters(table: Table, question: Question, now: int) -> int:
    shelf = catalogue.find(table, question.series)
    if not shelf:
        raise CliffhangerError(f"there is no series {question.series}", permanent=True)
    if question.position is None:
        lines = _places(table, question, now)
    else:
        lines = _fates(table, question, question.position, shelf, now)
    for subscription, said in lines:
        if question.only in (None, said.what, said.was):
            print(f"{subscription.reader}  {addresses.mask(subscription.address):<32} {said.text}")
    return 0


def find_reader(table: Table, text: str, keys_: Callable[[], Keys]) -> str:
    """A reader's id, by the id or by an address as typed. The address is told to nobody, in no error either."""
    if "@" not in text:
        return text
    found = table.get(keys.address(links.address_digest(addresses.parse(text), keys_())))
    if not found or "reader" not in found:
        raise CliffhangerError("nobody reads anything at that address", permanent=True)
    return str(found["reader"])


def _places(table: Table, question: Question, now: int) -> Iterator[Line]:
    """Where each reader is in the series."""
    if question.only in FROM_RECORDS:
        raise CliffhangerError(f"say of which position: letters {question.series} N", permanent=True)
    for subscription in _subscriptions(table, question):
        text = f"{subscription.state.value:<10} bookmark {subscription.bookmark:>4}"
        claim = fate.of_claim(subscription, now)
        if claim and subscription.claim:
            text += f"  {subscription.claim.to} is {claim.text}"
        yield subscription, Fate(claim.what if claim else None, text)


def _fates(table: Table, question: Question, position: int, shelf: Shelf, now: int) -> Iterator[Line]:
    """What became of one position for each reader."""
    if not (found := positions.find(table, question.series, position)):
        told = f"{question.series} has no position {position}: its newest is {shelf.newest}"
        raise CliffhangerError(told, permanent=True)
    records = table.query(f"MISSED#{question.series}#{position}")
    missed = {record["sk"].removeprefix("READER#"): record for record in records}
    for subscription in _subscriptions(table, question, within=missed if question.only in FROM_RECORDS else None):
        record, halted = missed.get(subscription.reader), shelf.halted is not None
        yield subscription, fate.of_position(subscription, found, record, halted=halted, now=now)


def _subscriptions(table: Table, question: Question, within: Iterable[str] | None = None) -> Iterator[Subscription]:
    """One reader's, or those of the readers `within`, or all."""
    if question.reader:
        item = table.get(keys.subscription(question.series, question.reader))
        if not item:
            raise CliffhangerError(f"that reader is not on {question.series}", permanent=True)
        items: Iterable[Item | None] = [item]
    elif within is not None:
        items = (table.get(keys.subscription(question.series, reader)) for reader in within)
    else:
        items = _everybody(table, question.series)
    yield from (Subscription.from_item(item) for item in items if item)


def _everybody(table: Table, series: str) -> Iterator[Item]:
    """Only the shards that hold somebody are asked."""
    for shard in table.query(keys.series_pk(series), prefix="SHARD#"):
        yield from table.query(keys.shard_pk(series, shard["sk"].removeprefix("SHARD#")), prefix="READER#")
