"""A reader's place in one series, as the store holds it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cliffhanger import keys
from cliffhanger.ports import Item, Key


class State(StrEnum):
    ACTIVE = "active"
    LEFT = "left"
    SUPPRESSED = "suppressed"


class Pace(StrEnum):
    """How fast a reader who is not live comes on."""

    LIVE = "live"
    """At once, until level: who starts at the newest."""
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker is sending the position `to` now, or died over it. `start` is the first position it decides.

    `owed` marks a letter from the subscription's `owed` set, which moves no bookmark. `at` is the time that the letter
    goes out (ms): its slot.
    """

    id: str
    epoch: int
    start: int
    to: int
    at: int
    owed: bool = False

    def to_item(self) -> Item:
        return {
            "id": self.id,
            "epoch": self.epoch,
            "from": self.start,
            "to": self.to,
            "at": self.at,
            "owed": self.owed,
        }

    @classmethod
    def from_item(cls, item: Item) -> Claim:
        return cls(item["id"], item["epoch"], item["from"], item["to"], item["at"], item["owed"])


@dataclass(frozen=True, slots=True)
class Subscription:
    """`bookmark` is the last position decided. `due_at` is set while the reader catches up; a live one has none.

    `first` is the first position of this epoch. `sent_at` is when the last letter went out (ms).
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

    @property
    def key(self) -> Key:
        return keys.subscription(self.series, self.reader)

    @classmethod
    def from_item(cls, item: Item) -> Subscription:
        return cls(
            series=item["series"],
            reader=item["reader"],
            state=State(item["state"]),
            address=item["address"],
            bookmark=item["bookmark"],
            epoch=item["epoch"],
            pace=Pace(item["pace"]),
            claim=Claim.from_item(item["claim"]) if "claim" in item else None,
            owed=item.get("owed", frozenset()),
            due_at=item.get("due_at"),
            first=item.get("first", 1),
            sent_at=item.get("sent_at"),
        )
