"""What may become of one call to a port."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.stage.kernel import Kernel, Process

SECOND = 1_000_000
HOUR = 3_600 * SECOND


class Reached(Enum):
    """How far a call has come."""

    NOTHING = "nothing"
    EFFECT = "effect"
    """It took effect, and the answer is not there yet."""


@dataclass(frozen=True, slots=True)
class Fate:
    """`effects` is how often the other side does what was asked: twice where a client asks again after a lost answer.

    `silence` passes before the caller hears (µs). Without an answer he sees `error`, or the port's own for a lost one.
    """

    dies: Reached | None = None
    freezes: Reached | None = None
    freeze_for: int = HOUR + 60 * SECOND
    effects: int = 1
    silence: int = 0
    answered: bool = True
    error: Exception | None = None


Fates = Callable[["Kernel", "Process", str], Fate | None]
"""The process that calls, and "port.operation"; None where all goes well."""

DIES_BEFORE = Fate(dies=Reached.NOTHING)
DIES_AFTER = Fate(dies=Reached.EFFECT)
FREEZES_BEFORE = Fate(freezes=Reached.NOTHING)
FREEZES_AFTER = Fate(freezes=Reached.EFFECT)
UNANSWERED = Fate(silence=20 * SECOND, answered=False)
"""It took effect, and its answer never came."""
UNHEARD = Fate(effects=0, silence=20 * SECOND, answered=False)
"""It never arrived, and the caller can't tell."""
ASKED_TWICE = Fate(effects=2, silence=SECOND // 10)
"""The first answer was lost, and the client asked again by itself."""


def refused(error: Exception) -> Fate:
    """The other side said no at once, and did nothing."""
    return Fate(effects=0, answered=False, error=error)
