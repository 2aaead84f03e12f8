"""Whether silence about a letter means anything (promise 3)."""

from __future__ import annotations

from cliffhanger import keys
from cliffhanger.clock import MINUTE
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import Below, FeedbackQueue, Table

LATEST_POST = MINUTE
"""No POST starts later than this after its claim."""


def note_event(table: Table, accepted_at: int) -> None:
    """An event came for a letter that SES took at `accepted_at`. Written at most once a minute of SES's time."""
    state = table.get(keys.FEEDBACK) or {}
    if state.get("seen", 0) + MINUTE > accepted_at:
        return
    try:
        table.update(keys.FEEDBACK, set={"seen": accepted_at}, remove=("probe",), when={"seen": Below(accepted_at)})
    except ConditionFailed:
        return


def silence_means_lost(table: Table, queue: FeedbackQueue, *, claimed_at: int) -> bool:
    """Events of letters sent after this claim have come, and none waits unread: so this one's would have come too.

    Events being read this moment are not counted. They are seconds old, and a claim is asked about after an hour.
    """
    state = table.get(keys.FEEDBACK) or {}
    return state.get("seen", 0) > claimed_at + LATEST_POST and queue.unread() == 0


def ask_for_probe(table: Table, now: int) -> None:
    """Nobody can tell yet. A letter to SES's mailbox simulator will show whether events still come (tick sends it)."""
    try:
        table.update(keys.FEEDBACK, set={"probe": now}, when={"probe": Below(now - 10 * MINUTE)})
    except ConditionFailed:
        return
