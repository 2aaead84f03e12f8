"""The time, as every part of the service reads it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from cliffhanger.ports import Clock

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def system_clock(offset_file: Path | None = None) -> Clock:
    """Milliseconds since 1970.

    `offset_file` holds seconds to add, and is read anew each time: the local cloud's way to move time.
    """

    def now() -> int:
        shift = float(offset_file.read_text() or 0) if offset_file and offset_file.exists() else 0.0
        return int((time.time() + shift) * 1000)

    return now


def as_datetime(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def as_milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
