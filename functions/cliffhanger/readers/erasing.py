"""Erasing a reader: nothing is left but, where his address was suppressed, its keyed hash, which says so."""

from __future__ import annotations

from cliffhanger import catalogue, keys, links
from cliffhanger.links import Keys
from cliffhanger.ports import Key, Table


def erase(table: Table, address: str, keys_: Keys) -> bool:
    """True if there was anything to erase. Done again after a crash, it finishes what is left.

    Steps: of each series the subscription, and the records of what was missed; the profile; the address. A letter under
    way is decided by nobody any more. A confirmation that waits for its click is known by its token alone, and goes
    with its expiry; letters in the outbox lose their recipient when they are decided.
    """
    key = keys.address(links.address_digest(address, keys_))
    found = table.get(key)
    if not found:
        return False
    if "reader" in found:
        reader = found["reader"]
        for series in sorted((table.get(keys.profile(reader)) or {}).get("series", ())):
            _leave_no_trace(table, series, reader)
        table.delete(keys.profile(reader))
    return _forget(table, key, suppressed="suppressed" in found, known="reader" in found)


def _leave_no_trace(table: Table, series: str, reader: str) -> None:
    table.delete(keys.subscription(series, reader))
    shelf = catalogue.find(table, series)
    for position in range(1, shelf.newest + 1 if shelf else 1):
        table.delete(keys.missed(series, position, reader))


def _forget(table: Table, key: Key, *, suppressed: bool, known: bool) -> bool:
    if not suppressed:
        table.delete(key)
    elif known:
        table.update(key, remove=("reader", "confirmed_at"))
    return known or not suppressed
