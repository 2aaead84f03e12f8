"""The account's suppression list, as SES keeps it.

Source: SES developer guide, "Using the Amazon SES account-level suppression list" (who gets on it, and that letters to
it are accepted, counted and not sent) and "The mailbox simulator" (its addresses stay off). AWS does not say how it
compares addresses. Those who tried say: no letter goes to any spelling, and only the spelling that is on the list takes
it off, but for the domain's case (floci-io/floci, SesSuppressionService; KensioSoftware/yulin, pull request 886).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from local.post_office.answers import Answer, RefusedError, spoken
from local.post_office.fates import Fate, is_simulated
from local.post_office.request import bare

PUTS_ON_IT = {Fate.HARD_BOUNCE: Fate.BOUNCED_BEFORE, Fate.COMPLAINT: Fate.COMPLAINED_BEFORE}
"""And what becomes of letters after that. "Not spam" is no complaint; a "suppressed" bounce is of SES's own list."""


@dataclass(frozen=True, slots=True)
class _Entry:
    address: str
    since: datetime
    fate: Fate


class SuppressionList:
    """Not safe for threads: the post office locks."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}

    def fate(self, address: str, now: datetime) -> Fate | None:
        """What becomes of a letter because its reader is on the list; None if he isn't."""
        entry = self._entries.get(bare(address).lower())
        return entry.fate if entry and entry.since <= now else None

    def note(self, address: str, fate: Fate, seen_at: datetime) -> None:
        """Put an address on the list if that is what comes of a letter to it, from when SES sees it."""
        if (later := PUTS_ON_IT.get(fate)) and not is_simulated(address):
            spelling = _spelling(address)
            self._entries.setdefault(spelling.lower(), _Entry(spelling, seen_at, later))

    def delete(self, address: str, now: datetime) -> Answer:
        """DeleteSuppressedDestination."""
        spelling = _spelling(address)
        entry = self._entries.get(spelling.lower())
        if not entry or entry.address != spelling or entry.since > now:
            why = f"Email address {spelling} does not exist on your suppression list."
            return RefusedError("NotFoundException", why).answer()
        del self._entries[spelling.lower()]
        return spoken({})


def _spelling(address: str) -> str:
    """As SES writes it down."""
    mailbox, at, domain = bare(address).rpartition("@")
    return f"{mailbox}{at}{domain.lower()}"
