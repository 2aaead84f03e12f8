"""What a reader needs now: most need nothing, and are left without a thread or a call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cliffhanger import catalogue, mailbody
from cliffhanger.catalogue import Shelf
from cliffhanger.delivery import due, ledger, misses
from cliffhanger.delivery.feedback_health import Silence
from cliffhanger.delivery.library import Library
from cliffhanger.delivery.misses import Missed
from cliffhanger.delivery.result import BUSY, IDLE, Outcome, Result
from cliffhanger.mailbody import MailBody
from cliffhanger.pace import Kind
from cliffhanger.ports import Clock, Table
from cliffhanger.readers import life
from cliffhanger.series import InDoubt
from cliffhanger.settings import Settings
from cliffhanger.subscription import Claim, State, Subscription


@dataclass(frozen=True, slots=True)
class Step:
    """A letter that a reader is to get: it decides the positions `start` to `to`. An open claim is to be taken over.

    It holds `before`, for a bundle, and `to`. `spared` are notices of a send that still runs, which came too late for
    him. `may_ask`: it offers him the next chapter now. `goes_on`: the chapter's next part is to follow at once.
    """

    subscription: Subscription
    start: int
    to: int
    owed: bool
    body: MailBody
    before: tuple[int, ...] = ()
    spared: tuple[int, ...] = ()
    may_ask: bool = False
    goes_on: bool = False


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
        if (subscription.due_at or 0) > now:
            return IDLE
        return self._plan_next(subscription, now)

    def _plan_next(self, subscription: Subscription, now: int) -> Result | Step:
        """Of a reader whose time has come. A debt that was withdrawn is none, or it would hurry what comes after it."""
        if forgiven := frozenset(number for number in subscription.owed if self.library.is_withdrawn(number)):
            ledger.forgive(self.table, subscription, forgiven)
            return BUSY
        if subscription.waits_to_be_asked:
            return self._nothing_due(subscription)
        if (planned := self._next(subscription)) is None:
            return self._nothing_to_send(subscription)
        return self._spaced(subscription, planned, now)

    def _spaced(self, subscription: Subscription, planned: Step, now: int) -> Result | Step:
        """Not too soon after the last letter, unless it is more of the same chapter."""
        until = due.not_before(subscription, self.settings.spacing)
        if until <= now or (not planned.owed and self.library.goes_on(subscription.bookmark)):
            return planned
        return Result(Outcome.WAIT, until=until)

    def is_level(self, bookmark: int) -> bool:
        """Nothing is released after a bookmark: not on the shelf, nor, for it may be old, in the store.

        A reader who has caught up goes live only if this holds while his claim stands: a release after that read
        finds either the claim or a live reader who is behind. Nobody slips through.
        """
        return bookmark >= self.shelf.newest and bookmark >= self._newest_now()

    def next_due(self, claimed: Subscription) -> int | None:
        return due.next_due(claimed, self.settings, is_level=self.is_level)

    def _next(self, subscription: Subscription) -> Step | None:
        """What is owed goes first."""
        if owed := min(subscription.owed, default=None):
            return Step(subscription, owed, owed, True, self.library.body(owed))
        ahead = self.library.ahead(subscription.bookmark, self.shelf.newest, late=not subscription.is_live)
        first = next(ahead, None)
        return self._step(subscription, first, ahead) if first else None

    def _step(self, subscription: Subscription, first: int, ahead: Iterator[int]) -> Step:
        """Who catches up may like several chapters in one mail, as long as no mail program cuts it off."""
        numbers, bodies = [first], [self.library.body(first)]
        most = 1 if subscription.is_live else subscription.bundle
        while len(numbers) < most and (number := next(ahead, None)):
            bodies.append(self.library.body(number))
            if mailbody.size(mailbody.bundle(bodies).html) > mailbody.LIMIT:
                bodies.pop()
                break
            numbers.append(number)
        *before, to = numbers
        return self._filled(subscription, subscription.bookmark + 1, tuple(before), to, bodies)

    def _filled(
        self, subscription: Subscription, start: int, before: tuple[int, ...], to: int, bodies: Sequence[MailBody]
    ) -> Step:
        late = not subscription.is_live
        passed = range(max(start, self.shelf.closed + 1), to) if late else ()
        return Step(
            subscription,
            start,
            to,
            owed=False,
            body=mailbody.bundle(bodies),
            before=before,
            spared=tuple(n for n in passed if n not in before and not self.library.is_withdrawn(n)),
            goes_on=self.library.goes_on(to),
            may_ask=late and (to < self.shelf.newest or subscription.pace.kind is Kind.ASKED),
        )

    def _nothing_to_send(self, subscription: Subscription) -> Result:
        """Level, or only withdrawn chapters ahead."""
        if subscription.bookmark < self.shelf.newest:
            ledger.skip(self.table, subscription, to=self.shelf.newest)
            return BUSY
        if subscription.due_at is not None and self._newest_now() > self.shelf.newest:
            return BUSY
        return self._nothing_due(subscription)

    def _nothing_due(self, subscription: Subscription) -> Result:
        if subscription.due_at is not None:
            ledger.go_live(self.table, subscription)
        return IDLE

    def _look_after_paused(self, subscription: Subscription) -> Result | Step:
        """Until his time a send waits only for a letter of his in doubt, and for who has left not even so."""
        if subscription.paused_until is not None and subscription.paused_until <= self.clock():
            life.wake(self.table, subscription, now=self.clock(), day=self.settings.day)
            return BUSY
        if subscription.state is State.PAUSED and subscription.claim:
            return self._look_after(subscription, subscription.claim)
        return IDLE

    def _look_after(self, subscription: Subscription, claim: Claim) -> Result | Step:
        """A claim that is old, and of which SES has told nothing: the series' policy decides (promise 3)."""
        now = self.clock()
        if now - claim.at < self.settings.doubt or not self.silence.means_lost(claim.at):
            return BUSY
        left = [number for number in claim.positions if not self.library.is_withdrawn(number)]
        if not left or (claim.owed and claim.to not in subscription.owed):  # nobody wants it any more
            ledger.settle(self.table, subscription, due=self.next_due, sent=False)
            return BUSY
        if self.shelf.series.in_doubt is InDoubt.HOLD:
            held = ledger.miss(self.table, subscription, Missed.HELD, due=self.next_due, now=now)
            return Result(Outcome.HELD, claim.positions) if held else BUSY
        if subscription.state is not State.ACTIVE:
            misses.take_back(self.table, subscription)
            ledger.release(self.table, subscription)  # he gets it when he goes on
            return BUSY
        bodies = [self.library.body(number) for number in left]
        if claim.owed:
            return Step(subscription, claim.start, claim.to, True, bodies[0])
        return self._filled(subscription, claim.start, claim.before, claim.to, bodies)

    def _newest_now(self) -> int:
        shelf = catalogue.find(self.table, self.shelf.series.slug)
        return shelf.newest if shelf else 0
