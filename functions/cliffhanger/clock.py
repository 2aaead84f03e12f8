"""The time, as every part of the service reads it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cliffhanger.ports import Clock

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST = datetime(1, 1, 3, tzinfo=UTC)
LATEST = datetime(9999, 12, 29, tzinfo=UTC)
"""Two days within what a `datetime` can hold, so that each zone has a time for them."""


def system_clock(offset_file: Path | None = None) -> Clock:
    """Milliseconds since 1970.

    `offset_file` holds seconds to add, and is read anew each time: the local cloud's way to move time.
    """

    def now() -> int:
        shift = float(offset_file.read_text() or 0) if offset_file and offset_file.exists() else 0.0
        return int((time.time() + shift) * 1000)

    return now


def as_datetime(milliseconds: int) -> datetime:
    """A time too far away for a calendar is the last that it has: we show what the store holds, whoever wrote it."""
    nearest = min(max(milliseconds, as_milliseconds(EARLIEST)), as_milliseconds(LATEST))
    return EPOCH + timedelta(milliseconds=nearest)


def as_milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
