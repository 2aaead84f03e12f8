"""One letter to one reader, in a thread of its own: claim, slot, one attempt, settle."""

from __future__ import annotations

from dataclasses import dataclass

from cliffhanger.delivery import feedback_health, ledger, misses, pacing
from cliffhanger.delivery.envelope import issue_mail
from cliffhanger.delivery.misses import Missed
from cliffhanger.delivery.outcomes import Verdict, verdict
from cliffhanger.delivery.planner import Planner, Step
from cliffhanger.delivery.result import BUSY, Outcome, Result
from cliffhanger.delivery.slots import Slots
from cliffhanger.links import Keys
from cliffhanger.ports import Clock, Mail, Mailer, MailError, Table
from cliffhanger.settings import Settings
from cliffhanger.subscription import Claim, Subscription


@dataclass(frozen=True, slots=True)
class Sender:
    """What the threads of a pass share; all of it may be used by many at once."""

    planner: Planner
    table: Table
    mailer: Mailer
    slots: Slots
    clock: Clock
    keys: Keys
    settings: Settings

    def send(self, step: Step, slot: int) -> Result:
        """Steps: claim, wait for the slot's time, the attempt, settle.

        The claim is made while the slot's time (ms) is still to come, so that the letter is on time.
        """
        claimed = self._claim(step, slot)
        if claimed is None:
            self.slots.give_back(slot)
            return BUSY
        assert claimed.claim
        try:
            if step.subscription.claim:
                misses.take_back(self.table, claimed)
            misses.write(self.table, claimed, step.spared, Missed.SPARED, now=claimed.claim.at)
            mail = self._mail(step, claimed)
            may_send = self.slots.wait(slot)
        except Exception:  # nothing was posted: whatever it was, the letter is not in doubt
            ledger.abandon(self.table, claimed)
            self.slots.give_back(slot)
            raise
        if not may_send or self.clock() - claimed.claim.at > feedback_health.LATEST_POST:
            # A worker that was frozen must not send what others may soon take for lost (promise 1).
            ledger.release(self.table, claimed)
            return Result(Outcome.BUSY, stop=not may_send)
        result = self._attempt(mail, claimed, claimed.claim)
        if result.outcome is Outcome.SENT and (step.subscription.claim or step.owed):
            misses.found_after_all(self.table, claimed)
        return result

    def _claim(self, step: Step, slot: int) -> Subscription | None:
        try:
            return ledger.claim(
                self.table,
                step.subscription,
                start=step.start,
                to=step.to,
                owed=step.owed,
                at=max(slot, self.clock()),
                before=step.before,
                goes_on=step.goes_on,
            )
        except Exception:
            self.slots.give_back(slot)
            raise

    def _mail(self, step: Step, claimed: Subscription) -> Mail:
        return issue_mail(
            step.body,
            may_ask=step.may_ask,
            series=self.planner.shelf.series,
            claimed=claimed,
            settings=self.settings,
            keys=self.keys,
        )

    def _attempt(self, mail: Mail, claimed: Subscription, claim: Claim) -> Result:
        try:
            self.mailer.send(mail)
        except MailError as error:
            return self._not_accepted(claimed, claim, error)
        ledger.settle(self.table, claimed, due=self.planner.next_due)
        return Result(Outcome.SENT, claim.positions)

    def _not_accepted(self, claimed: Subscription, claim: Claim, error: MailError) -> Result:
        said = verdict(error)
        if said is Verdict.DOUBT:
            return Result(Outcome.DOUBT, claim.positions)
        if said is Verdict.REJECTED:
            due, now = self.planner.next_due, self.clock()
            missed = ledger.miss(self.table, claimed, Missed.REJECTED, due=due, now=now, said=error.code)
            # Else somebody else has decided it, and told of it.
            return Result(Outcome.REJECTED, claim.positions) if missed else BUSY
        try:
            pacing.heed(self.table, said, error.code, self.clock())  # first: it is meant for all
        finally:
            ledger.release(self.table, claimed)
        return Result(Outcome.REFUSED, claim.positions, stop=said is not Verdict.THROTTLED)
