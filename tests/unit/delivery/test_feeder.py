"""What is hinted at each minute: a few minutes of work, every series in its turn, nobody for ever left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.support.world import SETTINGS, START, FakeHints

from cliffhanger import keys
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import HOUR, MINUTE
from cliffhanger.delivery import feeder
from cliffhanger.delivery.capacity import Capacity
from cliffhanger.ports import Item, Key
from cliffhanger.series import Series
from cliffhanger.settings import Settings
from local.memory_faults import StoreFault
from local.memory_table import MemoryTable

SANDBOX, SMALL, LARGE = 0.9, 12.6, 180.0
FAST = replace(SETTINGS, threads=128, memory=1769, workers=128)


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

    def feed(self, settings: Settings | None = None) -> list[Item]:
        """The hints of the next minute."""
        self.now += MINUTE
        self.hints.waiting_issues.clear()
        feeder.feed(self.table, self.hints, self.shelves, settings or replace(SETTINGS, threads=16), self.now)
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
    ("rate", "workers", "letters"), [(SANDBOX, 1, 53), (SMALL, 1, 743), (LARGE, 4, 2_655), (9_000.0, 4, 132_750)]
)
def test_as_many_workers_as_the_rate_needs_and_a_minute_of_work_for_each(
    rate: float, workers: int, letters: int
) -> None:
    capacity = Capacity.of({"rate": int(rate * 1000)}, replace(SETTINGS, threads=16, memory=1024))
    assert (capacity.workers, capacity.slice) == (workers, letters)


def test_where_the_rate_needs_more_workers_than_shards_each_shard_has_a_walker_and_a_helper() -> None:
    minutes = Minutes([15_625] * 64, rate=10_000)
    capacity = Capacity.of({"rate": 10_000_000}, FAST)

    hints = minutes.feed(FAST)

    assert (capacity.workers, capacity.slice) == (128, 4_609)
    assert [hint["walk"] for hint in hints[:64]] == [[shard] for shard in keys.SHARDS]
    assert [hint["help"] for hint in hints[64:]] == [[shard] for shard in keys.SHARDS]


def test_small_shards_need_no_helper() -> None:
    assert all("walk" in hint for hint in Minutes([4_000] * 64, rate=10_000).feed(FAST))


def test_a_worker_with_one_thread_does_less() -> None:
    assert Capacity.of({"rate": 26_000}, replace(SETTINGS, threads=1)).workers == 2


def test_a_small_series_is_one_hint() -> None:
    minutes = Minutes([1] * 64)
    assert [hint["walk"] for hint in minutes.feed()] == [list(keys.SHARDS)]


def test_a_large_series_is_a_shard_for_each_worker_and_spares_for_who_is_done_early() -> None:
    minutes = Minutes([15_000] * 64)
    (walk,) = [hint["walk"] for hint in minutes.feed()]
    assert walk == ["00", "3f", "3e", "3d", "3c", "3b", "3a", "39", "38"]


def test_a_small_send_is_shared_by_all_workers() -> None:
    minutes = Minutes([31] * 64, rate=LARGE)
    assert [len(hint["walk"]) for hint in minutes.feed()] == [16, 16, 16, 16]


def test_shards_of_nearly_a_slice_are_hints_of_their_own() -> None:
    minutes = Minutes([990, 1_010, 995, 1_005], rate=LARGE)
    assert [hint["walk"] for hint in minutes.feed()] == [["00"], ["01"], ["02"], ["03"]]


def test_a_small_series_waits_for_a_large_one_a_minute_at_most() -> None:
    minutes = Minutes([15_000] * 64, [3, 4])
    hints = minutes.feed()
    minutes.pass_in_vain(hints)
    assert {"series": "s1", "walk": ["00", "01"]} in hints + minutes.feed()


def test_what_waits_in_the_queue_is_not_added_to() -> None:
    minutes = Minutes([15_000] * 64, rate=LARGE)
    waiting = [{"series": "s0", "walk": ["00"]}] * 3

    class Deep(FakeHints):
        def waiting(self) -> int:
            return len(waiting)

    minutes.hints = Deep()
    assert len(minutes.feed()) == 1
    waiting *= 2
    assert minutes.feed() == []


def test_work_that_is_still_under_way_is_not_added_to() -> None:
    """The hints of the last minute end as this one begins; when as many again are late, no more are needed."""
    minutes = Minutes([15_000] * 64)
    assert [len(minutes.feed()) for _ in range(3)] == [1, 1, 0]


def test_a_shard_whose_worker_is_about_to_end_gets_its_next_hint() -> None:
    minutes = Minutes([15_000], rate=LARGE)
    assert [[hint["walk"] for hint in minutes.feed()] for _ in range(2)] == [[["00"]], [["00"]]]


def test_a_shard_that_must_wait_for_its_readers_is_not_hinted_at_before() -> None:
    minutes = Minutes([5, 5])
    minutes.table.update(keys.shard("s0", "00"), set={"wait_until": START + 3 * MINUTE})
    first = minutes.feed()
    assert [hint["walk"] for hint in first] == [["01"]]
    minutes.clean(first)
    assert minutes.feed() == []
    assert [hint["walk"] for hint in minutes.feed()] == [["00"]]


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
    assert {"series": "s6", "due": [keys.shard_of("ada")]} in minutes.feed() + minutes.feed()


def test_only_readers_whose_time_has_come_are_due() -> None:
    minutes = Minutes([])
    minutes.due("s0", "ada", START + 2 * MINUTE)
    assert minutes.feed() == []
    assert len(minutes.feed()) == 1


def letter(table: MemoryTable, name: str, at: int = START) -> None:
    table.put(keys.letter(name), {"state": "waiting", "due_pk": keys.DUE_LETTERS, "due_at": at})


def test_no_more_letters_are_hinted_at_than_the_rate_allows_in_a_minute() -> None:
    minutes = Minutes([], rate=SANDBOX)
    for n in range(500):
        letter(minutes.table, f"l{n}")
    minutes.feed()
    assert len(minutes.hints.waiting_letters) == 54


def test_a_letter_that_cannot_be_sent_is_hinted_at_ever_more_rarely() -> None:
    minutes = Minutes([])
    letter(minutes.table, "broken")
    for _ in range(24 * 60):
        minutes.feed()
    assert 8 <= len(minutes.hints.waiting_letters) <= 14


def test_a_letter_that_was_decided_since_the_index_was_read_is_left_alone() -> None:
    minutes = Minutes([])
    letter(minutes.table, "sent")
    minutes.table.update(keys.letter("sent"), set={"state": "sent"})
    minutes.feed()
    assert "hinted" not in (minutes.table.get(keys.letter("sent")) or {})


def test_readers_who_are_due_in_crowds_hide_neither_letters_nor_other_series(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeder, "MOST_DUE", 5)
    minutes = Minutes([10], [10])
    shard = keys.shard_of("ada")
    for n in range(50):
        reader = {"due_pk": keys.due_pk(shard), "due_at": START - HOUR}
        minutes.table.put(Key(keys.shard_pk("s0", shard), f"READER#{n}"), reader)
    minutes.due("s1", "ada", START)
    letter(minutes.table, "confirmation")
    hints = [hint for _ in range(feeder.EVERY) for hint in minutes.feed()]
    assert {"series": "s1", "due": [shard]} in hints
    assert "confirmation" in minutes.hints.waiting_letters


def test_of_a_crowd_that_is_due_no_more_are_read_than_a_minute_has_time_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeder, "MOST_DUE", 5)
    monkeypatch.setattr(feeder, "FARTHEST", 20)
    minutes = Minutes([10])
    read: list[Key] = []
    due = minutes.table.due

    def counted(due_pk: str, *, until: int, most: int | None = None) -> Iterator[Key]:
        for key in due(due_pk, until=until, most=most):
            read.append(key)
            yield key

    minutes.table.due = counted  # type: ignore[method-assign]
    for shard in keys.SHARDS:
        for n in range(30):
            reader = {"due_pk": keys.due_pk(shard), "due_at": START - HOUR}
            minutes.table.put(Key(keys.shard_pk("s0", shard), f"READER#{n}"), reader)
    minutes.feed()
    deep = len(keys.SHARDS) // feeder.EVERY
    assert len(read) == deep * 20 + (len(keys.SHARDS) - deep) * 5


def test_an_open_send_is_hinted_at_before_anybody_asks_who_is_due() -> None:
    minutes = Minutes([15_000] * 64, rate=LARGE)
    due, laid = minutes.table.due, []

    def asked(due_pk: str, *, until: int, most: int | None = None) -> Iterator[Key]:
        if due_pk in map(keys.due_pk, keys.SHARDS):
            laid.append(len(minutes.hints.waiting_issues))
        return due(due_pk, until=until, most=most)

    minutes.table.due = asked  # type: ignore[method-assign]
    minutes.feed()
    assert set(laid) == {2}
    assert len(minutes.hints.waiting_issues) == 4


def test_a_shard_that_is_too_busy_to_be_noted_or_asked_costs_the_others_nothing() -> None:
    minutes = Minutes([15_000] * 64, [3, 4], rate=LARGE)
    minutes.due("s1", "ada", START)
    minutes.table.misbehave(StoreFault.BUSY, on=frozenset({"update"}), key=keys.shard("s0", "00"))
    minutes.table.misbehave(StoreFault.BUSY, on=frozenset({"due"}), key=Key(keys.due_pk("00"), ""))
    hints = minutes.feed()
    assert {"series": "s1", "due": [keys.shard_of("ada")]} in hints
    assert [hint for hint in hints if hint.get("walk", [""])[0] == "00" and hint["series"] == "s0"]
    assert "hinted_at" not in (minutes.table.get(keys.shard("s0", "00")) or {})
    assert "hinted_at" in (minutes.table.get(keys.shard("s1", "00")) or {})


def test_shards_whose_letters_are_in_doubt_do_not_stand_in_the_way_of_others() -> None:
    minutes = Minutes([15_000] * 64)
    seen: set[str] = set()
    for _ in range(64):
        hints = minutes.feed()
        minutes.pass_in_vain(hints)
        seen |= {shard for hint in hints for shard in hint["walk"]}
    assert seen == set(keys.SHARDS)


SIZES = st.lists(st.lists(st.integers(0, 20_000), min_size=1, max_size=12), min_size=1, max_size=8)


@hypothesis_settings(max_examples=60, deadline=None)
@given(sizes=SIZES, rate=st.sampled_from([SANDBOX, SMALL, LARGE]))
def test_every_open_shard_gets_its_turn_though_none_gets_done(sizes: list[list[int]], rate: float) -> None:
    """Each minute one series at least is fed a hint, and each hint begins with another shard than the last."""
    minutes = Minutes(*sizes, rate=rate)
    every = {(f"s{n}", keys.SHARDS[m]) for n, shards in enumerate(sizes) for m in range(len(shards))}
    seen: set[tuple[str, str]] = set()
    for _ in range(max(map(len, sizes)) * len(sizes)):
        hints = minutes.feed()
        minutes.pass_in_vain(hints)
        seen |= {(hint["series"], shard) for hint in hints for shard in hint["walk"]}
    assert seen == every


@hypothesis_settings(max_examples=60, deadline=None)
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


@pytest.mark.parametrize("series", [2, 3, 4])
def test_where_readers_who_are_due_have_every_other_minute_each_series_has_its_turn(series: int) -> None:
    minutes = Minutes(*[[15_000] * 64] * series)
    for one in range(series):
        for reader in range(64 * 20 if one % 2 == 0 else 1):
            minutes.due(f"s{one}", f"reader{reader}", START - HOUR)
    hinted: set[str] = set()
    for _ in range(8 * series):
        hints = minutes.feed()
        minutes.pass_in_vain(hints)
        hinted |= {hint["series"] for hint in hints if "due" in hint}
    assert hinted == {f"s{one}" for one in range(series)}


def test_each_shard_of_such_a_series_is_the_first_in_its_turn() -> None:
    minutes = Minutes([15_000] * 64, [15_000] * 64)
    for reader in range(64 * 20):
        minutes.due("s0", f"reader{reader}", START - HOUR)
    first: set[str] = set()
    for _ in range(4 * 64):
        hints = minutes.feed()
        minutes.pass_in_vain(hints)
        first |= {hint["due"][0] for hint in hints if "due" in hint}
    assert first == set(keys.SHARDS)
