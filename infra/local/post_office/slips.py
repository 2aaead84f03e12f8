"""What remains of every letter: a few words each, so that a million of them stay countable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from local.post_office.letter import Letter


class Copy(NamedTuple):
    """An issue in a reader's hands. `reader` is the bare address."""

    reader: str
    series: str
    position: int


class Slip(NamedTuple):
    """One accepted letter. `series` is "" and `position` 0 for what is no issue; `at` is milliseconds.

    `told` says whether any of its events comes to whoever listens, however late.
    """

    reader: str
    series: str
    position: int
    epoch: int
    at: int
    told: bool


def slip_of(letter: Letter, *, told: bool) -> Slip:
    tags, at = letter.request.tags, int(letter.at.timestamp() * 1000)
    position, epoch = int(tags.get("position", 0)), int(tags.get("epoch", 0))
    return Slip(letter.reader, tags.get("series", ""), position, epoch, at, told)


def count(slips: Iterable[Slip]) -> Counter[Copy]:
    """How many copies of each issue each reader was sent."""
    return Counter(Copy(slip.reader, slip.series, slip.position) for slip in slips if slip.position)
