"""A few of the random runs (`make faults SEEDS=…` takes thousands), and those that once failed."""

from __future__ import annotations

import pytest
from benchmarks.faults import seeds

SEEDS = range(40)
FAILED_ONCE = (10, 33, 50, 128, 170, 172)
"""Frozen ticks that closed a send anew, and two who gave up the same letter."""


@pytest.mark.parametrize("seed", sorted({*SEEDS, *FAILED_ONCE}))
def test_whatever_happens_each_gets_his_letters_once_and_every_count_is_right(seed: int) -> None:
    assert seeds.run(seed).said == []


def test_a_seed_tells_the_same_run_again() -> None:
    once, again = seeds.run(11), seeds.run(11)
    assert (once.verdict, once.faults) == (again.verdict, again.faults)
