"""One bad header must not reject a million readers (promise 5)."""

from __future__ import annotations

from cliffhanger import keys
from cliffhanger.delivery.ledger import Missed
from cliffhanger.errors import CliffhangerError, ConditionFailed
from cliffhanger.ports import ABSENT, Item, Table, When
from cliffhanger.subscription import FOLLOWING, State

FIRST = 20
SHARE = 0.01

COUNTED: tuple[str, ...] = ("sent", "rejected", "refused", "doubt")
LATE = tuple(f"late_{name}" for name in COUNTED)
"""What happens after a send was closed, to readers who catch up: its own counts are exact, and stay."""

OWED, LEFT = "owed", "left"
"""What a record of a miss says after it was dealt with."""


def count(table: Table, series: str, position: int, **counts: int) -> None:
    """Add to counts of COUNTED; halt the series where so many are rejected that the letter must be at fault."""
    key = keys.send_total(series, position)
    names = COUNTED
    try:
        total = table.update(key, add=counts, when={"closed_at": ABSENT})
    except ConditionFailed:
        names = LATE
        total = table.update(key, add={f"late_{name}": number for name, number in counts.items()})
    sent, rejected = (total.get(name, 0) for name in names[:2])
    if counts.get("rejected") and trips(sent, rejected):
        halt(table, series)


def halt(table: Table, series: str) -> None:
    table.update(keys.series_meta(series), set={"halted": "rejected"})


def trips(sent: int, rejected: int) -> bool:
    """The first 20 rejected, or more than 1 % of a send; below 20 it may be the addresses."""
    return rejected >= FIRST and rejected > SHARE * (sent + rejected)


def owe_missed(table: Table, series: str, position: int, now: int) -> None:
    """Everybody for whom a position was rejected or held is owed it. Done again, it finds who is left.

    Steps per reader: the position into `owed` and the reader into the index of the due, then the record.
    """
    for record in table.query(f"MISSED#{series}#{position}"):
        if record["reason"] not in (Missed.REJECTED, Missed.HELD):
            continue
        reader = record["sk"].removeprefix("READER#")
        found = table.get(keys.subscription(series, reader))
        here = found if found and found["state"] in FOLLOWING and found["epoch"] == record["epoch"] else None
        if not here or _owe(table, here, position, now):
            said = OWED if here else LEFT
            table.update(keys.missed(series, position, reader), set={"reason": said})


def resume(table: Table, series: str, now: int) -> None:
    """An operator's word that the letter is mended: the counts begin anew, and what is owed goes out."""
    meta = table.get(keys.series_meta(series))
    if not meta:
        raise CliffhangerError(f"there is no series {series}", permanent=True)
    closed = meta.get("closed", 0)
    for position in range(closed + 1, meta.get("newest", 0) + 1):
        owe_missed(table, series, position, now)
        table.update(keys.send_total(series, position), set={"rejected": 0})
    for position in range(1, closed + 1):
        table.update(keys.send_total(series, position), remove=("late_rejected",))
    table.update(keys.series_meta(series), remove=("halted",))


def _owe(table: Table, found: Item, position: int, now: int) -> bool:
    """Put a position before the reader's next one; a paused one gets it when he goes on.

    False while a claim is open: its settle would not know of it.
    """
    reader, state = found["reader"], found["state"]
    due = {"due_pk": keys.due_pk(keys.shard_of(reader)), "due_at": now} if state == State.ACTIVE else {}
    when: When = {"epoch": found["epoch"], "state": state, "claim": ABSENT}
    key = keys.subscription(found["series"], reader)
    try:
        table.update(key, set=due, add={"owed": frozenset({position})}, when=when)
    except ConditionFailed:
        return False
    return True
