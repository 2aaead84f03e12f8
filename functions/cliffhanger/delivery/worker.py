"""What a hint asks for, done by whoever has the ports for it."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cliffhanger import catalogue, keys
from cliffhanger.delivery.capacity import Capacity
from cliffhanger.delivery.feedback_health import Silence
from cliffhanger.delivery.letters import LetterSender
from cliffhanger.delivery.library import Library
from cliffhanger.delivery.planner import Planner
from cliffhanger.delivery.rounds import Enough, Round
from cliffhanger.delivery.sender import Sender
from cliffhanger.delivery.slots import Horizon, Slots
from cliffhanger.delivery.tally import Tally
from cliffhanger.links import Keys
from cliffhanger.ports import Clock, Content, FeedbackQueue, Mailer, Sleep, Table
from cliffhanger.settings import Settings


@dataclass(frozen=True)
class Worker:
    """The ports and settings of `deliver`, and the slots that it has leased and not used yet."""

    table: Table
    content: Content
    mailer: Mailer
    feedback_queue: FeedbackQueue
    clock: Clock
    sleep: Sleep
    pool: Executor
    keys: Keys
    settings: Settings

    def take(self, hint: Mapping[str, Any], *, enough: Enough) -> None:
        """`{"letter": id}`, or `{"series": slug, "walk": shards}`, where instead of "walk" may be "help" or "due".

        A worker that can't go on leaves the rest: the table still holds it, and the next minute makes new hints. So a
        hint that nobody knows, of a newer version of this service, may be dropped.
        """
        match hint:
            case {"letter": letter}:
                if not enough():
                    self._letters().send(letter)
            case {"series": series, "walk": shards}:
                if shelf := catalogue.find(self.table, series):
                    self._round(shelf, enough).walk(shards)
            case {"series": series, "help": shards}:
                if shelf := catalogue.find(self.table, series):
                    self._round(shelf, enough).help(shards)
            case {"series": series, "due": shards}:
                if shelf := catalogue.find(self.table, series):
                    self._round(shelf, enough).serve_due(shards)

    def _letters(self) -> LetterSender:
        return LetterSender(
            table=self.table,
            content=self.content,
            mailer=self.mailer,
            silence=Silence(self.table, self.feedback_queue, self.clock),
            slots=self._letter_slots,
            clock=self.clock,
            keys=self.keys,
            settings=self.settings,
        )

    def _round(self, shelf: catalogue.Shelf, enough: Enough) -> Round:
        """For one slice of work at most, as the feeder cuts it: a small series is not stuck behind a large one."""
        series = shelf.series.slug
        tally = Tally(self.table, series)
        pace = self.table.get(keys.PACE)
        most = Capacity.of(pace, self.settings).slice if pace else 0
        planner = Planner(
            shelf=shelf,
            table=self.table,
            library=Library(series, self.table, self.content),
            silence=Silence(self.table, self.feedback_queue, self.clock),
            clock=self.clock,
            settings=self.settings,
        )
        sender = Sender(
            planner=planner,
            table=self.table,
            mailer=self.mailer,
            slots=self._issue_slots,
            clock=self.clock,
            keys=self.keys,
            settings=self.settings,
        )
        return Round(
            table=self.table,
            sender=sender,
            pool=self.pool,
            threads=self.settings.threads,
            tally=tally,
            clock=self.clock,
            enough=lambda: enough() or tally.letters >= most,
        )

    @cached_property
    def _issue_slots(self) -> Slots:
        return Slots(self.table, self.settings.generation, self.clock, self.sleep, Horizon.ISSUES)

    @cached_property
    def _letter_slots(self) -> Slots:
        return Slots(self.table, self.settings.generation, self.clock, self.sleep, Horizon.LETTERS)
