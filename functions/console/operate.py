"""What an operator tells a stack: stop, go on, send again."""

from __future__ import annotations

from collections.abc import Iterator

from cliffhanger import catalogue, keys, positions
from cliffhanger.delivery import breaker, pacing
from cliffhanger.delivery.misses import Missed
from cliffhanger.errors import CliffhangerError
from cliffhanger.ports import Table
from console import reasons


def pause(table: Table) -> int:
    if not table.get(keys.PACE):
        raise CliffhangerError("nothing has run yet: there is no sending to pause", permanent=True)
    pacing.pause(table, pacing.OPERATOR)
    print("Paused. `cliffhanger resume` goes on.")
    return 0


def resume(table: Table, series: str | None, *, generation: str, now: int) -> int:
    goes_on = "Sending goes on with the next minute."
    if series is None:
        pacing.resume(table, generation)
    elif (shelf := catalogue.find(table, series)) and not shelf.halted:
        goes_on = f"{series} is not halted. `cliffhanger resend {series} N --missed` sends again what readers missed."
    elif later := breaker.resume(table, series, now):
        print(_later(later), "They are owed theirs when that is decided.")
    print(*([*_in_the_way(table, series)] or [goes_on]), sep="\n")
    return 0


def resend(table: Table, series: str, position: int, *, now: int) -> int:
    """Whoever missed the position gets it before the next one, also where it was held and may have gone out."""
    shelf = catalogue.find(table, series)
    if not shelf:
        raise CliffhangerError(f"there is no series {series}", permanent=True)
    if not 1 <= position <= shelf.newest:
        raise CliffhangerError(f"{series} has no position {position}: its newest is {shelf.newest}", permanent=True)
    found = positions.find(table, series, position)
    if found and found.withdrawn:
        raise CliffhangerError(f"position {position} of {series} is withdrawn: it goes to nobody", permanent=True)
    owed = breaker.owe_missed(table, series, position, now, reasons=(Missed.REJECTED, Missed.HELD))
    if owed.later:
        print(_later(owed.later), "Ask again when that is decided.")
    if owed.paused:
        print(f"{owed.paused:,} reader{'s have' if owed.paused > 1 else ' has'} paused, and it waits for them.")
    if not any(owed):
        print("Nobody more is owed it.")
    if not owed.now:
        return 0
    print(f"{owed.now:,} reader{'s are' if owed.now > 1 else ' is'} owed it now.")
    in_the_way = [*_in_the_way(table, series)]
    print(*(in_the_way or ["It goes out within minutes."]), sep="\n")
    return 0


def _later(readers: int) -> str:
    return f"{readers:,} reader{'s have' if readers > 1 else ' has'} another letter under way or in doubt."


def _in_the_way(table: Table, series: str | None) -> Iterator[str]:
    """What keeps letters back, of one series or of all."""
    pace = table.get(keys.PACE) or {}
    if "paused" in pace:
        why, what = reasons.of_pause(pace["paused"])
        yield f"All sending is paused: {why}. {what}"
    elif not pace.get("enabled", True):
        why, what = reasons.of_pause("account")
        yield f"Nothing goes out yet: {why}. {what}"
    elif pace.get("budget", 1) <= 0:
        yield "The day's quota is spent: it goes on by itself, as letters of yesterday no longer count."
    for shelf in catalogue.every_series(table):
        slug = shelf.series.slug
        if shelf.halted and series in (None, slug):
            yield f"{slug} is halted: {reasons.of_halt(shelf.halted)}. `cliffhanger resume {slug}` when that is mended."
