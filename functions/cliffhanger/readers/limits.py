"""How often something may be asked for: counts with the window in the key, so that no clean-up has to be in time."""

from __future__ import annotations

from cliffhanger import keys
from cliffhanger.clock import DAY, HOUR, MINUTE, SECOND
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import Below, Table

PER_ADDRESS = ((1, 15 * MINUTE), (3, DAY))
PER_SUPPRESSED = ((1, 30 * DAY),)
"""An address that bounced or complained may be asked once more, not by anybody who likes to type it."""

PER_LIVELY = ((93, 31 * DAY),)
"""In its place for any other address: never full before PER_ADDRESS is. The same work shows nobody which it is."""

PER_NETWORK = ((20, HOUR),)

PER_READER = ((60, HOUR),)
"""What a reader may change on his page, and by the links of his mails."""

PER_READER_LINKS = ((3, HOUR), (10, DAY))
"""Mails with a link to change the address, to download, or to erase."""

CLICKS_PER_NETWORK = ((300, HOUR),)
"""What a house, or a school, may change on its readers' pages."""

PER_SENDER = ((10, HOUR), (50, DAY))
"""Mails that a person may write to the mailroom."""

PER_CORRESPONDENCE = ((10, HOUR), (50, DAY))
"""Letters that go on from a reader to the author, or back, whoever writes them: a link to answer may be passed on."""

PER_DOMAIN = ((300, HOUR), (1000, DAY))
"""Mails from one domain that ask for a series. A large provider's readers must fit in after a good review."""

ONCE = ((1, 14 * DAY),)
"""As long as SQS may bring a message again."""


def allow(table: Table, subject: str, limits: tuple[tuple[int, int], ...], now: int) -> bool:
    """Count one more of `subject` in each window; False if one of them is full. `subject` is a digest."""
    return all(_count(table, subject, most, window, now) for most, window in limits)


def allow_evenly(table: Table, subject: str, limits: tuple[tuple[int, int], ...], now: int) -> bool:
    """As `allow`, and with as many writes whatever is full: the time that it takes tells a visitor nothing."""
    allowed = True
    for most, window in limits:
        allowed = _count(table, subject if allowed else f"nobody#{subject}", most, window, now) and allowed
    return allowed


def _count(table: Table, subject: str, most: int, window: int, now: int) -> bool:
    key = keys.limit(f"{subject}#{window // SECOND}", now // window)
    expires = (now // window + 2) * window // SECOND
    try:
        table.update(key, set={"expires": expires}, add={"count": 1}, when={"count": Below(most)})
    except ConditionFailed:
        return False
    return True
