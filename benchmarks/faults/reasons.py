"""The service's own word on who missed what, as an operator would read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """`at` is when it was made (ms)."""

    reason: str
    at: int


Records = Mapping[tuple[str, int, str], Record]
"""By series, position and address."""
