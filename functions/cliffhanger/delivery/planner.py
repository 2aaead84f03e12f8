"""What a reader needs now: most need nothing, and are left without a thread or a call."""

from __future__ import annotations

from dataclasses import dataclass

from cliffhanger import catalogue
from cliffhanger.catalogue import Shelf
from cliffhanger.delivery import due, ledger
from cliffhanger.delivery.feedback_health import Silence
from cliffhanger.delivery.library import Library
from cliffhanger.delivery.result import BUSY, IDLE, Outcome, Result
from cliffhanger.mailbody import MailBody
from cliffhanger.ports import Clock, Table
from cliffhanger.readers import life
from cliffhanger.series import InDoubt
from cliffhanger.settings import Settings
from cliffhanger.subscription import Claim, State, Subscription


@dataclass(frozen=True, slots=True)
class Step:
    """A letter that a reader is to get: it decides the positions `start` to `to`. An open claim is to be taken over."""

    subscription: Subscription
    start: int
    to: int
    owed: bool
    body: MailBody


@dataclass(frozen=True, slots=True)
class Planner:
    """For one series and one pass. `shelf` may be older than the store's."""

    shelf: Shelf
    table: Table
    library: Library
    silence: Silence
    clock: Clock
    settings: Settings

    def plan(self, subscription: Subscription) -> Result | Step:
        """The letter that is due, or what became of a reader who needs none."""
        if subscription.state is not State.ACTIVE:
            return self._look_after_paused(subscription)
        if subscription.claim:
            return self._look_after(subscription, subscription.claim)
        now = self.clock()
        if (subscription.due_at or 0) > now or subscription.waits_to_be_asked:
            return IDLE
        owed = next((n for n in sorted(subscription.owed) if not self.library.is_withdrawn(n)), None)
        to = owed or self.library.next_after(subscription.bookmark, self.shelf.newest)
        if to is None:
            return self._nothing_to_send(subscription)
        if (until := due.not_before(subscription, self.settings.spacing)) > now:
            return Result(Outcome.WAIT, until=until)
        return Step(subscription, owed or subscription.bookmark + 1, to, owed is not None, self.library.body(to))

    def is_level(self, bookmark: int) -> bool:
        """Nothing is released after a bookmark: not on the shelf, nor, for it may be old, in the store.

        A reader who has caught up goes live only if this holds while his claim stands: a release after that read
        finds either the claim or a live reader who is behind. Nobody slips through.
        """
        return bookmark >= self.shelf.newest and bookmark >= self._newest_now()

    def next_due(self, claimed: Subscription) -> int | None:
        return due.next_due(claimed, self.settings, is_level=self.is_level)

    def _nothing_to_send(self, subscription: Subscription) -> Result:
        """Level, or only withdrawn chapters ahead."""
        if subscription.bookmark < self.shelf.newest:
            ledger.skip(self.table, subscription, to=self.shelf.newest)
            return BUSY
        if subscription.due_at is None:
            return IDLE
        if self._newest_now() > self.shelf.newest:
            return BUSY
        ledger.go_live(self.table, subscription)
        return IDLE

    def _look_after_paused(self, subscription: Subscription) -> Result:
        """Until his time he is nobody's business, as is who has left: no send waits for him."""
        if subscription.paused_until is None or subscription.paused_until > self.clock():
            return IDLE
        life.wake(self.table, subscription, now=self.clock(), day=self.settings.day)
        return BUSY

    def _look_after(self, subscription: Subscription, claim: Claim) -> Result | Step:
        """A claim that is old, and of which SES has told nothing: the series' policy decides (promise 3)."""
        now = self.clock()
        if now - claim.at < self.settings.doubt or not self.silence.means_lost(claim.at):
            return BUSY
        if self.library.is_withdrawn(claim.to):
            ledger.settle(self.table, subscription, due=self.next_due, sent=False)
            return BUSY
        if self.shelf.series.in_doubt is InDoubt.HOLD:
            held = ledger.miss(self.table, subscription, ledger.Missed.HELD, due=self.next_due, now=now)
            return Result(Outcome.HELD, claim.to) if held else BUSY
        return Step(subscription, claim.start, claim.to, claim.owed, self.library.body(claim.to))

    def _newest_now(self) -> int:
        shelf = catalogue.find(self.table, self.shelf.series.slug)
        return shelf.newest if shelf else 0
