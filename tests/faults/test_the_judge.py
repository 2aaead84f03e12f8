"""The judge finds what it is there to find."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from benchmarks.faults.history import History, Membership, Restore
from benchmarks.faults.judge import Judge, Verdict
from benchmarks.faults.reasons import Record

from local.post_office.letter import Letter
from local.post_office.request import Request

MINUTE = 60_000
ADA = "ada@example.org"


def letter(position: int, at: int, *, number: int = 1, epoch: int = 1) -> Letter:
    tags = {"kind": "issue", "series": "lantern", "epoch": str(epoch), "position": str(position), "claim": f"c{number}"}
    request = Request(
        sender="lantern@example.org",
        to=(ADA,),
        copies=(),
        hidden=(),
        reply_to=(),
        subject=f"Chapter {position}",
        html="",
        text="",
        headers=(),
        tags=tags,
        configuration_set=None,
    )
    return Letter(number, f"message-{number}", datetime.fromtimestamp(at / 1_000, UTC), request)


def judged(letters: list[Letter], *, history: History | None = None, heard: dict[str, int] | None = None) -> Verdict:
    return Judge(history or ada_stays(), heard or {}, records={}).judge(letters)


def ada_stays(released: int = 2, **more: int) -> History:
    return History([Membership(ADA, "lantern", 0, epoch=1, joined_at=0, **more)], {"lantern": released})


def test_everything_once_and_in_order_is_right() -> None:
    assert judged([letter(1, MINUTE), letter(2, 2 * MINUTE, number=2)]).right


def test_a_letter_that_never_came_is_lost() -> None:
    verdict = judged([letter(2, MINUTE)])
    assert (verdict.lost, verdict.said) == (1, [f"{ADA} never got lantern 1"])


@pytest.mark.parametrize(("reason", "lost"), [("rejected", 0), ("held", 1), ("sent later", 1)])
def test_only_a_record_that_is_true_excuses_a_miss(reason: str, lost: int) -> None:
    records = {("lantern", 2, ADA): Record(reason, 0, epoch=1)}
    judge = Judge(ada_stays(), {}, records, refused=frozenset({ADA}))
    assert judge.judge([letter(1, MINUTE)]).lost == lost


def test_a_second_copy_is_worse_where_an_event_of_the_first_had_come() -> None:
    copies = [letter(1, MINUTE), letter(1, 90 * MINUTE, number=2), letter(2, 91 * MINUTE, number=3)]
    told = judged(copies, heard={"message-1": 2 * MINUTE * 1_000})
    assert (told.doubled_with_events, told.doubled_without_events) == (1, 0)
    untold = judged(copies)
    assert (untold.doubled_with_events, untold.doubled_without_events) == (0, 1)
    assert untold.right


def test_chapters_out_of_order_are_seen() -> None:
    assert judged([letter(2, MINUTE), letter(1, 2 * MINUTE, number=2)]).disorder == 1


def test_a_letter_after_leaving_is_seen_unless_it_was_claimed_before() -> None:
    history = ada_stays(left_at=5 * MINUTE, leaving_at=5 * MINUTE)
    assert judged([letter(1, 6 * MINUTE)], history=history).right
    assert judged([letter(1, 9 * MINUTE)], history=history).after_leaving == 1


def test_a_letter_to_a_stay_that_never_was_is_seen() -> None:
    assert judged([letter(1, MINUTE), letter(2, MINUTE, number=2), letter(1, MINUTE, epoch=7)]).after_leaving == 1


def test_after_a_restore_nobody_may_be_mailed_before_the_operators_word() -> None:
    history = ada_stays()
    history.restore = Restore(0, 10 * MINUTE, 20 * MINUTE, frozenset())
    assert judged([letter(1, 5 * MINUTE), letter(2, 15 * MINUTE, number=2)], history=history).in_silence == 1
    again = [letter(1, 5 * MINUTE), letter(1, 25 * MINUTE, number=2), letter(2, 26 * MINUTE, number=3)]
    verdict = judged(again, history=history, heard={"message-1": 5 * MINUTE * 1_000})
    assert verdict.right
