"""The service's own word on who missed what, as an operator would read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.faults.history import Membership


@dataclass(frozen=True, slots=True)
class Record:
    """`at` is when it was made (ms), `epoch` of which stay of the reader it tells."""

    reason: str
    at: int
    epoch: int


Records = Mapping[tuple[str, int, str], Record]
"""By series, position and address."""


def told_of(stay: Membership, position: int, records: Records) -> Record | None:
    record = records.get((stay.series, position, stay.address))
    return record if record and record.epoch == stay.epoch else None
