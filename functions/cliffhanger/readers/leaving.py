"""Addresses that must not be written to, and the end of a subscription."""

from __future__ import annotations

from cliffhanger import keys, links
from cliffhanger.errors import ConditionFailed
from cliffhanger.links import Keys
from cliffhanger.ports import Below, Item, Key, Table, When
from cliffhanger.readers.changing import QUIET, Change, change_if_same
from cliffhanger.subscription import FOLLOWING, State, Subscription


def is_suppressed(table: Table, address: str, keys_: Keys) -> bool:
    return "suppressed" in (table.get(keys.address(links.address_digest(address, keys_))) or {})


def suppressed_spellings(table: Table, address: str, keys_: Keys) -> frozenset[str]:
    """A suppressed address as it is written now, and as its reader wrote it then: SES's list knows that one alone."""
    item = table.get(keys.address(links.address_digest(address, keys_))) or {}
    if "suppressed" not in item:
        return frozenset()
    profile = table.get(keys.profile(item["reader"])) if "reader" in item else None
    return frozenset({address, (profile or {}).get("address", address)})


def suppress(table: Table, address: str, *, reason: str, since: int, keys_: Keys) -> bool:
    """Stop all series of an address that bounced or complained about a letter which SES took at `since`.

    True the first time, False when the same is told again. Steps: the address, then each of the reader's series; done
    again from the start after a crash. An address that was confirmed after `since` has proved itself and stays.
    """
    key = keys.address(links.address_digest(address, keys_))
    item, is_new = _mark(table, key, reason, since)
    if "suppressed" in item and "reader" in item and (profile := table.get(keys.profile(item["reader"]))):
        for series in sorted(profile.get("series", frozenset())):
            end(table, series, item["reader"], State.SUPPRESSED, {"left_at": since}, of=(*FOLLOWING, State.LEFT))
    return is_new


def _mark(table: Table, key: Key, reason: str, since: int) -> tuple[Item, bool]:
    """The address as it is then, and whether this is news of it."""
    when: When = {"confirmed_at": Below(since), "suppressed_at": Below(since)}
    try:
        return table.update(key, set={"suppressed": reason, "suppressed_at": since}, when=when), True
    except ConditionFailed:
        return table.get(key) or {}, False


def end(table: Table, series: str, reader: str, state: State, note: Item, *, of: tuple[State, ...]) -> bool:
    """No letter is begun from now on. One that is under way keeps its claim and still moves the bookmark: who comes
    back to his place does not get it twice.
    """

    def change(found: Subscription) -> Change | None:
        if found.state not in of:
            return None
        until = {} if found.paused_until is None else {"paused_until": found.paused_until}
        pause = {"left_paused": until} if found.state is State.PAUSED else {}
        return {"state": state.value, **note, **pause}, ("asked_at", "paused_until", *QUIET)

    return change_if_same(table, series, reader, change)
