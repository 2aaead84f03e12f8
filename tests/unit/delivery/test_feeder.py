"""What is hinted at each minute: a few minutes of work, every series in its turn, nobody for ever left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.world import SETTINGS, START, FakeHints

from cliffhanger import keys
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import MINUTE
from cliffhanger.delivery import feeder
from cliffhanger.delivery.feeder import Capacity
from cliffhanger.ports import Item
from cliffhanger.series import Series
from local.memory_table import MemoryTable

SANDBOX, SMALL, LARGE = 0.9, 12.6, 180.0


class Minutes:
    """Open sends of series with so many readers in each of their shards, fed minute by minute."""

    def __init__(self, *series: list[int], rate: float = SMALL) -> None:
        self.table = MemoryTable()
        self.hints = FakeHints()
        self.now = START
        self.shelves = [Shelf(Series(f"s{n}", "t", "a"), newest=1) for n in range(len(series))]
        self.table.put(keys.PACE, {"rate": int(rate * 1000), "budget": 1_000_000})
        for shelf, sizes in zip(self.shelves, series, strict=True):
            for shard, readers in zip(keys.SHARDS, sizes, strict=False):
                self.table.put(keys.shard(shelf.series.slug, shard), {"readers": readers})

    def feed(self) -> list[Item]:
        """The hints of the next minute."""
        self.now += MINUTE
        self.hints.waiting_issues.clear()
        feeder.feed(self.table, self.hints, self.shelves, replace(SETTINGS, threads=16), self.now)
        return list(self.hints.waiting_issues)

    def clean(self, hints: list[Item]) -> None:
        """Workers go round what was hinted at, and find it done."""
        for hint in hints:
            for shard in hint.get("walk", ()):
                self.table.update(keys.shard(hint["series"], shard), set={"clean_at": 1}, remove=("hinted_at",))

    def pass_in_vain(self, hints: list[Item]) -> None:
        """Workers go round what was hinted at, and letters in doubt are in their way."""
        for hint in hints:
            for shard in hint.get("walk", ()):
                self.table.update(keys.shard(hint["series"], shard), remove=("hinted_at",))

    def due(self, series: str, reader: str, at: int) -> None:
        shard = keys.shard_of(reader)
        self.table.put(keys.subscription(series, reader), {"due_pk": keys.due_pk(shard), "due_at": at})


@pytest.mark.parametrize(
    ("rate", "workers", "letters"), [(SANDBOX, 1, 50), (SMALL, 1, 378), (LARGE, 3, 1_800), (9_000.0, 4, 67_500)]
)
def test_as_many_workers_as_the_rate_needs_and_half_a_minute_of_work_for_each(
    rate: float, workers: int, letters: int
) -> None:
    capacity = Capacity.of({"rate": int(rate * 1000)}, replace(SETTINGS, threads=16))
    assert (capacity.workers, capacity.slice) == (workers, letters)


def test_a_worker_with_one_thread_does_less() -> None:
    assert Capacity.of({"rate": 26_000}, replace(SETTINGS, threads=1)).workers == 2


def test_a_small_series_is_one_hint() -> None:
    minutes = Minutes([1] * 64)
    assert [hint["walk"] for hint in minutes.feed()] == [list(keys.SHARDS)]


def test_a_large_series_is_a_hint_a_shard_and_no_more_than_a_few_minutes_of_them() -> None:
    minutes = Minutes([15_000] * 64)
    assert [hint["walk"] for hint in minutes.feed()] == [["00"], ["01"], ["02"], ["03"]]


def test_a_small_series_is_not_behind_a_large_one() -> None:
    minutes = Minutes([15_000] * 64, [3, 4])
    assert minutes.feed()[1] == {"series": "s1", "walk": ["00", "01"]}


def test_what_waits_in_the_queue_is_not_added_to() -> None:
    minutes = Minutes([15_000] * 64)
    waiting = [{"series": "s0", "walk": ["00"]}] * 3

    class Deep(FakeHints):
        def waiting(self) -> int:
            return len(waiting)

    minutes.hints = Deep()
    assert len(minutes.feed()) == 1
    waiting *= 2
    assert minutes.feed() == []


def test_a_shard_that_must_wait_for_its_readers_is_not_hinted_at_before() -> None:
    minutes = Minutes([5, 5])
    minutes.table.update(keys.shard("s0", "00"), set={"wait_until": START + 3 * MINUTE})
    first = minutes.feed()
    assert [hint["walk"] for hint in first] == [["01"]]
    minutes.clean(first)
    assert minutes.feed() == []
    assert [hint["walk"] for hint in minutes.feed()] == [["00"]]


def test_a_hint_that_nobody_answers_is_made_again_after_three_minutes() -> None:
    minutes = Minutes([5])
    assert [len(minutes.feed()) for _ in range(5)] == [1, 0, 0, 1, 0]


def test_nothing_is_hinted_at_while_nobody_may_send() -> None:
    minutes = Minutes([5])
    for stop in ({"budget": 0}, {"paused": "operator", "budget": 9}):
        minutes.table.update(keys.PACE, set=stop)
        assert minutes.feed() == []


def test_a_series_that_is_halted_gets_no_hints() -> None:
    minutes = Minutes([5])
    minutes.due("s0", "ada", START)
    minutes.shelves = [replace(shelf, halted="rejected") for shelf in minutes.shelves]
    assert minutes.feed() == []


def test_readers_who_are_due_get_their_hints_beside_large_sends() -> None:
    minutes = Minutes(*[[15_000] * 64] * 6, [])
    minutes.shelves[-1] = replace(minutes.shelves[-1], closed=1)
    minutes.due("s6", "ada", START)
    assert {"series": "s6", "due": [keys.shard_of("ada")]} in minutes.feed()[:2]


def test_only_readers_whose_time_has_come_are_due() -> None:
    minutes = Minutes([])
    minutes.due("s0", "ada", START + 2 * MINUTE)
    assert minutes.feed() == []
    assert len(minutes.feed()) == 1


def test_letters_are_hinted_at_from_all_shards_and_no_more_than_the_rate_allows() -> None:
    minutes = Minutes([], rate=SANDBOX)
    for n in range(500):
        where = {"due_pk": keys.due_pk(keys.SHARDS[n % 2]), "due_at": START}
        minutes.table.put(keys.letter(f"l{n}"), where)
    minutes.feed()
    assert len(minutes.hints.waiting_letters) == 54
    shards = {int(letter[1:]) % 2 for letter in minutes.hints.waiting_letters}
    assert shards == {0, 1}


def test_shards_whose_letters_are_in_doubt_do_not_stand_in_the_way_of_others() -> None:
    minutes = Minutes([15_000] * 64)
    seen: set[str] = set()
    for _ in range(16):
        hints = minutes.feed()
        minutes.pass_in_vain(hints)
        seen |= {shard for hint in hints for shard in hint["walk"]}
    assert seen == set(keys.SHARDS)


SIZES = st.lists(st.lists(st.integers(0, 20_000), min_size=1, max_size=12), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(sizes=SIZES, rate=st.sampled_from([SANDBOX, SMALL, LARGE]))
def test_every_open_shard_gets_its_turn_though_none_gets_done(sizes: list[list[int]], rate: float) -> None:
    """Each minute at least four series are fed a hint, and each hint is of other shards than the last."""
    minutes = Minutes(*sizes, rate=rate)
    every = {(f"s{n}", keys.SHARDS[m]) for n, shards in enumerate(sizes) for m in range(len(shards))}
    seen: set[tuple[str, str]] = set()
    for _ in range(max(map(len, sizes)) * -(-len(sizes) // 4)):
        hints = minutes.feed()
        minutes.pass_in_vain(hints)
        seen |= {(hint["series"], shard) for hint in hints for shard in hint["walk"]}
    assert seen == every


@settings(max_examples=60, deadline=None)
@given(sizes=SIZES, rate=st.sampled_from([SANDBOX, SMALL, LARGE]))
def test_no_series_gets_its_second_hint_before_the_first_of_another(sizes: list[list[int]], rate: float) -> None:
    minutes = Minutes(*sizes, rate=rate)
    hinted = [hint["series"] for hint in minutes.feed()]
    firsts = hinted[: len(set(hinted))]
    assert len(set(firsts)) == len(firsts)
    if len(set(hinted)) < len(sizes):
        left_out = {f"s{n}" for n in range(len(sizes))} - set(hinted)
        minutes.pass_in_vain(minutes.hints.waiting_issues)
        assert minutes.feed()[0]["series"] in left_out
