"""What an operator asks of a stack, and tells it. Reads TABLE_NAME and GENERATION: the stack's outputs print them."""

from __future__ import annotations

import os

from cliffhanger import catalogue, keys
from cliffhanger.adapters import aws
from cliffhanger.adapters.dynamodb import DynamoTable
from cliffhanger.clock import as_datetime, system_clock
from cliffhanger.delivery import breaker, pacing
from cliffhanger.errors import CliffhangerError
from cliffhanger.ports import Table
from cliffhanger.readers.addresses import mask
from cliffhanger.subscription import Subscription


def table() -> Table:
    name = _environment("TABLE_NAME")
    return DynamoTable(aws.dynamodb(), name)


def generation() -> str:
    return _environment("GENERATION")


def status(table: Table) -> int:
    """A line for the pace, and a line a series."""
    pace = table.get(keys.PACE)
    if not pace:
        print("Nothing has run yet.")
        return 0
    paused = f"PAUSED ({pace['paused']})" if "paused" in pace else "sending"
    print(f"{paused}: {pace['rate'] / 1000:g} of {pace['ceiling'] / 1000:g} letters a second")
    for shelf in catalogue.every_series(table):
        state = f"HALTED ({shelf.halted})" if shelf.halted else "sending" if shelf.newest > shelf.closed else "sent"
        doubts = sum(1 for subscription in _subscriptions(table, shelf.series.slug) if subscription.claim)
        print(
            f"{shelf.series.slug:<40} newest {shelf.newest:>4}  closed {shelf.closed:>4}  claims {doubts:>4}  {state}"
        )
    return 0


def letters(table: Table, series: str, *, in_doubt: bool) -> int:
    """A line a reader: id, masked address, state, bookmark, and the claim that nobody has settled."""
    for subscription in _subscriptions(table, series):
        if in_doubt and not subscription.claim:
            continue
        claim = subscription.claim
        since = f"in doubt: {claim.to} since {as_datetime(claim.at):%Y-%m-%d %H:%M:%S} UTC" if claim else ""
        print(
            f"{subscription.reader}  {mask(subscription.address):<32} {subscription.state.value:<10} "
            f"bookmark {subscription.bookmark:>4}  {since}".rstrip()
        )
    return 0


def pause(table: Table) -> int:
    pacing.pause(table, "operator")
    print("Paused. `cliffhanger resume` goes on.")
    return 0


def resume(table: Table, series: str | None, generation: str) -> int:
    if series is None:
        pacing.resume(table, generation)
    else:
        breaker.resume(table, series, system_clock()())
    print("Sending goes on with the next minute.")
    return 0


def resend(table: Table, series: str, position: int) -> int:
    """Whoever missed the position gets it before the next one."""
    breaker.owe_missed(table, series, position, system_clock()())
    print("They get it within minutes.")
    return 0


def _subscriptions(table: Table, series: str) -> list[Subscription]:
    """Only the shards that hold somebody are asked."""
    return [
        Subscription.from_item(item)
        for mark in table.query(keys.series_pk(series), prefix="SHARD#")
        for item in table.query(keys.shard_pk(series, mark["sk"].removeprefix("SHARD#")), prefix="READER#")
    ]


def _environment(name: str) -> str:
    if not (value := os.environ.get(name)):
        raise CliffhangerError(f"set {name} to the stack's output of that name", permanent=True)
    return value
