"""Records of who did not get a position, and why: one item for each reader and position, beside the bookmark.

A record counts only once its position is decided. Until then its writer may have died, and another tries anew.
"""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum

from cliffhanger import keys
from cliffhanger.clock import DAY, SECOND
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import Item, Table, When
from cliffhanger.subscription import Subscription


class Missed(StrEnum):
    """Why a reader did not get a position."""

    REJECTED = "rejected"
    HELD = "held"
    SPARED = "spared"
    """A notice that came too late for him."""


SENT_LATER = "sent later"
"""What a record says when the letter went out after all, or is to be tried anew."""

OWED, LEFT = "owed", "left"
"""What a record says after it was dealt with. `was` is the miss that is owed; `stayed`, what it said before he left."""

KEPT = 365 * DAY
"""How long a record is kept: also that of a reader who was erased while it was written."""


def item(reason: Missed, found: Subscription, *, now: int, said: str | None = None) -> Item:
    """`said` is SES's code. `late`: no walk brought him there, so a pass before it has not counted him."""
    record: Item = {"reason": reason.value, "at": now, "epoch": found.epoch, "expires": (now + KEPT) // SECOND}
    return record | ({"said": said} if said else {}) | ({} if found.is_live else {"late": True})


def write(
    table: Table,
    claimed: Subscription,
    positions: tuple[int, ...],
    reason: Missed,
    *,
    now: int,
    said: str | None = None,
) -> None:
    for position in positions:
        key = keys.missed(claimed.series, position, claimed.reader)
        table.put(key, item(reason, claimed, now=now, said=said))


def found_after_all(table: Table, claimed: Subscription) -> None:
    """A letter went out on a second try: if the first one left a record of a miss, it is wrong now."""
    assert claimed.claim
    for position in claimed.claim.positions:
        key = keys.missed(claimed.series, position, claimed.reader)
        if table.get(key):
            table.update(key, set={"reason": SENT_LATER})


def take_back(table: Table, claimed: Subscription, *, written_at: int | None = None) -> None:
    """The letter is tried anew: whoever gave it up died before he decided it, or it was not his any more.

    With `written_at` only the record of that moment: another's stays.
    """
    assert claimed.claim
    for position in claimed.claim.positions:
        key = keys.missed(claimed.series, position, claimed.reader)
        record = table.get(key)
        if not record or record["reason"] not in (Missed.REJECTED, Missed.HELD):
            continue
        same: When = {"reason": record["reason"], "at": record["at"]}
        if written_at in (None, record["at"]):
            with suppress(ConditionFailed):
                table.update(key, set={"reason": SENT_LATER}, when=same)


def as_if_he_stayed(record: Item) -> Item:
    """A record of a reader who follows in its epoch: he had left, and has undone it."""
    return record | {"reason": record["stayed"]} if record["reason"] == LEFT and "stayed" in record else record
