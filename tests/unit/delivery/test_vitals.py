"""What the metrics and the alarm of a send say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.support.world import START

from cliffhanger import keys
from cliffhanger.clock import HOUR, MINUTE
from cliffhanger.delivery import vitals
from cliffhanger.delivery.progress import Progress
from local.memory_table import MemoryTable

LONGEST = 2 * HOUR
SEND = Progress(
    series="lantern",
    position=4,
    audience=100,
    sent=60,
    refused=1,
    rejected=2,
    doubt=3,
    in_doubt=0,
    rate=0.5,
    behind_s=120,
    left_s=80,
)


@pytest.fixture
def table() -> MemoryTable:
    made = MemoryTable()
    made.put(keys.PACE, {"budget": 1000})
    return made


def stuck(table: MemoryTable, *sends: Progress, after: int) -> bool:
    return vitals.is_stuck(table, sends, longest=LONGEST, now=START + after)


def test_the_open_sends_of_a_series_are_measured_together() -> None:
    newer = replace(SEND, position=5, sent=10, rejected=0, rate=0.25, behind_s=60)
    assert vitals.vitals([SEND, newer]) == {
        "LettersSent": 70,
        "LettersRefused": 2,
        "LettersRejected": 2,
        "LettersInDoubt": 6,
        "SendRate": 0.75,
        "SecondsBehind": 120,
    }


def test_a_send_that_decides_nothing_for_so_long_is_stuck(table: MemoryTable) -> None:
    assert not stuck(table, SEND, after=0)
    assert not stuck(table, SEND, after=LONGEST - MINUTE)
    assert stuck(table, SEND, after=LONGEST)


def test_each_letter_begins_the_time_anew(table: MemoryTable) -> None:
    stuck(table, SEND, after=0)
    assert not stuck(table, replace(SEND, sent=61), after=LONGEST)
    assert not stuck(table, replace(SEND, sent=61), after=2 * LONGEST - MINUTE)
    assert stuck(table, replace(SEND, sent=61), after=2 * LONGEST)


def test_an_older_send_that_waits_for_a_newer_one_is_not_stuck(table: MemoryTable) -> None:
    for minutes in range(0, 2 * LONGEST // MINUTE, 30):
        newer = replace(SEND, position=5, sent=minutes)
        assert not stuck(table, SEND, newer, after=minutes * MINUTE)


def test_while_nobody_is_allowed_to_send_nothing_is_stuck(table: MemoryTable) -> None:
    halted = replace(SEND, left_s=None)
    stuck(table, halted, after=0)
    assert not stuck(table, halted, after=LONGEST)
    table.update(keys.PACE, set={"budget": 0})
    assert not stuck(table, SEND, after=2 * LONGEST)
    table.update(keys.PACE, set={"budget": 1})
    assert not stuck(table, SEND, after=2 * LONGEST + MINUTE)


def test_a_send_that_is_closed_this_moment_is_left_alone(table: MemoryTable) -> None:
    table.put(keys.send_total("lantern", 4), {"sent": 60, "closed_at": START})
    assert not stuck(table, SEND, after=0)
    assert table.get(keys.send_total("lantern", 4)) == {
        **keys.send_total("lantern", 4)._asdict(),
        "sent": 60,
        "closed_at": START,
    }
