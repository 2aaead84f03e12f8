"""A send is cut at some of its steps (`make faults` takes all): nobody loses a letter, nobody gets two."""

from __future__ import annotations

from random import Random

import pytest
from benchmarks.faults import cuts

READERS = 12
SAMPLE = 12
"""Of the steps, for each kind."""


@pytest.fixture(scope="module")
def steps() -> int:
    return cuts.steps(READERS)


@pytest.mark.parametrize("kind", cuts.KINDS)
def test_whatever_call_goes_wrong_everybody_gets_the_chapter_once(kind: str, steps: int) -> None:
    for at in sorted(Random(kind).sample(range(steps), SAMPLE)):
        recovery = cuts.cut(READERS, at, kind)
        assert recovery.said == (), f"cut {at} ({recovery.call})"
        assert recovery.verdict.letters == READERS


def test_a_cut_falls_on_deliver_tick_and_feedback_alike(steps: int) -> None:
    calls = {cuts.cut(READERS, at, "no answer").call.split()[0] for at in range(0, steps, steps // 20)}
    assert {"deliver", "tick"} <= calls
