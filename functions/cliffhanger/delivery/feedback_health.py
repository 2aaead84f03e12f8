"""Whether silence about a letter means anything (promise 3)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from cliffhanger import keys
from cliffhanger.clock import MINUTE
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import Below, Clock, FeedbackQueue, Item, Table

LATEST_POST = MINUTE
"""No POST starts later than this after its claim."""

HIDDEN = 7 * MINUTE
"""So long an event that failed is neither read nor counted: the queue hides it for 6 minutes, then it is being read."""


BACKLOG = 10 * MINUTE
"""An event that waited longer in its queue tells of a feedback that was behind."""


@dataclass(slots=True)
class Newest:
    """The newest event that a process knows to be noted: nobody asks the table for each event."""

    seen: int = 0


def note_event(table: Table, accepted_at: int, newest: Newest) -> None:
    """An event came for a letter that SES took at `accepted_at`. Noted at most once a minute of SES's time."""
    if newest.seen + MINUTE > accepted_at:
        return
    newest.seen = (table.get(keys.FEEDBACK) or {}).get("seen", 0)
    if newest.seen + MINUTE > accepted_at:
        return
    with suppress(ConditionFailed):  # a later one was noted meanwhile
        table.update(keys.FEEDBACK, set={"seen": accepted_at}, remove=("probe",), when={"seen": Below(accepted_at)})
    newest.seen = accepted_at


def note_failure(table: Table, now: int) -> None:
    """An event could not be handled, or comes back from the dead-letter queue: it may be old, and nobody counts it."""
    with suppress(ConditionFailed):  # a later one was noted meanwhile
        table.update(keys.FEEDBACK, set={"failed_at": now}, when={"failed_at": Below(now)})


def note_backlog(table: Table, waited: int, now: int) -> None:
    """An event that `waited` (ms) in the queue for long is told of when it is taken: others as old may be in hand.

    Of a batch that dies with its worker nothing tells, and for minutes nobody counts it.
    """
    if waited > BACKLOG:
        note_failure(table, now)


@dataclass(slots=True)
class Silence:
    """Whether silence about letters means that they were lost, as it was when this was first asked: for one hint.

    A yes stays right: the events that were to come had come, and who takes over a claim asks for it by its id. Events
    being read that moment are not counted. They are minutes old at most (`note_backlog`), and a claim is asked about
    after an hour.
    """

    table: Table
    queue: FeedbackQueue
    clock: Clock
    _heard: int | None = None
    _probed: bool = False

    def means_lost(self, claimed_at: int) -> bool:
        """Events of letters sent after this claim have come, and none waits unread: so this one's would have come too.

        While nobody can tell, a letter to SES's mailbox simulator shows whether events still come (tick sends it).
        """
        if self._heard is None:
            self._heard = self._hear()
        if self._heard > claimed_at + LATEST_POST:
            return True
        if not self._probed:
            self._probed = True
            _ask_for_probe(self.table, self.clock())
        return False

    def _hear(self) -> int:
        """When SES took the newest letter of which it has told; 0 while an event may lie unread.

        The queue is asked between the two: what comes after `seen` is counted, and what fails then is noted by the end.
        """
        seen = self._state().get("seen", 0)
        unread = self.queue.unread()
        is_hidden = self._state().get("failed_at", -HIDDEN) + HIDDEN > self.clock()
        return 0 if unread or is_hidden else int(seen)

    def _state(self) -> Item:
        return self.table.get(keys.FEEDBACK) or {}


def _ask_for_probe(table: Table, now: int) -> None:
    with suppress(ConditionFailed):
        table.update(keys.FEEDBACK, set={"probe": now}, when={"probe": Below(now - 10 * MINUTE)})
