"""What the operator's metrics and alarms say of a series while it is being sent."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from cliffhanger import keys
from cliffhanger.delivery.progress import Progress
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import ABSENT, Table


def vitals(sends: Sequence[Progress]) -> dict[str, float]:
    """The series' open sends together, by the metric's name. They overlap, and no metric has a dimension for each."""
    return {
        "LettersSent": sum(send.sent for send in sends),
        "LettersRefused": sum(send.refused for send in sends),
        "LettersRejected": sum(send.rejected for send in sends),
        "LettersInDoubt": sum(send.doubt for send in sends),
        "SendRate": sum(send.rate for send in sends),
        "SecondsBehind": max(send.behind_s for send in sends),
    }


def is_stuck(table: Table, sends: Sequence[Progress], *, longest: int, now: int) -> bool:
    """Whether a series could be sent and has decided no letter for `longest` ms.

    Then letters are in doubt that nobody can judge, or the workers fail. The newest send's total remembers how many
    letters were decided (`moved_to`), and when they last became more, or nobody was allowed to send (`moved_at`).
    """
    key = keys.send_total(sends[-1].series, sends[-1].position)
    may_send = sends[-1].left_s is not None and (table.get(keys.PACE) or {}).get("budget", 0) > 0
    decided = sum(send.sent + send.rejected for send in sends)
    total = table.get(key) or {}
    if may_send and total.get("moved_to") == decided:
        return bool(now - total["moved_at"] >= longest)
    with suppress(ConditionFailed):  # closed this moment
        table.update(key, set={"moved_to": decided, "moved_at": now}, when={"closed_at": ABSENT})
    return False
