"""Sending limits as SES counts them: recipients within a sliding window."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

NO_LIMIT = -1


@dataclass(slots=True)
class _Grain:
    start: datetime
    recipients: int


class Window:
    """At most `limit` recipients in any stretch of `length`; -1 is no limit.

    Letters within one `grain` are counted together and forgotten together, a grain late rather than early;
    that keeps a day of a million letters small.
    """

    def __init__(self, limit: float, length: timedelta, grain: timedelta = timedelta(0)) -> None:
        self.limit = limit
        self._length = length
        self._grain = grain
        self._grains: deque[_Grain] = deque()
        self._total = 0

    def used(self, now: datetime) -> int:
        while self._grains and self._grains[0].start + self._grain + self._length <= now:
            self._total -= self._grains.popleft().recipients
        return self._total

    def has_room(self, now: datetime, recipients: int) -> bool:
        return self.limit == NO_LIMIT or self.used(now) + recipients <= self.limit

    def take(self, now: datetime, recipients: int) -> None:
        if self._grains and now < self._grains[-1].start + self._grain:
            self._grains[-1].recipients += recipients
        else:
            self._grains.append(_Grain(now, recipients))
        self._total += recipients
