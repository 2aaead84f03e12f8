"""Joining a series: a form, a confirmation mail, a click (double opt-in)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from cliffhanger import keys, links, positions
from cliffhanger.catalogue import Shelf
from cliffhanger.errors import ConditionFailed
from cliffhanger.links import Keys
from cliffhanger.ports import ABSENT, Item, Table, When
from cliffhanger.readers import limits
from cliffhanger.readers.leaving import is_suppressed
from cliffhanger.subscription import Pace, State


class Start(StrEnum):
    FIRST = "first"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class SignUp:
    """A form or a mail as it came, parsed. `network` is a digest of the visitor's network, or "mail"."""

    address: str
    start: Start
    network: str
    form: str


class Confirmed(StrEnum):
    JOINED = "joined"
    ALREADY = "already"
    UNKNOWN = "unknown"


def may_ask(table: Table, sign_up: SignUp, keys_: Keys, now: int) -> bool:
    """Whether a confirmation may go out: the visitor hears the same either way."""
    if not limits.allow(table, f"network#{sign_up.network}", limits.PER_NETWORK, now):
        return False
    return may_write_to(table, sign_up.address, keys_, now)


def may_write_to(table: Table, address: str, keys_: Keys, now: int) -> bool:
    """Whether one more confirmation may go to an address, wherever it was asked for."""
    digest = links.address_digest(address, keys_)
    suppressed = is_suppressed(table, address, keys_)
    per_address = (*limits.PER_ADDRESS, *(limits.PER_SUPPRESSED if suppressed else ()))
    return limits.allow(table, f"address#{digest}", per_address, now)


def promise(series: str, sign_up: SignUp, now: int) -> Item:
    """What the click will do, with the proof of consent (time, form, network) that is kept with the subscription."""
    return {
        "series": series,
        "address": sign_up.address,
        "start": sign_up.start.value,
        "proof": {"asked_at": now, "form": sign_up.form, "network": sign_up.network},
    }


def look_up(table: Table, token: str, now: int) -> Item | None:
    """The sign-up behind a token that is still good; changes nothing."""
    item = table.get(keys.confirmation(links.digest(token)))
    return item if item and item["until"] > now else None


def confirm(table: Table, token: str, shelf: Shelf, keys_: Keys, now: int) -> tuple[Confirmed, str]:
    """Act on a click. Returns what happened and the reader's id ("" if unknown).

    Steps, each safe to repeat, so that a second click finishes what a crash left: the address (confirming clears an
    old suppression), the reader's list of series, the shard's mark, the subscription, the token.
    """
    item = look_up(table, token, now)
    if not item:
        return Confirmed.UNKNOWN, ""
    if "reader" in item:
        return Confirmed.ALREADY, item["reader"]
    series, digest = item["series"], links.digest(token)
    reader = _own_address(table, links.address_digest(item["address"], keys_), now)
    table.update(keys.profile(reader), set={"address": item["address"]}, add={"series": frozenset({series})})
    table.update(keys.shard(series, keys.shard_of(reader)), set={"joined_at": now})
    joined = _subscribe(table, reader, item, shelf, digest, now)
    table.update(keys.confirmation(digest), set={"reader": reader}, remove=("address",))
    return (Confirmed.JOINED if joined else Confirmed.ALREADY), reader


def _own_address(table: Table, digest: str, now: int) -> str:
    """The reader whose address this is; a new one if it is nobody's."""
    with suppress(ConditionFailed):  # somebody's already
        table.update(keys.address(digest), set={"reader": links.new_identifier()}, when={"reader": ABSENT})
    item = table.update(keys.address(digest), set={"confirmed_at": now}, remove=("suppressed", "suppressed_at"))
    return str(item["reader"])


def _before_newest(table: Table, shelf: Shelf) -> int:
    """The bookmark of a reader who begins with the newest chapter that was not withdrawn."""
    for number in range(shelf.newest, 0, -1):
        position = positions.find(table, shelf.series.slug, number)
        if position and not position.withdrawn:
            return number - 1
    return 0


def _subscribe(table: Table, reader: str, item: Item, shelf: Shelf, digest: str, now: int) -> bool:
    """Start, or start again, a subscription. A reader who is on the series keeps his place.

    The reader begins in the index of the due, also at the newest: so he gets his first letter whatever hint is lost.
    `first` is the first position that this subscription concerns.
    """
    key = keys.subscription(item["series"], reader)
    found = table.get(key)
    if found and (found["state"] == State.ACTIVE.value or found["joined_by"] == digest):
        return bool(found["joined_by"] == digest)
    pace = Pace.DAILY if item["start"] == Start.FIRST.value else Pace.LIVE
    when: When = {"epoch": found["epoch"]} if found else {"pk": ABSENT}
    bookmark = 0 if pace is Pace.DAILY else _before_newest(table, shelf)
    fresh = {
        "series": item["series"],
        "reader": reader,
        "state": State.ACTIVE.value,
        "pace": pace.value,
        "address": item["address"],
        "bookmark": bookmark,
        "first": bookmark + 1,
        "due_pk": keys.due_pk(keys.shard_of(reader)),
        "due_at": now,
        "joined_by": digest,
        "joined_at": now,
        "proof": item["proof"],
    }
    try:
        table.update(key, set=fresh, add={"epoch": 1}, remove=("claim", "owed"), when=when)
    except ConditionFailed:
        return False  # two clicks at once: the other one did it
    table.update(keys.shard(item["series"], keys.shard_of(reader)), add={"readers": 1})
    return True
