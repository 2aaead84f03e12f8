"""Events on their way from SES to whoever listens: each has its time, and till then nobody sees it."""

from __future__ import annotations

import heapq
from datetime import datetime

from local.post_office.events import Event


class Mailbag:
    """Not safe for threads: the post office locks."""

    def __init__(self) -> None:
        self._events: list[tuple[datetime, int, Event]] = []
        self._put = 0

    def put(self, event: Event, arrivals: list[datetime]) -> None:
        """One copy for each of `arrivals`."""
        for ready_at in arrivals:
            self._put += 1
            heapq.heappush(self._events, (ready_at, self._put, event))

    def take(self, now: datetime) -> list[Event]:
        """Those whose time has come, each once, the earliest first."""
        taken = []
        while self._events and self._events[0][0] <= now:
            taken.append(heapq.heappop(self._events)[2])
        return taken

    @property
    def next_at(self) -> datetime | None:
        return self._events[0][0] if self._events else None
