"""Bounces and complaints of the letters of the last 24 hours: sending pauses by itself before AWS stops it.

AWS opens a review of an account at 5 % of bounces or 0.1 % of complaints, and stops it at 10 % or 0.5 % (SES
developer guide, "Sending review process FAQs"). We warn at half of what opens a review and pause at nine tenths of
it: a list that has gone bad is then looked at by its operator, and not by AWS.
"""

from __future__ import annotations

from dataclasses import dataclass

from cliffhanger import keys
from cliffhanger.clock import DAY, HOUR, SECOND
from cliffhanger.delivery import pacing
from cliffhanger.ports import Item, Key, Table

HOURS = DAY // HOUR
KEPT = 2 * DAY


@dataclass(frozen=True, slots=True)
class Limit:
    """Shares of the letters sent. Fewer than `fewest` say nothing: one bounce in ten letters is no bad list."""

    warning: float
    stop: float
    fewest: int

    def warns(self, count: int, sent: float) -> bool:
        return count >= self.fewest and count >= self.warning * sent

    def stops(self, count: int, sent: float) -> bool:
        return count >= self.fewest and count >= self.stop * sent


LIMITS = {
    "bounces": Limit(warning=0.025, stop=0.045, fewest=20),
    "complaints": Limit(warning=0.0005, stop=0.0009, fewest=5),
}
"""Also the reasons of the pause. Complaints are rarer, and weigh more: five are many."""


def count(table: Table, kind: str, accepted_at: int) -> None:
    """One more of "bounces" or "complaints". It counts for the hour in which SES took the letter (ms).

    So it is held against the letters of that day, also where it comes when nothing is sent any more.
    """
    hour = accepted_at // HOUR
    expires = (hour * HOUR + KEPT) // SECOND
    table.update(keys.reputation(hour), set={"expires": expires}, add={kind: 1})


def judge(table: Table, sent: float, now: int) -> bool:
    """Each minute: pause where too many of the letters `sent` in the last 24 hours came to grief.

    True where an operator should look, though it goes on. A pause forgets what was counted, and so does each minute
    of it: whoever resumes has looked, and the count begins anew.
    """
    paused = (table.get(keys.PACE) or {}).get("paused")
    if paused in LIMITS:
        _forget(table, now)
    if paused:
        return False
    buckets = _buckets(table, now)
    counts = {kind: sum(bucket.get(kind, 0) for bucket in buckets) for kind in LIMITS}
    for kind, limit in LIMITS.items():
        if limit.stops(counts[kind], sent):
            pacing.pause(table, kind)
            _forget(table, now)
    return any(limit.warns(counts[kind], sent) for kind, limit in LIMITS.items())


def _forget(table: Table, now: int) -> None:
    for bucket in _buckets(table, now):
        table.update(Key(bucket["pk"], bucket["sk"]), remove=tuple(LIMITS))


def _buckets(table: Table, now: int) -> list[Item]:
    """The hour that runs and the 23 before it: never more than the day over which SES counts."""
    first = keys.reputation(now // HOUR - HOURS)
    return list(table.query(first.pk, after=first.sk))
