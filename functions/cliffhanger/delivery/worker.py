"""What a hint asks for, done by whoever has the ports for it."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cliffhanger import catalogue
from cliffhanger.delivery import rounds
from cliffhanger.delivery.letters import LetterSender
from cliffhanger.delivery.pacing import Horizon, Slots
from cliffhanger.delivery.rounds import Enough
from cliffhanger.delivery.sender import Sender
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
        """`{"letter": id}`, or `{"series": slug, "walk": shards}`, or `{"series": slug, "due": shards}`.

        A worker that can't go on leaves the rest: the table still holds it, and the next minute makes new hints.
        """
        if "letter" in hint:
            if not enough():
                self._letters().send(hint["letter"])
        elif shelf := catalogue.find(self.table, hint["series"]):
            sender = self._sender(shelf)
            go_round = rounds.walk if "walk" in hint else rounds.serve_due
            go_round(sender, hint.get("walk") or hint["due"], enough=enough)
            sender.flush()

    def _letters(self) -> LetterSender:
        return LetterSender(
            table=self.table,
            content=self.content,
            mailer=self.mailer,
            feedback_queue=self.feedback_queue,
            slots=self._letter_slots,
            clock=self.clock,
            settings=self.settings,
        )

    def _sender(self, shelf: catalogue.Shelf) -> Sender:
        return Sender(
            shelf=shelf,
            table=self.table,
            content=self.content,
            mailer=self.mailer,
            feedback_queue=self.feedback_queue,
            slots=self._issue_slots,
            clock=self.clock,
            keys=self.keys,
            settings=self.settings,
        )

    @cached_property
    def _issue_slots(self) -> Slots:
        return Slots(self.table, self.settings.generation, self.clock, self.sleep, Horizon.ISSUES)

    @cached_property
    def _letter_slots(self) -> Slots:
        return Slots(self.table, self.settings.generation, self.clock, self.sleep, Horizon.LETTERS, most=1)
