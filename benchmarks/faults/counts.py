"""Whether a send's closing counts are the truth: audience = sent + rejected + held + skipped, and each of them right.

Who comes or goes while a send runs may be counted or not. All the others must be.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.faults.history import History, Membership
from benchmarks.faults.judge import Reasons
from benchmarks.faults.world import World

from cliffhanger import keys, positions

PARTS = ("sent", "rejected", "held", "skipped")


def wrong_counts(world: World, reasons: Reasons) -> list[str]:
    """A sentence for each count that is wrong."""
    return [
        f"{slug} {position}: {sentence}"
        for slug, newest in world.history.released.items()
        for position in range(1, newest + 1)
        for sentence in _wrong(world, slug, position, reasons)
    ]


def _wrong(world: World, slug: str, position: int, reasons: Reasons) -> Iterator[str]:
    total = world.table.get(keys.send_total(slug, position)) or {}
    if "closed_at" not in total:
        yield f"has no closing counts: {total}"
        return
    if total["audience"] != sum(total[part] for part in PARTS):
        yield f"audience is not the sum of its parts: {total}"
    found = positions.find(world.table, slug, position)
    assert found
    sure, may = _audience(world.history, slug, position, found.released_at)
    for part in ("audience", *PARTS):
        low = sum(part in _parts(stay, position, reasons) for stay in sure)
        high = sum(part in _parts(stay, position, reasons) for stay in may)
        if not low <= total[part] <= high:
            yield f"{part} is {total[part]}, and should be {low}" + (f" to {high}" if high > low else "")


def _audience(
    history: History, slug: str, position: int, released_at: int
) -> tuple[list[Membership], list[Membership]]:
    """The stays that must be counted, and those that may be."""
    here = [stay for stay in history.stays if stay.series == slug and stay.epoch and stay.first[0] <= position]
    closed_at = history.closed[slug, position]
    may = [stay for stay in here if stay.asked_at <= closed_at and stay.left_at >= released_at]
    sure = [
        stay
        for stay in may
        if stay.joined_at < released_at
        and stay.leaving_at > closed_at
        and stay.first[1] <= position
        and not stay.catches_up
        and stay.address not in history.suppressed
    ]
    return sure, may


def _parts(stay: Membership, position: int, reasons: Reasons) -> tuple[str, str]:
    reason = reasons.get((stay.series, position, stay.address))
    return "audience", reason if reason in ("rejected", "held") else "sent"
