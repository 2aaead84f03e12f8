"""What came of looking after one reader."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    IDLE = "idle"
    """Nothing to send now."""
    BUSY = "busy"
    """A claim is open, or somebody must look again: the shard is not finished."""
    WAIT = "wait"
    """Behind, and not to have an issue before `Result.until`."""
    SENT = "sent"
    REJECTED = "rejected"
    HELD = "held"
    """Like REJECTED, the position is decided without a letter."""
    REFUSED = "refused"
    """SES did not take it, and may take it later."""
    DOUBT = "doubt"
    """Nobody knows whether SES took it."""


@dataclass(frozen=True, slots=True)
class Result:
    """`positions` are the letter's. `stop`: nobody can send now; leave the rest to the next round."""

    outcome: Outcome
    positions: tuple[int, ...] = ()
    until: int = 0
    stop: bool = False


IDLE = Result(Outcome.IDLE)
BUSY = Result(Outcome.BUSY)
