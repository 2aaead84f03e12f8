"""Each minute: what SES lets this account send, taken over into the pace that all senders share."""

from __future__ import annotations

from contextlib import suppress
from math import ceil

from cliffhanger import keys
from cliffhanger.clock import DAY
from cliffhanger.delivery import pacing
from cliffhanger.delivery.capacity import carried_by_one
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import ABSENT, Account, Item, Table
from cliffhanger.settings import Settings

SHARE_OF_RATE = 0.9
SHARE_OF_QUOTA = 0.95
STEP_UP = 0.1
"""Of the ceiling, each minute."""

SPARE = 0.025
"""Of the quota, beyond the share for all: for confirmations and the like alone, so that no send takes their day."""

NO_QUOTA = 1_000_000_000


def adapt(table: Table, account: Account, *, settings: Settings, now: int) -> None:
    """Take over SES's rate and quota, rise slowly after a throttle, pause and wake with the account.

    A table that holds another generation was restored from a backup: it stays paused until an operator resumes it.
    """
    generation = settings.generation
    ceiling = max(int(account.max_rate * SHARE_OF_RATE * 1000), pacing.LOWEST_RATE)
    pace = table.get(keys.PACE) or _first_sight(table, generation, ceiling, now)
    if not pace:
        return  # two ticks at once: the other one saw it first
    limits, over = _limits(pace, account, settings.first_day, now)
    rate = min(pace["rate"] + int(ceiling * STEP_UP), ceiling)
    carried = int(settings.workers * carried_by_one(settings) * 1000)
    told = {"enabled": account.enabled, "sent_24h": int(account.sent_24h), "carried": carried}
    changes = limits | told | {"ceiling": ceiling, "rate": rate}
    with suppress(ConditionFailed):  # throttled this moment: the next minute rises from there
        table.update(keys.PACE, set=changes, remove=over, when={"rate": pace["rate"]})
    if pace["generation"] != generation:
        pacing.pause(table, "restored")
    elif not account.enabled:
        pacing.pause(table, "account")
    elif pace.get("paused") == "account":
        with suppress(ConditionFailed):  # paused for another reason meanwhile
            table.update(keys.PACE, remove=("paused",), when={"paused": "account"})


def _first_sight(table: Table, generation: str, ceiling: int, now: int) -> Item | None:
    """A new sender domain has doubled nothing yet. A pace made before there was a ramp has none, and needs none.

    Without a budget nothing is sent until SES's limits are taken over.
    """
    nothing_yet: Item = {"doublings": 0, "budget": 0, "spare": 0}
    fresh = nothing_yet | {"generation": generation, "rate": ceiling, "tat": now * 1000}
    try:
        table.put(keys.PACE, fresh, when={"pk": ABSENT})
    except ConditionFailed:
        return None
    return fresh


def _limits(pace: Item, account: Account, first_day: int, now: int) -> tuple[Item, tuple[str, ...]]:
    """What to set and what to remove. `quota`: letters in any 24 hours; `budget`: those that are left of them now.

    `spare` is how many confirmations and the like may still go when nothing is left of the budget. `warming` is what
    the ramp allows in any 24 hours, while that is less than SES does.
    """
    quota = NO_QUOTA if account.max_24h < 0 else int(account.max_24h * SHARE_OF_QUOTA)
    changes, ramp = _ramp(pace, account, first_day, now)
    sent, most = int(account.sent_24h), min(quota, ramp)
    budget = max(most - sent, 0)
    spare = max(most + ceil(most * SPARE) - sent, 0) - budget
    limits = changes | {"quota": quota, "budget": budget, "spare": spare}
    if ramp < quota:
        return limits | {"warming": ramp}, ()
    return limits, ("warming",)


def _ramp(pace: Item, account: Account, first_day: int, now: int) -> tuple[Item, int]:
    """How many letters in any 24 hours a domain may send: providers distrust one that begins with a flood.

    `first_day` (0 for a domain that is not new) at first; a day after so many went out (`full_at`) twice as many, and
    so on. Fewer prove nothing.
    """
    if not first_day or "doublings" not in pace:
        return {}, NO_QUOTA
    doublings, full_at = pace["doublings"], pace.get("full_at", 0)
    if full_at and now - full_at >= DAY:
        doublings, full_at = doublings + 1, 0
    elif not full_at and account.sent_24h >= first_day << doublings:
        full_at = now
    return {"doublings": doublings, "full_at": full_at}, first_day << doublings
