"""What an operator tells a stack: stop, go on, send again."""

from __future__ import annotations

from cliffhanger import catalogue
from cliffhanger.delivery import breaker, pacing
from cliffhanger.errors import CliffhangerError
from cliffhanger.ports import Table


def pause(table: Table) -> int:
    pacing.pause(table, "operator")
    print("Paused. `cliffhanger resume` goes on.")
    return 0


def resume(table: Table, series: str | None, *, generation: str, now: int) -> int:
    if series is None:
        pacing.resume(table, generation)
    else:
        breaker.resume(table, series, now)
    print("Sending goes on with the next minute.")
    return 0


def resend(table: Table, series: str, position: int, *, now: int) -> int:
    """Whoever missed the position gets it before the next one."""
    shelf = catalogue.find(table, series)
    if not shelf:
        raise CliffhangerError(f"there is no series {series}", permanent=True)
    if not 1 <= position <= shelf.newest:
        raise CliffhangerError(f"{series} has no position {position}: its newest is {shelf.newest}", permanent=True)
    breaker.owe_missed(table, series, position, now)
    print("They get it within minutes.")
    return 0
