"""Whether silence about a letter means anything (promise 3)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from cliffhanger import keys
from cliffhanger.clock import MINUTE
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import Below, Clock, FeedbackQueue, Table

LATEST_POST = MINUTE
"""No POST starts later than this after its claim."""


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


@dataclass(slots=True)
class Silence:
    """Whether silence about letters means that they were lost, as it was when this was first asked: for one hint.

    A yes stays right: the events that were to come had come, and who takes over a claim asks for it by its id. Events
    being read that moment are not counted. They are seconds old, and a claim is asked about after an hour.
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
            seen = (self.table.get(keys.FEEDBACK) or {}).get("seen", 0)
            self._heard = seen if self.queue.unread() == 0 else 0
        if self._heard > claimed_at + LATEST_POST:
            return True
        if not self._probed:
            self._probed = True
            _ask_for_probe(self.table, self.clock())
        return False


def _ask_for_probe(table: Table, now: int) -> None:
    with suppress(ConditionFailed):
        table.update(keys.FEEDBACK, set={"probe": now}, when={"probe": Below(now - 10 * MINUTE)})
