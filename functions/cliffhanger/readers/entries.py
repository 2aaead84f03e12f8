"""A line of an imported file, as we understand it: somebody who reads, has left, or must not be written to."""

from __future__ import annotations

from dataclasses import dataclass

from cliffhanger.pace import Pace
from cliffhanger.subscription import State


@dataclass(frozen=True, slots=True)
class Place:
    """How far somebody has read: the number of a chapter, or of a position."""

    number: int
    is_chapter: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """`consent` says in words how and when he agreed, as the file has it. Times are ms. `bundle`: see Subscription.

    `suppressed` is the reason, with the time `suppressed_at`, where the file tells them.
    """

    line: int
    address: str
    state: State
    place: Place | None = None
    pace: Pace | None = None
    bundle: int = 1
    paused_until: int | None = None
    joined_at: int | None = None
    consent: str = ""
    suppressed: str | None = None
    suppressed_at: int | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that nothing is made of, and why. It repeats no address."""

    line: int
    reason: str
