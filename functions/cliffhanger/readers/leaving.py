"""Leaving one series, and addresses that must not be written to."""

from __future__ import annotations

from cliffhanger import keys, links
from cliffhanger.errors import ConditionFailed
from cliffhanger.links import Keys
from cliffhanger.ports import Below, Item, Key, Table, When
from cliffhanger.subscription import State


def leave(table: Table, series: str, reader: str) -> bool:
    """Leave one series, at once, for queued letters too. True if the reader was on it; again, it changes nothing."""
    return _end(table, series, reader, State.LEFT)


def is_suppressed(table: Table, address: str, keys_: Keys) -> bool:
    return "suppressed" in (table.get(keys.address(links.address_digest(address, keys_))) or {})


def suppress(table: Table, address: str, *, reason: str, since: int, keys_: Keys) -> bool:
    """Stop all series of an address that bounced or complained about a letter which SES took at `since`.

    True the first time, False when the same is told again. Steps: the address, then each of the reader's series; done
    again from the start after a crash. An address that was confirmed after `since` has proved itself and stays.
    """
    key = keys.address(links.address_digest(address, keys_))
    item, is_new = _mark(table, key, reason, since)
    if "suppressed" in item and "reader" in item and (profile := table.get(keys.profile(item["reader"]))):
        for series in sorted(profile.get("series", frozenset())):
            _end(table, series, item["reader"], State.SUPPRESSED)
    return is_new


def _mark(table: Table, key: Key, reason: str, since: int) -> tuple[Item, bool]:
    """The address as it is then, and whether this is news of it."""
    when: When = {"confirmed_at": Below(since), "suppressed_at": Below(since)}
    try:
        return table.update(key, set={"suppressed": reason, "suppressed_at": since}, when=when), True
    except ConditionFailed:
        return table.get(key) or {}, False


def _end(table: Table, series: str, reader: str, state: State) -> bool:
    """A higher epoch and no claim: whatever is under way for this subscription will change nothing."""
    try:
        table.update(
            keys.subscription(series, reader),
            set={"state": state.value},
            add={"epoch": 1},
            remove=("claim", "due_pk", "due_at"),
            when={"state": State.ACTIVE.value},
        )
    except ConditionFailed:
        return False
    return True
