"""A worker's way round the shards that a hint names.

A shard is clean for a position when a strongly consistent pass that began after the position's release found
nobody behind and no claim. A pass that served somebody is never the last: another must look again. Where a
worker stops, it leaves its place on the shard's item, and any worker goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace

from cliffhanger import catalogue, keys
from cliffhanger.catalogue import Shelf
from cliffhanger.delivery.census import Census
from cliffhanger.delivery.line import Line
from cliffhanger.delivery.result import Outcome, Result
from cliffhanger.delivery.sender import Sender
from cliffhanger.delivery.tally import Tally
from cliffhanger.ports import Clock, Item, Table
from cliffhanger.subscription import ATTRIBUTES, Subscription

PASSES = 20
"""In one invocation. A shard that is still not clean then is left to the next round."""

MIDDLE = "READER#k"
"""Readers' ids are random, in lower-case base32 (links.py): its digits come before its letters. Half follow."""

Enough = Callable[[], bool]
"""Whether the worker's time is up."""


@dataclass(slots=True)
class Findings:
    """What a pass found. `until` is the earliest moment (ms) for those who must wait; 0 if nobody must."""

    outcomes: set[Outcome] = field(default_factory=set)
    until: int = 0

    def note(self, result: Result) -> None:
        self.outcomes.add(result.outcome)
        if result.outcome is Outcome.WAIT:
            self.until = min(self.until or result.until, result.until)


@dataclass(frozen=True, slots=True)
class Round:
    """One hint's work on one series."""

    table: Table
    sender: Sender
    pool: Executor
    threads: int
    tally: Tally
    clock: Clock
    enough: Enough

    def walk(self, shards: Sequence[str]) -> None:
        """Go round each shard until it is clean. Where the worker has to stop, the rest may be hinted at again."""
        for done, shard in enumerate(shards):
            if not self._walk_shard(shard):
                for left in shards[done:]:
                    self._mark(left)
                return

    def help(self, shards: Sequence[str]) -> None:
        """Serve the second half of each shard while another worker walks it. Its place and marks are that one's."""
        for shard in shards:
            shelf = catalogue.find(self.table, self.tally.series)
            if not shelf or shelf.halted:
                return
            line = self._line(shelf, Findings())
            line.serve(self._readers(shard, MIDDLE, Census(shelf.closed, shelf.newest, self.clock())))
            self.tally.flush()
            if line.error:
                raise line.error

    def serve_due(self, shards: Sequence[str]) -> None:
        """Serve the readers whose own time has come, until the worker has to stop."""
        shelf = self.sender.planner.shelf
        for shard in shards:
            if shelf.halted or not self._serve_shard(shelf, shard):
                return

    def _walk_shard(self, shard: str) -> bool:
        """False where the worker had to stop."""
        for _ in range(PASSES):
            shelf = catalogue.find(self.table, self.tally.series)
            if not shelf or shelf.halted:
                return False
            began = self.clock()
            after = (self.table.get(keys.shard(self.tally.series, shard)) or {}).get("after", "")
            census, findings = Census(shelf.closed, shelf.newest, began), Findings()
            line = self._line(shelf, findings, place=after)
            line.serve(self._readers(shard, after, census))
            self.tally.flush()
            if not self._keep_place(shard, line, after):
                return False
            # A pass that another worker began has seen readers that this one has not: it can't be the last.
            if not after and self._note_end(shard, shelf.newest, findings, census, began):
                return True
        self._mark(shard)
        return True

    def _note_end(self, shard: str, newest: int, findings: Findings, census: Census, began: int) -> bool:
        """What a whole pass tells of the shard. False if another must follow at once."""
        if findings.outcomes <= {Outcome.IDLE}:
            clean = {"clean_at": newest, "clean_from": began, "audience": census.audience}
            self._mark(shard, census.seen | clean, remove=("wait_until", "wait_for"))
        elif findings.outcomes <= {Outcome.IDLE, Outcome.WAIT}:
            self._mark(shard, census.seen | {"wait_until": findings.until, "wait_for": newest})
        elif findings.outcomes <= {Outcome.IDLE, Outcome.WAIT, Outcome.BUSY}:
            self._mark(shard, census.seen)  # claims of others: time must pass, not passes
        else:
            return False
        return True

    def _serve_shard(self, shelf: Shelf, shard: str) -> bool:
        line = self._line(shelf, Findings())
        line.serve(self._due_readers(shard))
        self.tally.flush()
        if line.error:
            raise line.error
        return not line.stopped

    def _line(self, shelf: Shelf, findings: Findings, *, place: str = "") -> Line:
        def note(result: Result) -> None:
            findings.note(result)
            self.tally.note(result)
            if result.outcome is Outcome.REJECTED and self._is_halted():
                line.stopped = True

        planner = replace(self.sender.planner, shelf=shelf)
        sender = replace(self.sender, planner=planner)
        line = Line(planner, sender, self.pool, self.threads, note, self.enough, place)
        return line

    def _readers(self, shard: str, after: str, census: Census) -> Iterator[tuple[str, Subscription]]:
        partition = keys.shard_pk(self.tally.series, shard)
        for item in self.table.query(partition, prefix="READER#", after=after, only=("sk", *ATTRIBUTES)):
            subscription = Subscription.from_item(item)
            census.count(subscription)
            yield item["sk"], subscription

    def _due_readers(self, shard: str) -> Iterator[tuple[str, Subscription]]:
        """The index holds all series' readers of a shard, by their keys alone: only this series' are read."""
        partition = keys.shard_pk(self.tally.series, shard)
        for key in self.table.due(keys.due_pk(shard), until=self.clock()):
            if key.pk == partition and (item := self.table.get(key)):
                yield key.sk, Subscription.from_item(item)

    def _keep_place(self, shard: str, line: Line, after: str) -> bool:
        """Where the line had to stop, another goes on. True if it came to the end."""
        key = keys.shard(self.tally.series, shard)
        if line.stopped or line.error:
            if line.place != after:
                self.table.update(key, set={"after": line.place})
        elif after:
            self.table.update(key, remove=("after",))
        if line.error:
            raise line.error
        return not line.stopped

    def _mark(self, shard: str, changes: Item | None = None, *, remove: tuple[str, ...] = ()) -> None:
        """Write down what is known of a shard now that the hint at it is answered."""
        self.table.update(keys.shard(self.tally.series, shard), set=changes, remove=("hinted_at", *remove))

    def _is_halted(self) -> bool:
        shelf = catalogue.find(self.table, self.tally.series)
        return shelf is None or shelf.halted is not None
