"""Readers of another service, or of our own export, taken over into a series.

Each line is decided by what the store holds now, so an import that was cut off is finished by doing it again: whom
it took already is a reader who keeps his place, at the price of two reads. Nobody is mailed by an import. Who is
level gets the next release; who has chapters before him gets them at his pace, or one a day, beginning at a moment of
his own within the first day. Who asks for each gets the first one unasked: it has the link to ask with.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from cliffhanger import keys, links
from cliffhanger.clock import DAY
from cliffhanger.errors import ConditionFailed
from cliffhanger.links import Keys
from cliffhanger.pace import ASKED, LIVE, Pace, catching_up, next_time
from cliffhanger.ports import ABSENT, Item, Key, Table
from cliffhanger.readers import leaving, life
from cliffhanger.readers.entries import Entry
from cliffhanger.readers.joining import Start
from cliffhanger.readers.story import Story
from cliffhanger.subscription import FOLLOWING, State

VIA = "import"
LONG_AGO = 1
"""When an address became suppressed, where the file does not say: anything that we know of it ourselves is newer."""


class Outcome(StrEnum):
    """What an import does with a line. The last three change nothing."""

    LEVEL = "joins, and gets the next release"
    BEHIND = "joins, and catches up"
    PAUSED = "joins, and is paused"
    HAD_LEFT = "is noted as having left"
    UNREACHABLE = "is suppressed: nobody writes to the address"
    LEAVES = "came by an import, and leaves: the file says that he has"
    KEPT = "is on the series already, or has confirmed since: he keeps his place"
    STAYS_LEFT = "has left the series, and stays left"
    STAYS_SUPPRESSED = "is suppressed, and stays so"


@dataclass(frozen=True, slots=True)
class Import:
    """`source` and the file's `digest` are kept with each subscription. `start` is for a reader without a place."""

    table: Table
    series: str
    story: Story
    source: str
    digest: str
    start: Start
    keys: Keys
    now: int
    day: int = DAY

    def outcome(self, entry: Entry) -> Outcome:
        """What `take` would do; changes nothing."""
        found = self.table.get(self._address(entry)) or {}
        item = self.table.get(keys.subscription(self.series, found["reader"])) if "reader" in found else None
        if entry.state is State.SUPPRESSED:
            return self._of_unreachable(entry, found, item)
        if "suppressed" in found or (item and item["state"] == State.SUPPRESSED):
            return Outcome.STAYS_SUPPRESSED
        if item and item["state"] == State.LEFT:
            return Outcome.STAYS_LEFT
        if item:
            return Outcome.LEAVES if entry.state is State.LEFT and item.get("via") == VIA else Outcome.KEPT
        if entry.state is State.ACTIVE:
            return Outcome.LEVEL if self._bookmark(entry) >= self.story.newest else Outcome.BEHIND
        return Outcome.PAUSED if entry.state is State.PAUSED else Outcome.HAD_LEFT

    def take(self, entry: Entry) -> Outcome:
        """Do with a line what the store says.

        Steps, each safe to repeat: whose the address is, its suppression, the reader's list of series, the shard's
        mark, the subscription, the shard's count.
        """
        outcome = self.outcome(entry)
        if outcome in (Outcome.KEPT, Outcome.STAYS_LEFT, Outcome.STAYS_SUPPRESSED):
            return outcome
        reader = self._reader(entry)
        if outcome is Outcome.LEAVES:
            life.leave(self.table, self.series, reader, now=self.now)
            return outcome
        if outcome is Outcome.UNREACHABLE:
            reason, since = entry.suppressed or VIA, entry.suppressed_at or LONG_AGO
            leaving.suppress(self.table, entry.address, reason=reason, since=since, keys_=self.keys)
        return outcome if self._enter(reader, entry) or outcome is Outcome.UNREACHABLE else Outcome.KEPT

    def _of_unreachable(self, entry: Entry, found: Item, item: Item | None) -> Outcome:
        """An address that was confirmed with us after the file's time has proved itself.

        One that is suppressed and nobody's is that of a reader who was erased: nothing more is kept of him.
        """
        if "suppressed" in found and ("reader" not in found or item):
            return Outcome.STAYS_SUPPRESSED
        confirmed = found.get("confirmed_at", 0) >= (entry.suppressed_at or LONG_AGO)
        return Outcome.KEPT if confirmed else Outcome.UNREACHABLE

    def _reader(self, entry: Entry) -> str:
        """Unlike a click, this confirms nothing."""
        key = self._address(entry)
        with suppress(ConditionFailed):  # somebody's already
            self.table.update(key, set={"reader": links.new_identifier()}, when={"reader": ABSENT})
        return str((self.table.get(key) or {})["reader"])

    def _enter(self, reader: str, entry: Entry) -> bool:
        """False if he is there already: he has joined this very moment."""
        table, shard = self.table, keys.shard(self.series, keys.shard_of(reader))
        table.update(keys.profile(reader), set={"address": entry.address}, add={"series": frozenset({self.series})})
        table.update(shard, set={"joined_at": self.now})
        try:
            table.put(keys.subscription(self.series, reader), self._subscription(reader, entry), when={"pk": ABSENT})
        except ConditionFailed:
            return False
        if entry.state is State.ACTIVE:
            table.update(shard, add={"readers": 1})
        return True

    def _subscription(self, reader: str, entry: Entry) -> Item:
        bookmark = self._bookmark(entry)
        due_at, pace = self._due_and_pace(entry, bookmark)
        item: Item = {
            "series": self.series,
            "reader": reader,
            "state": entry.state.value,
            "pace": pace.to_item(),
            "bundle": entry.bundle,
            "address": entry.address,
            "bookmark": bookmark,
            "first": bookmark + 1,
            "epoch": 1,
            "joined_by": self.digest,
            "joined_at": self.now,
            "via": VIA,
            "proof": self._proof(entry),
        }
        if entry.state is State.PAUSED and due_at is not None:
            item["paused_until"] = due_at
        if entry.state in FOLLOWING and pace == ASKED:
            item["asked_at"] = self.now
        return item | ({"due_pk": keys.due_pk(keys.shard_of(reader)), "due_at": due_at} if due_at is not None else {})

    def _proof(self, entry: Entry) -> Item:
        told = {"consent": entry.consent, "joined_at": entry.joined_at}
        proof = {"source": self.source, "file": self.digest, "line": entry.line, "imported_at": self.now}
        return proof | {name: value for name, value in told.items() if value}

    def _bookmark(self, entry: Entry) -> int:
        if entry.place:
            return self.story.bookmark(entry.place)
        return self.story.newest if self.start is Start.NEWEST else 0

    def _due_and_pace(self, entry: Entry, bookmark: int) -> tuple[int | None, Pace]:
        """When he is due, and his pace. Who is level is in the index too, in case of a release at this very moment.

        But not who asks for each: from there he would be made to wait for a question. A release finds him anyway.
        A hundred thousand readers must not fall due at once: the address says at which moment of the day each begins.
        """
        if entry.state is not State.ACTIVE:
            return (entry.paused_until if entry.state is State.PAUSED else None), entry.pace or LIVE
        if bookmark >= self.story.newest:
            return (None if entry.pace == ASKED else self.now), entry.pace or LIVE
        begins = self.now + int(self._address(entry).pk.removeprefix("ADDRESS#")[:12], 16) % self.day
        pace = catching_up(entry.pace or LIVE, begins)
        return (begins if entry.pace in (None, LIVE, ASKED) else next_time(pace, self.now, day=self.day)), pace

    def _address(self, entry: Entry) -> Key:
        return keys.address(links.address_digest(entry.address, self.keys))
