"""One reader, one letter: claim, one attempt, settle. And what to do with a letter that is in doubt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from cliffhanger import catalogue, positions
from cliffhanger.catalogue import Shelf
from cliffhanger.delivery import breaker, feedback_health, ledger, pacing
from cliffhanger.delivery.envelope import issue_mail
from cliffhanger.delivery.outcomes import Verdict, verdict
from cliffhanger.errors import CliffhangerError
from cliffhanger.links import Keys
from cliffhanger.mailbody import MailBody
from cliffhanger.ports import Clock, Content, FeedbackQueue, Mailer, MailError, Table
from cliffhanger.positions import Position
from cliffhanger.series import InDoubt
from cliffhanger.settings import Settings
from cliffhanger.subscription import Pace, State, Subscription

FLUSH = 100
"""Letters whose count is kept in memory; a crash makes the count of a running send too low by so many."""


class Outcome(StrEnum):
    IDLE = "idle"
    """Nothing to send now."""
    BUSY = "busy"
    """A claim is open, or the letter must be tried again: the shard is not finished."""
    SENT = "sent"
    MISSED = "missed"
    """Rejected or held: the position is decided without a letter."""
    STOP = "stop"
    """Nobody can send now; leave the rest to the next round."""


@dataclass(slots=True)
class Sender:
    """Sends one series' issues for the length of one invocation. `shelf` may be older than the store's."""

    shelf: Shelf
    table: Table
    content: Content
    mailer: Mailer
    feedback_queue: FeedbackQueue
    slots: pacing.Slots
    clock: Clock
    keys: Keys
    settings: Settings
    _positions: dict[int, Position] = field(default_factory=dict)
    _bodies: dict[str, MailBody] = field(default_factory=dict)
    _sent: Counter[int] = field(default_factory=Counter)

    def serve(self, subscription: Subscription) -> Outcome:
        """Bring one reader one letter on, if one is due."""
        if subscription.state is not State.ACTIVE:
            return Outcome.IDLE
        if subscription.claim:
            return self._look_after_claim(subscription)
        if (subscription.due_at or 0) > self.clock():
            return Outcome.IDLE
        for owed in sorted(subscription.owed):
            if not self._position(owed).withdrawn:
                return self._deliver(subscription, start=owed, to=owed, owed=True)
        step = self._next_position(subscription)
        if step is None:
            return self._nothing_to_send(subscription)
        return self._deliver(subscription, start=subscription.bookmark + 1, to=step, owed=False)

    def flush(self) -> None:
        """Write down what has been counted."""
        for position, sent in self._sent.items():
            breaker.count(self.table, self.shelf.series.slug, position, sent=sent)
        self._sent.clear()

    def _next_position(self, subscription: Subscription) -> int | None:
        """The first position after the bookmark that is not withdrawn."""
        for number in range(subscription.bookmark + 1, self.shelf.newest + 1):
            if not self._position(number).withdrawn:
                return number
        return None

    def _nothing_to_send(self, subscription: Subscription) -> Outcome:
        """Level, or only withdrawn chapters ahead. `newest` is read anew: the shelf may be older than a release."""
        newest = self._newest_now()
        if newest > self.shelf.newest:
            return Outcome.BUSY
        if subscription.bookmark < newest:
            ledger.skip(self.table, subscription, to=newest)
            return Outcome.BUSY
        if subscription.due_at is not None:
            ledger.go_live(self.table, subscription)
        return Outcome.IDLE

    def _deliver(self, subscription: Subscription, *, start: int, to: int, owed: bool) -> Outcome:
        """Steps: slot, claim, the attempt, settle. The body is read first, so that what fails there claims nothing."""
        body = self._body(to)
        if not self.slots.take():
            return Outcome.STOP
        claimed = ledger.claim(self.table, subscription, start=start, to=to, owed=owed, now=self.clock())
        if claimed is None:
            return Outcome.BUSY
        return self._attempt(claimed, body)

    def _attempt(self, claimed: Subscription, body: MailBody) -> Outcome:
        assert claimed.claim
        mail = issue_mail(
            body,
            series=self.shelf.series,
            claimed=claimed,
            base_url=self.settings.base_url,
            domain=self.settings.sender_domain,
            keys=self.keys,
        )
        if self.clock() - claimed.claim.at > feedback_health.LATEST_POST:
            # This worker was frozen. What it claimed so long ago others may soon take for lost (promise 1).
            ledger.release(self.table, claimed)
            return Outcome.BUSY
        try:
            self.mailer.send(mail)
        except MailError as error:
            return self._not_accepted(claimed, error)
        ledger.settle(self.table, claimed, due_at=self._next_due(claimed))
        self._count_sent(claimed.claim.to)
        return Outcome.SENT

    def _not_accepted(self, claimed: Subscription, error: MailError) -> Outcome:
        said = verdict(error)
        if said is Verdict.DOUBT:
            return Outcome.BUSY
        if said is Verdict.REJECTED:
            return self._rejected(claimed)
        ledger.release(self.table, claimed)
        if said is Verdict.THROTTLED:
            pacing.slow_down(self.table)
            return Outcome.BUSY
        if said is Verdict.QUOTA:
            pacing.stop_for_quota(self.table)
        elif said is Verdict.HALT:
            pacing.pause(self.table, error.code)
        return Outcome.STOP

    def _rejected(self, claimed: Subscription) -> Outcome:
        assert claimed.claim
        ledger.miss(self.table, claimed, ledger.Missed.REJECTED, due_at=self._next_due(claimed), now=self.clock())
        self.flush()
        breaker.count(self.table, self.shelf.series.slug, claimed.claim.to, rejected=1)
        shelf = catalogue.find(self.table, self.shelf.series.slug)
        return Outcome.STOP if shelf and shelf.halted else Outcome.MISSED

    def _look_after_claim(self, subscription: Subscription) -> Outcome:
        """A claim that is old, and of which SES has told nothing: the series' policy decides (promise 3)."""
        assert subscription.claim
        old, now = subscription.claim, self.clock()
        if now - old.at < self.settings.doubt:
            return Outcome.BUSY
        if not feedback_health.silence_means_lost(self.table, self.feedback_queue, claimed_at=old.at):
            feedback_health.ask_for_probe(self.table, now)
            return Outcome.BUSY
        if self._position(old.to).withdrawn:
            ledger.settle(self.table, subscription, due_at=self._next_due(subscription))
            return Outcome.BUSY
        if self.shelf.series.in_doubt is InDoubt.HOLD:
            return self._hold(subscription)
        outcome = self._deliver(subscription, start=old.start, to=old.to, owed=old.owed)
        if outcome is Outcome.SENT:
            ledger.found_after_all(self.table, subscription)
        return outcome

    def _hold(self, subscription: Subscription) -> Outcome:
        missed = ledger.miss(
            self.table,
            subscription,
            ledger.Missed.HELD,
            due_at=self._next_due(subscription),
            now=self.clock(),
        )
        return Outcome.MISSED if missed else Outcome.BUSY

    def _next_due(self, claimed: Subscription) -> int | None:
        """When the reader's next position may go; None for a live reader.

        A reader who has caught up goes live only if `newest`, read while the claim stands, is what he has read:
        a release after that read finds either the claim or a live reader who is behind. Nobody slips through.
        """
        assert claimed.claim
        if claimed.due_at is None:
            return None
        if claimed.owed - ({claimed.claim.to} if claimed.claim.owed else set()):
            return claimed.due_at
        bookmark = claimed.bookmark if claimed.claim.owed else claimed.claim.to
        if bookmark >= self.shelf.newest and bookmark >= self._newest_now():
            return None
        if claimed.claim.owed or claimed.pace is Pace.LIVE:
            return claimed.due_at
        return self.clock() + self.settings.day

    def _newest_now(self) -> int:
        shelf = catalogue.find(self.table, self.shelf.series.slug)
        return shelf.newest if shelf else 0

    def _count_sent(self, position: int) -> None:
        self._sent[position] += 1
        if self._sent.total() >= FLUSH:
            self.flush()

    def _position(self, number: int) -> Position:
        if number not in self._positions:
            found = positions.find(self.table, self.shelf.series.slug, number)
            if not found:
                raise CliffhangerError(f"position {number} of {self.shelf.series.slug} is missing", permanent=False)
            self._positions[number] = found
        return self._positions[number]

    def _body(self, number: int) -> MailBody:
        key = self._position(number).issue
        if key not in self._bodies:
            data = self.content.get(key)
            if data is None:
                raise CliffhangerError(f"the issue {key} is missing", permanent=False)
            self._bodies[key] = MailBody.from_json(data)
        return self._bodies[key]
