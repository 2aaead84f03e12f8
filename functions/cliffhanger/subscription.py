"""A reader's place in one series, as the store holds it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from cliffhanger import keys
from cliffhanger.pace import Kind, Pace
from cliffhanger.ports import Item, Key


class State(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    """Nothing is sent; `paused_until` is when he wakes by himself, if ever."""
    LEFT = "left"
    SUPPRESSED = "suppressed"


FOLLOWING = (State.ACTIVE, State.PAUSED)

MOST_IN_A_BUNDLE = 10

TOO_MANY_SOFT_BOUNCES = 3
"""So many letters running could not be delivered just now: the subscription is paused."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker is sending the position `to` now, or died over it. `start` is the first position it decides.

    `owed` marks a letter from the subscription's `owed` set, which moves no bookmark. `at` is the time that the letter
    goes out (ms): its slot. `before` are the positions that a bundle holds before `to`; others were passed over.
    `goes_on`: what follows is the next part of the same chapter, and comes at once.
    """

    id: str
    epoch: int
    start: int
    to: int
    at: int
    owed: bool = False
    before: tuple[int, ...] = ()
    goes_on: bool = False

    @property
    def positions(self) -> tuple[int, ...]:
        """What the letter holds."""
        return (*self.before, self.to)

    def to_item(self) -> Item:
        return {
            "id": self.id,
            "epoch": self.epoch,
            "from": self.start,
            "to": self.to,
            "at": self.at,
            "owed": self.owed,
            **({"before": list(self.before)} if self.before else {}),
            **({"goes_on": True} if self.goes_on else {}),
        }

    @classmethod
    def from_item(cls, item: Item) -> Claim:
        before = tuple(item.get("before", ()))
        return cls(
            id=item["id"],
            epoch=item["epoch"],
            start=item["from"],
            to=item["to"],
            at=item["at"],
            owed=item["owed"],
            before=before,
            goes_on=item.get("goes_on", False),
        )


@dataclass(frozen=True, slots=True)
class Subscription:
    """`bookmark` is the last position decided; `first` is the first one of this epoch.

    `due_at` is when the reader gets his next letter (ms), or wakes from a pause. An active one without it is level
    (`is_live`), or has not asked for the next. `asked_at`: when he did (ms), until that letter is decided.

    `choices` counts what he chose of when his letters come: whoever decides a letter sees by it that the time which he
    has worked out for the next one may be wrong by now. `sent_at` is when the last letter went out (ms). `bundle` is
    how many positions a letter to somebody who catches up may hold. `soft_bounces` is how many letters running came
    back for now, the last of them with the position `soft_bounced`. `left_paused` is the pause in which he left:
    {paused_until}, or {} if it had no end.
    """

    series: str
    reader: str
    state: State
    address: str
    bookmark: int
    epoch: int
    pace: Pace
    claim: Claim | None = None
    owed: frozenset[int] = frozenset()
    due_at: int | None = None
    first: int = 1
    sent_at: int | None = None
    bundle: int = 1
    asked_at: int | None = None
    choices: int = 0
    paused_until: int | None = None
    soft_bounces: int = 0
    soft_bounced: int = 0
    left_at: int | None = None
    left_paused: Item | None = None

    @property
    def key(self) -> Key:
        return keys.subscription(self.series, self.reader)

    @property
    def is_live(self) -> bool:
        """Releases alone wake him, and each at once, whatever his pace while he caught up."""
        return self.state is State.ACTIVE and self.due_at is None and self.pace.kind is not Kind.ASKED

    @property
    def waits_to_be_asked(self) -> bool:
        """By his own wish; what he is owed comes unasked."""
        return self.pace.kind is Kind.ASKED and self.asked_at is None and not self.owed

    @classmethod
    def from_item(cls, item: Item) -> Subscription:
        return cls(
            series=item["series"],
            reader=item["reader"],
            state=State(item["state"]),
            address=item["address"],
            bookmark=item["bookmark"],
            epoch=item["epoch"],
            pace=Pace.from_item(item["pace"]),
            claim=Claim.from_item(item["claim"]) if "claim" in item else None,
            owed=item.get("owed", frozenset()),
            due_at=item.get("due_at"),
            first=item.get("first", 1),
            sent_at=item.get("sent_at"),
            bundle=item.get("bundle", 1),
            asked_at=item.get("asked_at"),
            choices=item.get("choices", 0),
            paused_until=item.get("paused_until"),
            soft_bounces=item.get("soft_bounces", 0),
            soft_bounced=item.get("soft_bounced", 0),
            left_at=item.get("left_at"),
            left_paused=item.get("left_paused"),
        )


ATTRIBUTES = tuple(field.name for field in fields(Subscription))
"""Of the item, as far as they are read here. How somebody joined is not: of a million readers that is a third."""
