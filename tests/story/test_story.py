"""The months of `make story`, whose table a person has read through."""

from __future__ import annotations

from tests.story.company import Company
from tests.story.telling import judge, tell
from tests.support.golden import assert_golden


def test_everybody_gets_each_chapter_once_in_order_and_at_his_pace() -> None:
    company = Company()
    table = "\n".join(tell(company)) + "\n"
    verdict = judge(company)
    assert (verdict.doubled, verdict.out_of_order, verdict.missing) == (0, 0, 0)
    assert company.shelf.closed == company.shelf.newest
    assert_golden(f"{table}{verdict}\n", "story.txt")
