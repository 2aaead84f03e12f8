"""A reader's new address."""

from __future__ import annotations

from contextlib import suppress

from cliffhanger import keys, links
from cliffhanger.errors import ConditionFailed
from cliffhanger.links import Keys
from cliffhanger.ports import ABSENT, PRESENT, Table


def change_address(table: Table, reader: str, address: str, keys_: Keys, now: int) -> bool:
    """Write to the reader at `address` from now on. False if it is another reader's.

    Steps, each safe to repeat: the new address is his (confirmed, so an old suppression is over), each subscription,
    the old address is nobody's, the profile. A crash between them leaves mail going to one address or the other, both
    his, and the same click finishes.
    """
    profile = table.get(keys.profile(reader))
    if not profile or not _take(table, reader, links.address_digest(address, keys_), now):
        return False
    for series in sorted(profile.get("series", ())):
        with suppress(ConditionFailed):  # no such subscription
            table.update(keys.subscription(series, reader), set={"address": address}, when={"pk": PRESENT})
    if profile["address"] != address:
        _let_go(table, reader, links.address_digest(profile["address"], keys_))
    with suppress(ConditionFailed):  # erased meanwhile
        table.update(keys.profile(reader), set={"address": address}, when={"pk": PRESENT})
    return True


def _take(table: Table, reader: str, digest: str, now: int) -> bool:
    with suppress(ConditionFailed):  # somebody's already: perhaps his
        table.update(keys.address(digest), set={"reader": reader}, when={"reader": ABSENT})
    fresh = {"confirmed_at": now}
    try:
        table.update(keys.address(digest), set=fresh, remove=("suppressed", "suppressed_at"), when={"reader": reader})
    except ConditionFailed:
        return False
    return True


def _let_go(table: Table, reader: str, digest: str) -> None:
    """Only that it is suppressed is kept of an address which is nobody's."""
    key = keys.address(digest)
    try:
        table.delete(key, when={"reader": reader, "suppressed": ABSENT})
    except ConditionFailed:
        with suppress(ConditionFailed):  # done before
            table.update(key, remove=("reader", "confirmed_at"), when={"reader": reader})
