"""`cliffhanger redrive`: what failed too often goes back to its queue, once its cause is mended."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from cliffhanger.adapters.dead_letters import SqsDeadLetters
from cliffhanger.errors import CliffhangerError
from console.queues import TICK

FEEDBACK = "feedback"


def redrive(queues: Mapping[str, SqsDeadLetters], only: str | None, note: Callable[[], None], *, dry_run: bool) -> int:
    """A line a queue. `tick` has no queue to go back to; named alone, its messages are put away.

    `note` is called before events come back: they are old, and no letter may be taken for lost while they are read.
    """
    if only and only not in queues:
        raise CliffhangerError(f"there is no queue {only}: it is one of {', '.join(queues)}", permanent=True)
    for name in [only] if only else queues:
        waiting = queues[name].waiting()
        if not waiting:
            print(f"{name}: nothing lies there")
        elif name == TICK and (dry_run or not only):
            print(f"{name}: {waiting} minutes failed. Each next minute did their work: nothing needs to come back.")
            print("      `cliffhanger redrive tick` puts the notices away, and ends the alarm.")
        elif dry_run:
            print(f"{name}: {waiting} would come back")
        else:
            _bring_back(name, queues[name], waiting, note if name == FEEDBACK else lambda: None)
    return 0


def _bring_back(name: str, letters: SqsDeadLetters, waiting: int, note: Callable[[], None]) -> None:
    """As many as lay there in the beginning: one that fails again meanwhile must not go round for ever."""
    done = 0
    while done < waiting:
        note()
        found, home = letters.take(waiting - done)
        done += home
        if home < found:
            rest = found - home
            raise CliffhangerError(f"{name}: SQS took {done} and not {rest}, which stay: try again", permanent=False)
        if not found:
            break
        if sys.stdout.isatty():
            print(f"{name}: {done} of {waiting}", end="\r", flush=True)
    print(f"{name}: {done} {'put away' if name == TICK else 'came back'}{_left(waiting - done)}")


def _left(count: int) -> str:
    return f", {count} are in somebody else's hands: try again in a minute" if count > 0 else ""
