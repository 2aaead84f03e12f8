"""A worker's way round the shards that a hint names.

A shard is clean for a position when a strongly consistent pass that began after the position's release found
nobody behind and no claim. A pass that served somebody is never the last: another must look again. Where a
worker stops, it leaves its place on the shard's item, and any worker goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cliffhanger import catalogue, keys
from cliffhanger.delivery.sender import Outcome, Sender
from cliffhanger.subscription import Subscription

PASSES = 20
"""In one invocation. A shard that is still not clean then is left to the next round."""

Enough = Callable[[], bool]
"""Whether the invocation's time is nearly up."""


def walk(sender: Sender, shards: Sequence[str], *, enough: Enough) -> None:
    """Go round each shard until it is clean. Where the worker has to stop, the rest may be hinted at again."""
    for done, shard in enumerate(shards):
        if not _walk_shard(sender, shard, enough):
            for left in shards[done:]:
                sender.table.update(keys.shard(sender.shelf.series.slug, left), remove=("hinted_at",))
            return


def serve_due(sender: Sender, shards: Sequence[str], *, enough: Enough) -> None:
    """Serve the readers whose own time has come, until the worker has to stop."""
    for shard in shards:
        if sender.shelf.halted or not _serve_shard(sender, shard, enough):
            return


def _walk_shard(sender: Sender, shard: str, enough: Enough) -> bool:
    """False where the worker had to stop."""
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


def _serve_shard(sender: Sender, shard: str, enough: Enough) -> bool:
    partition = keys.shard_pk(sender.shelf.series.slug, shard)
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
            if last:
                table.update(keys.shard(series, shard), set={"after": last})
            return None
        outcomes.add(outcome)
        last = item["sk"]
    if after:
        table.update(keys.shard(series, shard), remove=("after",))
    return outcomes
