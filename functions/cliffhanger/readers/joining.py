"""Joining a series: a form, a confirmation mail, a click (double opt-in)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from cliffhanger import keys, links, positions
from cliffhanger.catalogue import Shelf
from cliffhanger.errors import ConditionFailed
from cliffhanger.links import Keys
from cliffhanger.pace import LIVE, Kind, Pace, catching_up
from cliffhanger.ports import ABSENT, Item, Key, OneOf, Table, When
from cliffhanger.readers import life, limits
from cliffhanger.readers.leaving import is_suppressed
from cliffhanger.subscription import FOLLOWING, MOST_IN_A_BUNDLE, State


class Start(StrEnum):
    """Where a reader may begin, besides at any chapter (its id)."""

    FIRST = "first"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class SignUp:
    """A form or a mail as it came, parsed. `network` is a digest of the visitor's network, or "mail".

    `start` is a Start, or the id of a released chapter. Without a `pace`, who begins at the newest is live, and all
    others get a chapter a day, at the hour at which they confirm. `bundle`: see Subscription.
    """

    address: str
    start: str
    network: str
    form: str
    pace: Pace | None = None
    bundle: int = 1


OF_BEFORE = (
    "claim",
    "owed",
    "paused_until",
    "soft_bounces",
    "soft_bounced",
    "left_at",
    "left_reason",
    "left_paused",
    "via",
)
"""What a new subscription does not take over from the one that the reader left."""


class Confirmed(StrEnum):
    JOINED = "joined"
    ALREADY = "already"
    UNKNOWN = "unknown"


def may_write_to(table: Table, address: str, keys_: Keys, now: int) -> bool:
    """Whether one more confirmation may go to an address, wherever it was asked for. It costs the same for each."""
    digest = links.address_digest(address, keys_)
    per_month = limits.PER_SUPPRESSED if is_suppressed(table, address, keys_) else limits.PER_LIVELY
    return limits.allow_evenly(table, f"address#{digest}", limits.PER_ADDRESS + per_month, now)


def promise(series: str, sign_up: SignUp, now: int) -> Item:
    """What the click will do, with the proof of consent (time, form, network) that is kept with the subscription."""
    promised: Item = {
        "series": series,
        "address": sign_up.address,
        "start": str(sign_up.start),
        "bundle": sign_up.bundle,
        "proof": {"asked_at": now, "form": sign_up.form, "network": sign_up.network},
    }
    return promised | ({"pace": sign_up.pace.to_item()} if sign_up.pace else {})


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
    table.update(keys.confirmation(digest), set={"reader": reader}, remove=("address", "proof"))
    return (Confirmed.JOINED if joined else Confirmed.ALREADY), reader


def _own_address(table: Table, digest: str, now: int) -> str:
    """The reader whose address this is; a new one if it is nobody's."""
    with suppress(ConditionFailed):  # somebody's already
        table.update(keys.address(digest), set={"reader": links.new_identifier()}, when={"reader": ABSENT})
    item = table.update(keys.address(digest), set={"confirmed_at": now}, remove=("suppressed", "suppressed_at"))
    return str(item["reader"])


def _bookmark(table: Table, shelf: Shelf, start: str) -> int:
    """A chapter that was sent again begins at its new place; one that is gone by now leaves the beginning."""
    if start == Start.NEWEST:
        return positions.before_newest(table, shelf.series.slug, shelf.newest)
    every = positions.every_position(table, shelf.series.slug) if start != Start.FIRST else ()
    found = [position.number for position in every if position.chapter == start and not position.withdrawn]
    return max(found, default=1) - 1


def _subscribe(table: Table, reader: str, item: Item, shelf: Shelf, digest: str, now: int) -> bool:
    """Start, or start again, a subscription. A reader who is on the series keeps his place, and is paused no more; the
    proof of his consent is then the new one.

    The reader begins in the index of the due, also at the newest: so he gets his first letter whatever hint is lost,
    and at once whatever his pace. `first` is the first position that this subscription concerns.
    """
    key = keys.subscription(item["series"], reader)
    found = table.get(key)
    if found and (found["state"] in FOLLOWING or found["joined_by"] == digest):
        life.resume(table, item["series"], reader, to_newest=False, now=now)
        _note_consent(table, key, item, now)
        return bool(found["joined_by"] == digest)
    when: When = {"epoch": found["epoch"], "state": found["state"]} if found else {"pk": ABSENT}
    fresh = _fresh(item, _bookmark(table, shelf, item["start"]), now) | {
        "reader": reader,
        "due_pk": keys.due_pk(keys.shard_of(reader)),
        "joined_by": digest,
    }
    try:
        table.update(key, set=fresh, add={"epoch": 1}, remove=OF_BEFORE, when=when)
    except ConditionFailed:
        return False  # two clicks at once: the other one did it
    table.update(keys.shard(item["series"], keys.shard_of(reader)), add={"readers": 1})
    return True


def _note_consent(table: Table, key: Key, item: Item, now: int) -> None:
    """Whoever brought the reader here, by now he has said so himself: no import may tell that he left."""
    with suppress(ConditionFailed):  # he leaves at this very moment
        table.update(key, set={"proof": _proof(item, now)}, remove=("via",), when={"state": OneOf(FOLLOWING)})


def _proof(item: Item, now: int) -> Item:
    return {**item["proof"], "confirmed_at": now}


def _fresh(item: Item, bookmark: int, now: int) -> Item:
    chosen = Pace.from_item(item["pace"]) if "pace" in item else LIVE
    pace = chosen if item["start"] == Start.NEWEST else catching_up(chosen, now)
    return {
        "series": item["series"],
        "state": State.ACTIVE.value,
        "pace": pace.to_item(),
        "bundle": min(max(item.get("bundle", 1), 1), MOST_IN_A_BUNDLE),
        "address": item["address"],
        "bookmark": bookmark,
        "first": bookmark + 1,
        "due_at": now,
        "joined_at": now,
        "proof": _proof(item, now),
    } | ({"asked_at": now} if pace.kind is Kind.ASKED else {})
