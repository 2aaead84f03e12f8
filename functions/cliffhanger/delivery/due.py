"""When a reader may get his next issue: one rule for whoever decides a letter, its worker or an event of SES's."""

from __future__ import annotations

from collections.abc import Callable

from cliffhanger.settings import Settings
from cliffhanger.subscription import Claim, Pace, Subscription


def not_before(subscription: Subscription, spacing: int) -> int:
    """The earliest moment (ms): chapters that come out together, or late, don't flood him."""
    return 0 if subscription.sent_at is None else subscription.sent_at + spacing


def next_due(claimed: Subscription, claim: Claim, settings: Settings, *, is_level: Callable[[int], bool]) -> int | None:
    """`due_at` once the claim's letter is decided; None for a live reader.

    `is_level` is asked, while the claim stands, whether nothing is released after a bookmark.
    """
    if claimed.due_at is None:
        return None
    spaced = max(claimed.due_at, claim.at + settings.spacing)
    if claimed.owed - ({claim.to} if claim.owed else set()):
        return spaced
    if is_level(claimed.bookmark if claim.owed else claim.to):
        return None
    if claim.owed or claimed.pace is Pace.LIVE:
        return spaced
    return claim.at + max(settings.day, settings.spacing)
