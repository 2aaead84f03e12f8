"""One bad header must not reject a million readers (promise 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from enum import Enum
from typing import NamedTuple

from cliffhanger import keys
from cliffhanger.delivery.misses import LEFT, OWED, SENT_LATER, Missed, as_if_he_stayed
from cliffhanger.errors import CliffhangerError, ConditionFailed
from cliffhanger.ports import ABSENT, Contains, Item, Table, When
from cliffhanger.subscription import FOLLOWING, State, Subscription

FIRST = 20
SHARE = 0.01

COUNTED: tuple[str, ...] = ("sent", "rejected", "refused", "doubt")
LATE = tuple(f"late_{name}" for name in COUNTED)
"""What happens after a send was closed, to readers who catch up: its own counts are exact, and stay."""


class Owed(NamedTuple):
    """How many are owed a letter now, how many can be only when another letter of theirs is decided, and how many get
    it when they end their pause.
    """

    now: int
    later: int
    paused: int


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
        halt(table, series, position)


def halt(table: Table, series: str, position: int) -> None:
    """Over the rejections of a position; the first one stays."""
    with suppress(ConditionFailed):
        changes = {"halted": "rejected", "halted_by": position}
        table.update(keys.series_meta(series), set=changes, when={"halted": ABSENT})


def was_resumed(table: Table, series: str, position: int) -> bool:
    """Whether an operator has let a series go on that had halted over this position."""
    return "resumed_at" in (table.get(keys.send_total(series, position)) or {})


def trips(sent: int, rejected: int) -> bool:
    """The first 20 rejected, or more than 1 % of a send; below 20 it may be the addresses."""
    return rejected >= FIRST and rejected > SHARE * (sent + rejected)


def owe_missed(
    table: Table, series: str, position: int, now: int, *, reasons: tuple[Missed, ...] = (Missed.REJECTED,)
) -> Owed:
    """Everybody who missed a position for one of `reasons` is owed it. Done again, who is left.

    What was held may have gone out: only an operator may owe that.
    """
    records = table.query(f"MISSED#{series}#{position}")
    missed = (record for record in records if as_if_he_stayed(record)["reason"] in reasons)
    dealt = Counter(_deal_with(table, series, position, record, now) for record in missed)
    return Owed(now=dealt[_Dealt.OWED], later=dealt[_Dealt.LATER], paused=dealt[_Dealt.PAUSED])


def owe_the_rest(table: Table, series: str, positions: Iterable[int], now: int) -> None:
    """What a `resume` could not owe yet (`Shelf.owing`)."""
    for position in positions:
        if not owe_missed(table, series, position, now).later:
            table.update(keys.series_meta(series), discard={"owing": frozenset({position})})


def accepted_after_all(table: Table, found: Subscription, positions: Iterable[int]) -> None:
    """SES had taken a letter that was held: it was sent, and what is owed of it is owed no more.

    Steps: the record, then `owed`. Done again, it finds the record as it left it, and goes on.
    """
    for position in positions:
        key = keys.missed(found.series, position, found.reader)
        record = table.get(key)
        if not record or record["epoch"] != found.epoch or Missed.HELD not in (record["reason"], record.get("was")):
            continue
        table.update(key, set={"reason": SENT_LATER, "was": Missed.HELD.value})
        _owe_no_more(table, found.series, found.reader, position)


def resume(table: Table, series: str, now: int) -> int:
    """An operator's word that the letter is mended: the counts begin anew, and what was rejected goes out.

    That is so for sends that are closed too, where readers who catch up were rejected. Returns how many are owed theirs
    only when another letter, which is under way or in doubt, is decided: each minute looks whether it is.
    """
    meta = table.get(keys.series_meta(series))
    if not meta:
        raise CliffhangerError(f"there is no series {series}", permanent=True)
    later = {}
    for position in range(1, meta.get("newest", 0) + 1):
        total = keys.send_total(series, position)
        if position > meta.get("closed", 0):
            later[position] = owe_missed(table, series, position, now).later
            table.update(total, set={"rejected": 0})
        elif "late_rejected" in (table.get(total) or {}):
            later[position] = owe_missed(table, series, position, now).later
            table.update(total, remove=("late_rejected",))
    if "halted_by" in meta:
        table.update(keys.send_total(series, meta["halted_by"]), set={"resumed_at": now})
    owing = frozenset(position for position, readers in later.items() if readers)
    table.update(keys.series_meta(series), add={"owing": owing} if owing else {}, remove=("halted", "halted_by"))
    return sum(later.values())


class _Dealt(Enum):
    OWED = "owed"
    PAUSED = "paused"
    LATER = "later"
    OTHERWISE = "otherwise"
    """He has left, it went out after all, or it is not decided yet, and he gets it in its turn."""


def _deal_with(table: Table, series: str, position: int, record: Item, now: int) -> _Dealt:
    """Owe one reader what he missed, if he still follows.

    Steps: the position into `owed` and the reader into the index of the due, then the record.
    """
    reader = record["sk"].removeprefix("READER#")
    found = table.get(keys.subscription(series, reader))
    here = found if found and found["state"] in FOLLOWING and found["epoch"] == record["epoch"] else None
    reason = as_if_he_stayed(record)["reason"]
    if here and here["bookmark"] < position and "claim" not in here:
        return _Dealt.OTHERWISE
    if here and not _owe(table, here, position, now):
        return _Dealt.LATER
    key = keys.missed(series, position, reader)
    said = {"reason": OWED, "was": reason} if here else {"reason": LEFT, "stayed": reason}
    try:
        table.update(key, set=said, when={"reason": record["reason"]})
    except ConditionFailed:
        if (table.get(key) or {}).get("reason") == SENT_LATER:  # so it was found just now
            _owe_no_more(table, series, reader, position)
        return _Dealt.OTHERWISE
    if not here:
        return _Dealt.OTHERWISE
    return _Dealt.OWED if here["state"] == State.ACTIVE else _Dealt.PAUSED


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


def _owe_no_more(table: Table, series: str, reader: str, position: int) -> None:
    with suppress(ConditionFailed):
        key, gone = keys.subscription(series, reader), frozenset({position})
        table.update(key, discard={"owed": gone}, when={"owed": Contains(position)})
