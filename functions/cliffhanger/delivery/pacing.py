"""The pacing item: one rate for all senders, and what changes it when SES says no (slots.py leases from it).

`account` changes it each minute, by what SES says of the account.
"""

from __future__ import annotations

from contextlib import suppress

from cliffhanger import keys
from cliffhanger.clock import SECOND
from cliffhanger.delivery.outcomes import Verdict
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import ABSENT, PRESENT, Below, Item, Table, When

LOWEST_RATE = 100
"""Thousandths of a letter a second: a throttled sender keeps trying, slowly."""

ONCE_IN = 3 * SECOND
"""A throttle halves the rate at most so often: what was leased at the old rate goes out first, up to 2 s."""

OPERATOR = "operator"
"""The reason of a pause that only an operator ends."""


def heed(table: Table, said: Verdict, code: str, now: int) -> None:
    """What SES's no to one letter means for all of them."""
    if said is Verdict.THROTTLED:
        slow_down(table, now)
    elif said is Verdict.QUOTA:
        stop_for_quota(table)
    elif said is Verdict.HALT:
        pause(table, code)


def slow_down(table: Table, now: int) -> None:
    """SES said 429: half the rate at once. Many threads hear it together, and halve it once."""
    pace = table.get(keys.PACE)
    if not pace or pace.get("slowed_at", 0) > now - ONCE_IN:
        return
    slower = {"rate": max(pace["rate"] // 2, LOWEST_RATE), "slowed_at": now}
    _write(table, slower, when={"rate": pace["rate"], "slowed_at": Below(now - ONCE_IN + 1)})


def stop_for_quota(table: Table) -> None:
    """SES said that the day's quota is spent; `account.adapt` sees when it is not."""
    _write(table, {"budget": 0, "spare": 0})


def pause(table: Table, reason: str) -> None:
    """Stop all sending until `resume`; the first reason stays, but an operator's word stands above all."""
    _write(table, {"paused": reason}, when={} if reason == OPERATOR else {"paused": ABSENT})


def resume(table: Table, generation: str) -> None:
    """An operator's word that sending may go on, with this stack's generation."""
    _write(table, {"generation": generation}, remove=("paused",))


def _write(table: Table, changes: Item, *, when: When | None = None, remove: tuple[str, ...] = ()) -> None:
    """Nothing before the first minute of a stack has made the item."""
    with suppress(ConditionFailed):
        table.update(keys.PACE, set=changes, remove=remove, when={"pk": PRESENT, **(when or {})})
