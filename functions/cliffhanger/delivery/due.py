"""When a reader may get his next issue: one rule for whoever decides a letter, its worker or an event of SES's."""

from __future__ import annotations

from collections.abc import Callable

from cliffhanger.pace import Kind, next_time
from cliffhanger.settings import Settings
from cliffhanger.subscription import State, Subscription


def not_before(subscription: Subscription, spacing: int) -> int:
    """The earliest moment (ms): chapters that come out together, or late, don't flood him, unless he asks."""
    if subscription.sent_at is None or subscription.asked_at is not None:
        return 0
    return subscription.sent_at + spacing


def next_due(claimed: Subscription, settings: Settings, *, is_level: Callable[[int], bool]) -> int | None:
    """`due_at` once the letter of the open claim is decided; None for who is live, or asks for each.

    `is_level` is asked, while the claim stands, whether nothing is released after a bookmark.
    """
    assert claimed.claim
    claim = claimed.claim
    if claimed.state is not State.ACTIVE or claimed.due_at is None:
        return claimed.due_at
    spaced = max(claimed.due_at, claim.at + settings.spacing)
    if claimed.owed - ({claim.to} if claim.owed else set()):
        return spaced
    if claimed.asked_at is not None and claimed.asked_at > claim.at:
        return claimed.asked_at
    following = next_time(claimed.pace, claim.at, day=settings.day)
    if following is None or is_level(claimed.bookmark if claim.owed else claim.to):
        return None
    if claim.goes_on and not claim.owed:
        return claim.at
    return spaced if claimed.pace.kind is Kind.LIVE else max(following, claim.at + settings.spacing)
