"""A worker's way round the shards that a hint names.

A shard is clean for a position when a strongly consistent pass that began after the position's release found
nobody behind and no claim. A pass that served somebody is never the last: another must look again. Where a
worker stops, it leaves its place on the shard's item, and any worker goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable

from cliffhanger import catalogue, keys
from cliffhanger.delivery.sender import Outcome, Sender
from cliffhanger.ports import Table
from cliffhanger.subscription import Subscription

PASSES = 20
"""In one invocation. A shard that is still not clean then is left to the next round."""

Enough = Callable[[], bool]
"""Whether the invocation's time is nearly up."""


def walk(sender: Sender, shard: str, *, enough: Enough) -> bool:
    """Go round one shard until it is clean. False where the worker had to stop."""
    series = sender.shelf.series.slug
    for _ in range(PASSES):
        shelf = catalogue.find(sender.table, series)
        if not shelf or shelf.halted:
            return False
        sender.shelf = shelf
        if (outcomes := _one_pass(sender, shard, enough)) is None:
            return False
        if outcomes <= {Outcome.IDLE}:
            sender.table.update(keys.shard(series, shard), set={"clean_at": shelf.newest}, remove=("hinted_at",))
            return True
        if outcomes <= {Outcome.IDLE, Outcome.BUSY}:
            break  # only claims of others: time must pass, not passes
    sender.table.update(keys.shard(series, shard), remove=("hinted_at",))
    return True


def serve_due(sender: Sender, shard: str, *, enough: Enough) -> bool:
    """Serve the readers of one shard whose own time has come. False where the worker had to stop."""
    partition = keys.shard_pk(sender.shelf.series.slug, shard)
    if sender.shelf.halted:
        return False
    for key in sender.table.due(keys.due_pk(shard), until=sender.clock()):
        if key.pk != partition:
            continue
        item = sender.table.get(key)
        if enough() or (item and sender.serve(Subscription.from_item(item)) is Outcome.STOP):
            return False
    return True


def _one_pass(sender: Sender, shard: str, enough: Enough) -> set[Outcome] | None:
    """The outcomes of one pass to the shard's end, or None if it stopped on the way, its place kept."""
    series, table = sender.shelf.series.slug, sender.table
    after = (table.get(keys.shard(series, shard)) or {}).get("after", "")
    # A pass that another worker began has seen readers that this one has not: it can't be the last.
    outcomes = {Outcome.SENT} if after else set()
    last = after
    for item in table.query(keys.shard_pk(series, shard), prefix="READER#", after=after):
        outcome = Outcome.STOP if enough() else sender.serve(Subscription.from_item(item))
        if outcome is Outcome.STOP:
            _leave_place(table, series, shard, last)
            return None
        outcomes.add(outcome)
        last = item["sk"]
    if after:
        table.update(keys.shard(series, shard), remove=("after",))
    return outcomes


def _leave_place(table: Table, series: str, shard: str, last: str) -> None:
    place = {"after": last} if last else {}
    table.update(keys.shard(series, shard), set=place, remove=("hinted_at",))
