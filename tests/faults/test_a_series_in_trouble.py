"""Refusals, rejections, halts, debts, withdrawals, pauses and deaths, by chance: at last all is accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from benchmarks.stage.chance import drawn_from
from tests.faults.troubled import SLUG, Troubled

from cliffhanger import keys, positions
from cliffhanger.delivery.misses import Missed, as_if_he_stayed
from cliffhanger.subscription import State, Subscription

EXCUSED = tuple(Missed)
"""What a record of a miss says of a letter that did not come."""


@pytest.mark.parametrize("seed", range(16))
def test_everybody_has_each_letter_once_or_a_record_says_why_not(seed: int) -> None:
    with drawn_from(Random(-seed)):
        troubled = Troubled(seed)
        troubled.run()
    assert [*not_at_rest(troubled), *wrong_counts(troubled)] == []
    assert [said for name in troubled.names for said in wrong_for(troubled, name)] == []
    assert troubled.world.told == []


def not_at_rest(troubled: Troubled) -> Iterator[str]:
    meta = troubled.world.meta()
    if meta["newest"] != meta.get("closed"):
        yield f"open: {meta}"
    for name in troubled.names:
        found = troubled.world.subscription(name)
        if found.claim:
            yield f"{name} is claimed: {found}"
        if found.state is State.ACTIVE and found.bookmark != meta["newest"]:
            yield f"{name} is behind: {found}"


def wrong_counts(troubled: Troubled) -> Iterator[str]:
    for position in range(1, troubled.world.meta()["newest"] + 1):
        total = troubled.world.table.get(keys.send_total(SLUG, position)) or {}
        parts = [total[name] for name in ("sent", "rejected", "held", "skipped")]
        if min(parts) < 0 or total["audience"] != sum(parts):
            yield f"position {position}: {total}"


def wrong_for(troubled: Troubled, name: str) -> Iterator[str]:
    found = troubled.world.subscription(name)
    for position in positions.every_position(troubled.world.table, SLUG):
        if not found.first <= position.number <= found.bookmark:
            continue
        copies = troubled.good[found.reader, position.number]
        reason = reason_of(troubled, found, position.number)
        passes = position.withdrawn or position.recalled or position.passes
        if copies > 1:
            yield f"{name} got {position.number} {copies} times"
        if copies == 0 and not passes and reason not in EXCUSED and position.number not in found.owed:
            yield f"{name} never got {position.number}, and the record says {reason}"
        if copies == 1 and reason in EXCUSED:
            yield f"{name} got {position.number}, and the record says {reason}"


def reason_of(troubled: Troubled, found: Subscription, position: int) -> str | None:
    record = troubled.world.table.get(keys.missed(SLUG, position, found.reader))
    return str(as_if_he_stayed(record)["reason"]) if record else None
